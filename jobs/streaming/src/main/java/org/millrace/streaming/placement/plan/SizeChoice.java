package org.millrace.streaming.placement.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.millrace.streaming.placement.estate.Estate;

/** The parallel sizes that a request leaves open. */
final class SizeChoice {

  private SizeChoice() {}

  /**
   * Sizes that divide the GPUs, the heads and the batch and keep tensor groups within a node, small
   * t and p first.
   *
   * @throws Unplaceable if there are none
   */
  static List<Parallelism> of(Estate estate, Map<String, Integer> busy, Request request) {
    int largest = estate.nodes().stream().mapToInt(node -> Site.free(node, busy)).max().orElse(0);
    if (request.tensor() > largest) {
      throw new Unplaceable(
          "job %s: tensor groups of %d GPUs must lie in a node and the largest has %d free;"
              + " give a smaller t",
          request.job(), request.tensor(), largest);
    }
    var choices = new ArrayList<Parallelism>();
    for (int t = 1; t <= Math.min(request.gpus(), largest); t++) {
      if (fixed(request.tensor(), t) && tensorFits(request, t)) {
        addPipelines(request, t, choices);
      }
    }
    if (choices.isEmpty()) {
      throw new Unplaceable(
          "job %s: no sizes divide %d GPUs so that a batch of %d makes whole micro-batches of %d;"
              + " change one of them",
          request.job(), request.gpus(), request.globalBatch(), request.microBatch());
    }
    return choices;
  }

  private static boolean fixed(int wanted, int size) {
    return wanted == 0 || wanted == size;
  }

  private static boolean tensorFits(Request request, int t) {
    boolean divides = request.model().heads() % t == 0 && request.model().hidden() % t == 0;
    return request.gpus() % t == 0 && (request.tensor() == t || divides);
  }

  private static void addPipelines(Request request, int t, List<Parallelism> choices) {
    int units = request.gpus() / t;
    for (int p = 1; p <= Math.min(units, request.model().layers()); p++) {
      if (fixed(request.pipeline(), p)
          && units % p == 0
          && request.globalBatch() % ((long) request.microBatch() * (units / p)) == 0) {
        choices.add(new Parallelism(t, p, units / p, request.order()));
      }
    }
  }
}
