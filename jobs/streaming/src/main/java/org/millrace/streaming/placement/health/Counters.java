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

  private final TreeMap<Key, Double> last = new TreeMap<>();

  Counters(NicState state) {
    for (int i = 0; i < state.counterSignal().length; i++) {
      last.put(
          new Key(Signal.values()[state.counterSignal()[i]], state.counterSeries()[i]),
          state.counterValue()[i]);
    }
  }

  /**
   * By how much a counter rose. The first value says nothing; a smaller one than before is what a
   * new count has reached.
   *
   * @param sample in order of time within its series
   */
  double rise(NicSample sample) {
    var before = last.put(new Key(sample.signal(), sample.series()), sample.value());
    if (before == null) {
      return 0;
    }
    return sample.value() >= before ? sample.value() - before : sample.value();
  }

  int[] signals() {
    return last.keySet().stream().mapToInt(key -> key.signal().ordinal()).toArray();
  }

  String[] series() {
    return last.keySet().stream().map(Key::series).toArray(String[]::new);
  }

  double[] values() {
    return last.values().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
