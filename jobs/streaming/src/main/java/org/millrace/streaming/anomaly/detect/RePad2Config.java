package org.millrace.streaming.anomaly.detect;

import static java.util.Objects.requireNonNull;

import org.millrace.streaming.job.Fingerprint;

/**
 * What the paper leaves to the user or leaves open. {@link #paper()} is the closest reading of the
 * paper, {@link #guarded()} the default: it does not go blind after an event and does not explode
 * where values are near 0.
 *
 * @param input what the network reads
 * @param lookBack b, the points that a model is trained on and an error is averaged over, 2 to
 *     {@value #MAX_LOOK_BACK}
 * @param unchanged what a value can be that is the same as all in its look-back
 * @param denominator what makes an error relative
 * @param thresholdOver whether the error under test is part of the errors that set its threshold
 * @param history W, how many errors the threshold looks back on
 * @param sigmas standard deviations between the mean error and the threshold
 * @param clip an error is kept as at most this many thresholds; infinite: as it is
 * @param minHistory errors needed before the first verdict and before clipping; 0: none
 * @param blindAfter points in a row at more than {@code blindShare} of the threshold after which a
 *     kept model is trained anew; 0: never
 * @param blindShare of the threshold, for {@code blindAfter}
 * @param seeds where the initial weights come from
 * @param seed of the initial weights
 */
public record RePad2Config(
    LstmInput input,
    int lookBack,
    Unchanged unchanged,
    Denominator denominator,
    ThresholdOver thresholdOver,
    int history,
    double sigmas,
    double clip,
    int minHistory,
    int blindAfter,
    double blindShare,
    SeedRule seeds,
    long seed) {

  /** What a value can be that is the same as all b values before it. */
  public enum Unchanged {
    /** Anomalous, like any other. */
    JUDGED,
    /**
     * Normal. The network misses a constant by another amount after each training, so on a series
     * that never changes one miss would be anomalous beside the other.
     */
    NORMAL
  }

  /** What divides the error of a forecast. */
  public enum Denominator {
    /** The value, and at least {@value RePad2Config#MIN_DENOMINATOR}. */
    VALUE,
    /** The value, and at least 1. */
    UNIT,
    /**
     * The value, and at least {@value RePad2Config#SCALE_SHARE} of a moving mean of absolute values
     * over about {@value RePad2Config#SCALE_POINTS} points.
     */
    SCALED
  }

  /** Which errors set the threshold. */
  public enum ThresholdOver {
    /** The one under test too. */
    WITH_POINT,
    /** Those before it. */
    BEFORE_POINT
  }

  /** Where the initial weights of a training come from, besides its number. */
  public enum SeedRule {
    /** {@code seed} alone: the same for each series. */
    SHARED,
    /** The names of device and variable and this configuration, {@code seed} included. */
    PER_SERIES
  }

  /** The longest look-back; the paper uses 3. */
  public static final int MAX_LOOK_BACK = 16;

  /** b of the paper. */
  public static final int LOOK_BACK = 3;

  /** Four weeks of 5-minute points. */
  public static final int PAPER_HISTORY = 8064;

  /** A day of 1-minute points, five of 5-minute points. */
  public static final int GUARDED_HISTORY = 1440;

  /** The largest W. */
  public static final int MAX_HISTORY = 1 << 24;

  /** Standard deviations of the paper. */
  public static final double SIGMAS = 3;

  /** Relative errors below this are rounding, so no threshold is smaller. */
  public static final double MIN_THRESHOLD = 1e-12;

  /** An error beyond 5 thresholds moves the threshold no more than one of 5. */
  public static final double CLIP = 5;

  /** Errors from which a threshold means something. */
  public static final int MIN_HISTORY = 30;

  /** Nearly wrong points in a row that are no chance. */
  public static final int BLIND_AFTER = 60;

  /** Half the threshold. */
  public static final double BLIND_SHARE = 0.5;

  /** Of the public port. */
  public static final long SEED = 140;

  /** Keeps errors finite. */
  public static final double MIN_DENOMINATOR = 1e-9;

  /** Values below half the usual size count as half of it. */
  public static final double SCALE_SHARE = 0.5;

  /** Half a day of 1-minute points. */
  public static final int SCALE_POINTS = 720;

  public RePad2Config {
    requireNonNull(input, "input is null");
    requireNonNull(unchanged, "unchanged is null");
    requireNonNull(denominator, "denominator is null");
    requireNonNull(thresholdOver, "thresholdOver is null");
    requireNonNull(seeds, "seeds is null");
    require(lookBack >= 2 && lookBack <= MAX_LOOK_BACK, "lookBack is not within 2..16");
    require(history >= 1 && history <= MAX_HISTORY, "history is not within 1..2^24");
    require(sigmas >= 0 && Double.isFinite(sigmas), "sigmas is negative or not finite");
    require(clip >= 1, "clip is below 1");
    require(minHistory >= 0 && minHistory <= history, "minHistory is not within 0..history");
    require(blindAfter >= 0, "blindAfter is negative");
    require(blindShare > 0, "blindShare is not positive");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** As published; {@link Denominator#VALUE}, raw errors, threshold with the point. */
  public static RePad2Config paper() {
    return new RePad2Config(
        LstmInput.INDEX,
        LOOK_BACK,
        Unchanged.JUDGED,
        Denominator.VALUE,
        ThresholdOver.WITH_POINT,
        PAPER_HISTORY,
        SIGMAS,
        Double.POSITIVE_INFINITY,
        0,
        0,
        BLIND_SHARE,
        SeedRule.SHARED,
        SEED);
  }

  /** The default. */
  public static RePad2Config guarded() {
    return new RePad2Config(
        LstmInput.INDEX,
        LOOK_BACK,
        Unchanged.NORMAL,
        Denominator.SCALED,
        ThresholdOver.BEFORE_POINT,
        GUARDED_HISTORY,
        SIGMAS,
        CLIP,
        MIN_HISTORY,
        BLIND_AFTER,
        BLIND_SHARE,
        SeedRule.PER_SERIES,
        SEED);
  }

  /** The same with another input. */
  public RePad2Config withInput(LstmInput input) {
    return new RePad2Config(
        input,
        lookBack,
        unchanged,
        denominator,
        thresholdOver,
        history,
        sigmas,
        clip,
        minHistory,
        blindAfter,
        blindShare,
        seeds,
        seed);
  }

  /** The same with another denominator. */
  public RePad2Config withDenominator(Denominator denominator) {
    return new RePad2Config(
        input,
        lookBack,
        unchanged,
        denominator,
        thresholdOver,
        history,
        sigmas,
        clip,
        minHistory,
        blindAfter,
        blindShare,
        seeds,
        seed);
  }

  /** The same with another W. */
  public RePad2Config withHistory(int history) {
    return new RePad2Config(
        input,
        lookBack,
        unchanged,
        denominator,
        thresholdOver,
        history,
        sigmas,
        clip,
        minHistory,
        blindAfter,
        blindShare,
        seeds,
        seed);
  }

  /** The same with another seed. */
  public RePad2Config withSeed(long seed) {
    return new RePad2Config(
        input,
        lookBack,
        unchanged,
        denominator,
        thresholdOver,
        history,
        sigmas,
        clip,
        minHistory,
        blindAfter,
        blindShare,
        seeds,
        seed);
  }

  /** The seed of a series, to be mixed with the number of a training. */
  long seedOf(String device, String variable) {
    return switch (seeds) {
      case SHARED -> seed;
      case PER_SERIES -> Fingerprint.number(device, variable, toString());
    };
  }
}
