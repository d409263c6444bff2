package org.millrace.streaming.placement.render;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.plan.Plan;

/** A HyperNode of Volcano a domain, lower tiers being nearer, and the job's network topology. */
final class VolcanoFiles {

  private final Plan plan;
  private final List<Domain> domains;
  private final RenderSettings settings;
  private final Names names = new Names();

  VolcanoFiles(Plan plan, Estate estate, RenderSettings settings) {
    this.plan = plan;
    this.domains = Domain.roots(estate).stream().flatMap(Domain::all).toList();
    this.settings = settings;
  }

  List<RenderedFile> files() {
    var objects = new java.util.LinkedHashMap<Domain, String>();
    domains.forEach(
        domain ->
            objects.put(
                domain,
                names.unique(Names.object(domain.name()), Names.object(domain.name()) + "-2")));
    var documents = new ArrayList<Object>();
    domains.forEach(domain -> documents.add(hyperNode(domain, objects)));
    return List.of(
        new RenderedFile("volcano-hypernodes.yaml", Yaml.text(documents)),
        new RenderedFile(
            "volcano-job-topology.yaml",
            Yaml.text(List.of(Yaml.map("spec", Yaml.map("networkTopology", topology()))))));
  }

  private Map<String, Object> hyperNode(Domain domain, Map<Domain, String> objects) {
    var members = new ArrayList<Object>();
    domain.children().forEach(child -> members.add(member("HyperNode", objects.get(child))));
    domain.hosts().forEach(host -> members.add(member("Node", host)));
    return Yaml.map(
        "apiVersion",
        "topology.volcano.sh/v1alpha1",
        "kind",
        "HyperNode",
        "metadata",
        Yaml.map("name", objects.get(domain)),
        "spec",
        Yaml.map("tier", tier(domain.height()), "members", members));
  }

  private Object tier(int height) {
    return settings.volcanoTier() == RenderSettings.VolcanoTier.INTEGER
        ? (Object) height
        : String.valueOf(height);
  }

  private static Map<String, Object> member(String type, String name) {
    return Yaml.map("type", type, "selector", Yaml.map("exactMatch", Yaml.map("name", name)));
  }

  /** Hard where one domain holds the plan: then no higher one is needed. */
  private Map<String, Object> topology() {
    var hosts = new HashSet<>(plan.hosts());
    return domains.stream()
        .filter(domain -> new HashSet<>(domain.allHosts()).containsAll(hosts))
        .map(Domain::height)
        .min(Integer::compare)
        .map(height -> Yaml.map("mode", "hard", "highestTierAllowed", height))
        .orElseGet(() -> Yaml.map("mode", "soft"));
  }
}
