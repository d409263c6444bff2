package org.millrace.streaming.placement.health;

import java.util.TreeMap;

/** Last values of counters, to tell a rise from a counter that begins anew. */
final class Counters {

  private record Key(Signal signal, String series) implements Comparable<Key> {

    @Override
    public int compareTo(Key other) {
      int order = signal.compareTo(other.signal);
      return order != 0 ? order : series.compareTo(other.series);
    }
  }

  private record Reading(long ts, double value) {}

  /**
   * By how much a counter rose.
   *
   * @param from time of the reading before, milliseconds since 1970 UTC
   * @param to time of the last
   */
  record Rise(double amount, long from, long to) {

    /** With the next one of the same counter. */
    Rise and(Rise next) {
      return new Rise(amount + next.amount, from, next.to);
    }

    /** Rise a second over at least so many milliseconds. */
    double perSecond(long leastMillis) {
      return amount * 1000 / Math.max(leastMillis, to - from);
    }
  }

  private final TreeMap<Key, Reading> last = new TreeMap<>();

  Counters(NicState state) {
    for (int i = 0; i < state.counterSignal().length; i++) {
      last.put(
          new Key(Signal.values()[state.counterSignal()[i]], state.counterSeries()[i]),
          new Reading(state.counterTs()[i], state.counterValue()[i]));
    }
  }

  /**
   * By how much a counter rose. The first value says nothing; a smaller one than before is what a
   * new count has reached.
   *
   * @param sample in order of time within its series
   */
  Rise rise(NicSample sample) {
    var before =
        last.put(
            new Key(sample.signal(), sample.series()), new Reading(sample.ts(), sample.value()));
    if (before == null) {
      return new Rise(0, sample.ts(), sample.ts());
    }
    double amount = sample.value() >= before.value ? sample.value() - before.value : sample.value();
    return new Rise(amount, before.ts, sample.ts());
  }

  int[] signals() {
    return last.keySet().stream().mapToInt(key -> key.signal().ordinal()).toArray();
  }

  String[] series() {
    return last.keySet().stream().map(Key::series).toArray(String[]::new);
  }

  long[] times() {
    return last.values().stream().mapToLong(Reading::ts).toArray();
  }

  double[] values() {
    return last.values().stream().mapToDouble(Reading::value).toArray();
  }
}
