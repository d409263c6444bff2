package org.millrace.streaming.placement.render;

import java.util.List;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.plan.Plan;

/** The Topology of the KAI scheduler and the annotations of the job's pods. */
final class KaiFiles {

  private static final String PREFIX = "kai.scheduler/topology";

  private final Plan plan;
  private final Levels levels;
  private final RenderSettings settings;

  KaiFiles(Plan plan, Estate estate, RenderSettings settings) {
    this.plan = plan;
    this.levels = new Levels(estate, settings);
    this.settings = settings;
  }

  List<RenderedFile> files() {
    var topology =
        Yaml.map(
            "apiVersion",
            "kai.scheduler/v1alpha1",
            "kind",
            "Topology",
            "metadata",
            Yaml.map("name", settings.topologyName()),
            "spec",
            Yaml.map("levels", levels.objects()));
    var common = levels.common(plan);
    var annotations =
        Yaml.map(
            PREFIX,
            settings.topologyName(),
            PREFIX + (common.isPresent() ? "-required-placement" : "-preferred-placement"),
            common.orElseGet(levels::outermost));
    return List.of(
        new RenderedFile("kai-topology.yaml", Yaml.text(List.of(topology))),
        new RenderedFile("kai-pod-annotations.yaml", KueueFiles.annotations(annotations)));
  }
}
