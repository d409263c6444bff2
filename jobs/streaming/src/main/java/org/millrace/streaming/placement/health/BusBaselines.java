package org.millrace.streaming.placement.health;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What bus bandwidths a host usually has, one baseline a series. A baseline is the mean of its
 * first windows' medians, then a running mean of those that are no cause for alarm.
 */
final class BusBaselines {

  private static final int MOST_SERIES = 64;

  private final HealthRules rules;
  private final TreeMap<String, double[]> baselines = new TreeMap<>();

  BusBaselines(HealthRules rules, NicState state) {
    this.rules = rules;
    for (int i = 0; i < state.baselineSeries().length; i++) {
      baselines.put(
          state.baselineSeries()[i],
          new double[] {state.baselineValue()[i], state.baselineWindows()[i]});
    }
  }

  /**
   * The median over series of a window's bandwidth as a share of the baseline; none while no
   * baseline is learned.
   */
  OptionalDouble share(List<NicSample> window) {
    var shares =
        medians(window).entrySet().stream()
            .filter(entry -> learned(entry.getKey()))
            .mapToDouble(entry -> entry.getValue() / baselines.get(entry.getKey())[0])
            .toArray();
    return shares.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(shares));
  }

  /** Learns from a window that is no cause for alarm. */
  void learn(List<NicSample> window) {
    medians(window)
        .forEach(
            (series, median) -> {
              var baseline = baselines.get(series);
              if (baseline == null) {
                if (baselines.size() < MOST_SERIES) {
                  baselines.put(series, new double[] {median, 1});
                }
                return;
              }
              double count = Math.min(baseline[1] + 1, rules.baselineWindows() + 1.0);
              double weight = learned(series) ? rules.baselineWeight() : 1 / count;
              baseline[0] += weight * (median - baseline[0]);
              baseline[1] = count;
            });
  }

  private boolean learned(String series) {
    var baseline = baselines.get(series);
    return baseline != null && baseline[1] >= rules.baselineWindows() && baseline[0] > 0;
  }

  private static Map<String, Double> medians(List<NicSample> window) {
    return window.stream()
        .filter(sample -> sample.signal() == Signal.BUS_BANDWIDTH)
        .collect(
            Collectors.groupingBy(
                NicSample::series,
                TreeMap::new,
                Collectors.collectingAndThen(
                    Collectors.toList(),
                    own -> median(own.stream().mapToDouble(NicSample::value).toArray()))));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1
        ? values[middle]
        : values[middle - 1] + (values[middle] - values[middle - 1]) / 2;
  }

  String[] series() {
    return baselines.keySet().toArray(String[]::new);
  }

  double[] values() {
    return baselines.values().stream().mapToDouble(baseline -> baseline[0]).toArray();
  }

  int[] windows() {
    return baselines.values().stream().mapToInt(baseline -> (int) baseline[1]).toArray();
  }
}
