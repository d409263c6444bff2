package org.millrace.streaming.placement.infiniband;

import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The value that is most often there; the least of several. */
final class Majority {

  private Majority() {}

  static <T extends Comparable<T>> Optional<T> of(Stream<T> values) {
    var counts = new TreeMap<T, Integer>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    T most = null;
    int count = 0;
    for (var entry : counts.entrySet()) {
      if (entry.getValue() > count) {
        most = entry.getKey();
        count = entry.getValue();
      }
    }
    return Optional.ofNullable(most);
  }
}
