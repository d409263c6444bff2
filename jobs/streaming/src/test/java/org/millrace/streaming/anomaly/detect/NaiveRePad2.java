package org.millrace.streaming.anomaly.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * The pseudocode of RePAD2 line by line: all values, forecasts and errors are kept, nothing is
 * shared with {@link RePad2} but the training of a network. For INDEX models and no gaps.
 */
final class NaiveRePad2 {

  private static final int B = 3;

  private final RePad2Config config;
  private final Training training;
  private final long seed;
  private final List<Double> v = new ArrayList<>();
  private final List<Double> relative = new ArrayList<>();
  private final List<Double> h = new ArrayList<>();
  private double m;
  private double model;
  private boolean flag = true;
  private int trainings;
  private int nearlyWrong;

  NaiveRePad2(RePad2Config config, String device, String variable) {
    this.config = config;
    training = new Training(B);
    seed = config.seedOf(device, variable);
  }

  Verdict observe(double value) {
    v.add(value);
    relative.add(Double.NaN);
    int t = v.size() - 1;
    double alpha = Math.max(1.0 / 720, 1.0 / (t + 1));
    m = alpha * Math.abs(value) + (1 - alpha) * m;
    if (t < B - 1) {
      return Verdict.WARMING_UP;
    }
    if (t <= 2 * B) {
      if (t >= B) {
        forecast(t, model);
      }
      if (t >= 2 * B - 1) {
        h.add(aare(t));
      }
      model = train(t - B + 1);
      return Verdict.WARMING_UP;
    }
    boolean before = config.thresholdOver() == RePad2Config.ThresholdOver.BEFORE_POINT;
    double a = 0;
    double thd = 0;
    boolean normal = false;
    if (flag) {
      forecast(t, model);
      a = aare(t);
      thd = before ? threshold(h) : threshold(plus(a));
      normal = a <= thd;
    }
    if (!normal) {
      double candidate = train(t - B);
      forecast(t, candidate);
      a = aare(t);
      thd = before ? threshold(h) : threshold(plus(a));
      normal = a <= thd;
      boolean same =
          value(t) == value(t - 1) && value(t) == value(t - 2) && value(t) == value(t - 3);
      if (!normal && same && config.unchanged() == RePad2Config.Unchanged.NORMAL) {
        normal = true;
      }
      if (normal) {
        model = candidate;
      }
      flag = normal;
    }
    boolean enough = h.size() >= config.minHistory();
    h.add(enough ? Math.min(a, config.clip() * thd) : a);
    nearlyWrong = flag && a > config.blindShare() * thd ? nearlyWrong + 1 : 0;
    if (config.blindAfter() > 0 && nearlyWrong == config.blindAfter()) {
      model = train(t - B + 1);
      nearlyWrong = 0;
    }
    if (!enough) {
      return Verdict.WARMING_UP;
    }
    return normal ? Verdict.NORMAL : Verdict.ANOMALOUS;
  }

  private double value(int t) {
    return v.get(t);
  }

  private double train(int from) {
    double[] values = {v.get(from), v.get(from + 1), v.get(from + 2)};
    return training.onPositions(values, Seeds.mixed(seed, trainings++));
  }

  private void forecast(int t, double p) {
    double size = Math.abs(v.get(t));
    double den =
        switch (config.denominator()) {
          case VALUE -> Math.max(size, 1e-9);
          case UNIT -> Math.max(size, 1);
          case SCALED -> Math.max(Math.max(size, 0.5 * m), 1e-9);
        };
    relative.set(t, Math.abs(v.get(t) - p) / den);
  }

  private double aare(int t) {
    return (relative.get(t - 2) + relative.get(t - 1) + relative.get(t)) / B;
  }

  private List<Double> plus(double a) {
    var with = new ArrayList<>(h);
    with.add(a);
    return with;
  }

  private double threshold(List<Double> errors) {
    var last = errors.subList(Math.max(0, errors.size() - config.history()), errors.size());
    double mean = last.stream().mapToDouble(x -> x).average().orElseThrow();
    double variance =
        last.stream().mapToDouble(x -> (x - mean) * (x - mean)).average().orElseThrow();
    return Math.max(mean + 3 * Math.sqrt(variance), 1e-12);
  }
}
