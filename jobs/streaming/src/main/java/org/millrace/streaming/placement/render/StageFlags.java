package org.millrace.streaming.placement.render;

import java.util.List;

/**
 * Layers of pipeline stages in Megatron's flags, which name the first and the last stage and share
 * the rest evenly over the others. Stages that can't be written so are evened out, with a comment.
 *
 * @param layers of each stage
 */
record StageFlags(List<Integer> layers) {

  List<String> lines() {
    int stages = layers.size();
    if (layers.stream().distinct().count() <= 1) {
      return List.of();
    }
    int first = layers.get(0);
    int last = layers.get(stages - 1);
    var middle = layers.subList(1, stages - 1);
    if (middle.stream().distinct().count() <= 1) {
      return flags(first, last);
    }
    int sum = middle.stream().mapToInt(Integer::intValue).sum();
    int each = Math.max(1, Math.round((float) sum / middle.size()));
    while (sum - each * middle.size() + last < 1) {
      each--;
    }
    return List.of(
        "# Megatron shares the middle evenly: %s became %d, %d times %d, %d."
            .formatted(layers, first, middle.size(), each, last + sum - each * middle.size()),
        flags(first, last + sum - each * middle.size()).get(0),
        flags(first, last + sum - each * middle.size()).get(1));
  }

  private static List<String> flags(int first, int last) {
    return List.of(
        "--decoder-first-pipeline-num-layers " + first,
        "--decoder-last-pipeline-num-layers " + last);
  }
}
