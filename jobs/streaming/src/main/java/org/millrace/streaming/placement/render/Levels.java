package org.millrace.streaming.placement.render;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.plan.Plan;

/** The tiers of an estate as levels of a Topology: label keys from the outermost to the host. */
final class Levels {

  static final String HOST = "kubernetes.io/hostname";
  private static final int MOST = 8;

  private final Estate estate;
  private final RenderSettings settings;
  private final int depth;

  Levels(Estate estate, RenderSettings settings) {
    this.estate = estate;
    this.settings = settings;
    this.depth = estate.tiers().size();
  }

  /** Keys, outer to inner; of more than eight levels the outermost are left out. */
  List<String> keys() {
    var keys = new ArrayList<String>();
    for (int tier = Math.min(depth, MOST - 1) - 1; tier >= 0; tier--) {
      keys.add(settings.tierKey(tier));
    }
    keys.add(HOST);
    return keys;
  }

  List<Object> objects() {
    return keys().stream().map(key -> (Object) Yaml.map("nodeLabel", key)).toList();
  }

  /** The key of the innermost tier of which one domain holds the whole plan; none if none does. */
  Optional<String> common(Plan plan) {
    if (plan.nodes().size() == 1) {
      return Optional.of(HOST);
    }
    for (int tier = depth - 1; tier >= Math.max(0, depth - MOST + 1); tier--) {
      if (domains(plan, tier) == 1) {
        return Optional.of(settings.tierKey(depth - 1 - tier));
      }
    }
    return Optional.empty();
  }

  /** The key of the outermost tier, to prefer where no domain holds the plan. */
  String outermost() {
    return keys().get(0);
  }

  private int domains(Plan plan, int tier) {
    var domains = new HashSet<String>();
    for (var node : plan.nodes()) {
      estate.node(node.host()).ifPresent(own -> domains.add(Estate.domain(own, tier)));
    }
    return domains.size();
  }
}
