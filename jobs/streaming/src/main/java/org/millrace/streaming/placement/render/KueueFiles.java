package org.millrace.streaming.placement.render;

import java.util.List;
import java.util.TreeMap;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.plan.Plan;

/** Kueue's Topology and a ResourceFlavor on it, and the annotation of the job's pods. */
final class KueueFiles {

  private static final String REQUIRED = "kueue.x-k8s.io/podset-required-topology";
  private static final String PREFERRED = "kueue.x-k8s.io/podset-preferred-topology";

  private final Plan plan;
  private final Levels levels;
  private final RenderSettings settings;

  KueueFiles(Plan plan, Estate estate, RenderSettings settings) {
    this.plan = plan;
    this.levels = new Levels(estate, settings);
    this.settings = settings;
  }

  List<RenderedFile> files() {
    var name = settings.topologyName();
    var topology =
        Yaml.map(
            "apiVersion",
            settings.kueueVersion(),
            "kind",
            "Topology",
            "metadata",
            Yaml.map("name", name),
            "spec",
            Yaml.map("levels", levels.objects()));
    var flavor =
        Yaml.map(
            "apiVersion",
            settings.kueueVersion(),
            "kind",
            "ResourceFlavor",
            "metadata",
            Yaml.map("name", name + "-gpu"),
            "spec",
            Yaml.map("nodeLabels", new TreeMap<>(settings.gpuNodeLabels()), "topologyName", name));
    var common = levels.common(plan);
    var annotation =
        Yaml.map(common.isPresent() ? REQUIRED : PREFERRED, common.orElseGet(levels::outermost));
    return List.of(
        new RenderedFile("kueue-topology.yaml", Yaml.text(List.of(topology, flavor))),
        new RenderedFile("kueue-pod-annotations.yaml", annotations(annotation)));
  }

  /** A patch of a job's pod template. */
  static String annotations(Object annotations) {
    return Yaml.text(
        List.of(
            Yaml.map(
                "spec",
                Yaml.map("template", Yaml.map("metadata", Yaml.map("annotations", annotations))))));
  }
}
