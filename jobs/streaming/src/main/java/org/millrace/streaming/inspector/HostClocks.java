package org.millrace.streaming.inspector;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far hosts' clocks are ahead of their common median, from what they say of the same instant: a
 * collective ends for all ranks at about the same time. A host's offset is the running median of
 * (own end - median end) over its last {@link #WINDOW} collectives; 0 before the first.
 */
public final class HostClocks {

  /** Collectives that an offset is the median of; odd. */
  public static final int WINDOW = 61;

  private final Map<String, ArrayDeque<Long>> differences = new TreeMap<>();
  private final Map<String, Long> offsets = new TreeMap<>();

  /**
   * Takes note of a collective.
   *
   * @param endsUs when it ended by each host's clock, microseconds; of hosts with several ranks the
   *     median. Fewer than two hosts say nothing.
   */
  public void observe(Map<String, Long> endsUs) {
    if (endsUs.size() < 2) {
      return;
    }
    long median = median(endsUs.values().stream().mapToLong(Long::longValue).toArray());
    endsUs.forEach((host, end) -> add(host, end - median));
  }

  /** Adds a difference of a host, for those who have reckoned it. */
  public void add(String host, long differenceUs) {
    var last = differences.computeIfAbsent(host, name -> new ArrayDeque<>());
    if (last.size() == WINDOW) {
      last.removeFirst();
    }
    last.addLast(differenceUs);
    offsets.put(host, median(last.stream().mapToLong(Long::longValue).toArray()));
  }

  /** By how much the host's clock is ahead, microseconds; to be subtracted from its times. */
  public long offsetUs(String host) {
    return offsets.getOrDefault(host, 0L);
  }

  /** The differences that are kept, by host, oldest first; for whoever stores them. */
  public Map<String, long[]> history() {
    var history = new TreeMap<String, long[]>();
    differences.forEach(
        (host, last) -> history.put(host, last.stream().mapToLong(Long::longValue).toArray()));
    return history;
  }

  /** Median of some numbers, at least one; of an even count the lower of the two in the middle. */
  public static long median(long[] numbers) {
    var sorted = numbers.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) / 2];
  }
}
