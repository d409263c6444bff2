package org.millrace.kernel.warc;

import java.util.EnumMap;
import java.util.Map;

/** How many records of a file became what. Immutable. */
public final class Counts {

  private final Map<Kind, Long> counts;

  Counts(Map<Kind, Long> counts) {
    this.counts = new EnumMap<>(Kind.class);
    for (var kind : Kind.values()) {
      this.counts.put(kind, counts.getOrDefault(kind, 0L));
    }
  }

  /** The records of one kind, 0 if there are none. */
  public long of(Kind kind) {
    return counts.get(kind);
  }

  /** All records. */
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The kinds that occur with their counts. */
  @Override
  public String toString() {
    var some = new EnumMap<>(counts);
    some.values().removeIf(n -> n == 0);
    return some.toString();
  }
}
