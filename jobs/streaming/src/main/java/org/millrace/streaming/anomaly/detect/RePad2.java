package org.millrace.streaming.anomaly.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * RePAD2 (Lee and Lin, arXiv 2303.00409): forecasts the next value with a small LSTM, and calls a
 * point anomalous if the mean relative error of the last b forecasts (AARE) exceeds mean + 3 sigma
 * of the last W of them, even after the network was trained on the b values before the point. The
 * network is trained anew only then. {@link RePad2Config} says where this departs from the paper.
 *
 * <p>{@link #score} is the AARE. While the series warms up, {@link #threshold} is infinite; after a
 * gap the b points behind it are forgotten, errors and model are kept, and the next 2b + 1 points
 * get no verdict. Values beyond {@value #LARGEST} count as that.
 *
 * <p>The state takes less than 2 kB. Not safe for threads: the detectors of one {@link
 * RePad2Factory} share its working arrays.
 */
public final class RePad2 implements Detector {

  /** Version of the written state. */
  public static final int VERSION = 1;

  /** The largest absolute value, and error, whose square can still be summed. */
  public static final double LARGEST = 1e150;

  private final RePad2Config config;
  private final int lookBack;
  private final Forecaster forecaster;
  private final ErrorHistory history;
  private final double[] recent;
  private final double[] errors;
  private final long seed;

  private long points;
  private long trainings;
  private int sinceGap;
  private boolean learning = true;
  private boolean trusted = true;
  private int blind;
  private double scale;

  private double score;
  private double threshold = Double.POSITIVE_INFINITY;
  private double expected = Double.NaN;

  RePad2(RePad2Config config, Training training, long seed) {
    this.config = config;
    this.seed = seed;
    lookBack = config.lookBack();
    forecaster = forecaster(config, training);
    history = new ErrorHistory(config.history());
    recent = new double[lookBack];
    errors = new double[lookBack];
  }

  private static Forecaster forecaster(RePad2Config config, Training training) {
    return switch (config.input()) {
      case INDEX -> new ConstantForecaster(training);
      case SEQUENCE -> new SequenceForecaster(training, config.lookBack());
    };
  }

  @Override
  public Verdict observe(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("value is not finite: " + value);
    }
    double v = Math.max(-LARGEST, Math.min(LARGEST, value));
    double weight = Math.max(1.0 / RePad2Config.SCALE_POINTS, 1.0 / (points + 1));
    scale += weight * (Math.abs(v) - scale);
    var verdict = learning && sinceGap <= 2 * lookBack ? learn(v) : judge(v);
    points++;
    sinceGap = Math.min(sinceGap + 1, 2 * lookBack + 1);
    return verdict;
  }

  /** The first 2b + 1 points: a model a point, as soon as there are b of them. */
  private Verdict learn(double v) {
    score = 0;
    expected = Double.NaN;
    if (sinceGap >= lookBack) {
      expected = forecaster.predict(recent);
      push(errors, error(v, expected));
    }
    if (sinceGap >= 2 * lookBack - 1) {
      score = mean(errors);
      history.add(score);
    }
    push(recent, v);
    if (sinceGap >= lookBack - 1) {
      train();
      forecaster.keep();
    }
    return Verdict.WARMING_UP;
  }

  private Verdict judge(double v) {
    learning = false;
    if (sinceGap < 2 * lookBack - 1) {
      return refill(v);
    }
    boolean warm = sinceGap > 2 * lookBack && history.size() >= config.minHistory();
    push(errors, 0);
    boolean normal = trusted && fits(v, forecaster.predict(recent));
    if (!normal) {
      normal = fits(v, train()) || unchanged(v);
      if (normal) {
        forecaster.keep();
      }
      trusted = normal;
    }
    history.add(stored());
    push(recent, v);
    openEyes();
    if (normal) {
      score = Math.min(score, threshold);
    }
    if (!warm) {
      return Verdict.WARMING_UP;
    }
    return normal ? Verdict.NORMAL : Verdict.ANOMALOUS;
  }

  /** After a gap there are no b points to forecast from, then no b errors to average. */
  private Verdict refill(double v) {
    score = 0;
    expected = Double.NaN;
    if (sinceGap >= lookBack) {
      expected = forecaster.predict(recent);
      push(errors, error(v, expected));
    }
    push(recent, v);
    return Verdict.WARMING_UP;
  }

  private double train() {
    return forecaster.train(recent, Seeds.mixed(seed, trainings++));
  }

  /** Takes the forecast as that of this point, and says whether the error is a usual one. */
  private boolean fits(double v, double forecast) {
    expected = forecast;
    errors[lookBack - 1] = error(v, forecast);
    score = mean(errors);
    double limit =
        config.thresholdOver() == RePad2Config.ThresholdOver.WITH_POINT
            ? history.thresholdWith(score, config.sigmas())
            : history.threshold(config.sigmas());
    threshold = Math.max(limit, RePad2Config.MIN_THRESHOLD);
    return score <= threshold;
  }

  /** Whether it is normal for being what it was all along. */
  private boolean unchanged(double v) {
    if (config.unchanged() == RePad2Config.Unchanged.JUDGED) {
      return false;
    }
    for (var before : recent) {
      if (before != v) {
        return false;
      }
    }
    return true;
  }

  private double stored() {
    return history.size() >= config.minHistory()
        ? Math.min(score, config.clip() * threshold)
        : score;
  }

  /**
   * A kept model that is long nearly wrong, under a threshold that its errors hold up, is dropped.
   */
  private void openEyes() {
    if (config.blindAfter() == 0) {
      return;
    }
    blind = trusted && score > config.blindShare() * threshold ? blind + 1 : 0;
    if (blind == config.blindAfter()) {
      train();
      forecaster.keep();
      blind = 0;
    }
  }

  private double error(double v, double forecast) {
    double size = Math.abs(v);
    double denominator =
        switch (config.denominator()) {
          case VALUE -> Math.max(size, RePad2Config.MIN_DENOMINATOR);
          case UNIT -> Math.max(size, 1);
          case SCALED ->
              Math.max(
                  Math.max(size, RePad2Config.SCALE_SHARE * scale), RePad2Config.MIN_DENOMINATOR);
        };
    return Math.min(Math.abs(v - forecast) / denominator, LARGEST);
  }

  private static void push(double[] ring, double value) {
    System.arraycopy(ring, 1, ring, 0, ring.length - 1);
    ring[ring.length - 1] = value;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (var value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  @Override
  public double score() {
    return score;
  }

  @Override
  public double threshold() {
    return threshold;
  }

  @Override
  public double expected() {
    return expected;
  }

  /** How often the network was trained. */
  public long trainings() {
    return trainings;
  }

  @Override
  public void afterGap() {
    sinceGap = 0;
    trusted = true;
    blind = 0;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeByte(config.input().ordinal());
    out.writeByte(lookBack);
    out.writeLong(seed);
    out.writeLong(points);
    out.writeLong(trainings);
    out.writeByte(sinceGap);
    out.writeBoolean(learning);
    out.writeBoolean(trusted);
    out.writeInt(blind);
    out.writeDouble(scale);
    out.writeDouble(score);
    out.writeDouble(threshold);
    out.writeDouble(expected);
    for (int j = 0; j < lookBack; j++) {
      out.writeDouble(recent[j]);
      out.writeDouble(errors[j]);
    }
    forecaster.write(out);
    history.write(out);
  }

  /** Reads what follows the version byte. */
  RePad2(RePad2Config config, Training training, DataInput in) throws IOException {
    this.config = config;
    lookBack = config.lookBack();
    int input = in.readUnsignedByte();
    int writtenLookBack = in.readUnsignedByte();
    if (input != config.input().ordinal() || writtenLookBack != lookBack) {
      throw new IOException(
          "The state has another LSTM input or look-back than the configuration: set them back, or start without this state");
    }
    seed = in.readLong();
    points = in.readLong();
    trainings = in.readLong();
    sinceGap = in.readUnsignedByte();
    learning = in.readBoolean();
    trusted = in.readBoolean();
    blind = in.readInt();
    scale = in.readDouble();
    score = in.readDouble();
    threshold = in.readDouble();
    expected = in.readDouble();
    recent = new double[lookBack];
    errors = new double[lookBack];
    for (int j = 0; j < lookBack; j++) {
      recent[j] = in.readDouble();
      errors[j] = in.readDouble();
    }
    forecaster = forecaster(config, training);
    forecaster.read(in);
    history = ErrorHistory.read(in, config.history());
  }
}
