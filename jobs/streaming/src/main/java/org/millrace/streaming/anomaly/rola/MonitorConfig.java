package org.millrace.streaming.anomaly.rola;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.TreeMap;

/**
 * How the variables of a device are brought together. {@link #guarded()} is the default; {@link
 * #paper()} the closest reading of the paper.
 *
 * @param mode the name of this configuration, as alerts carry it
 * @param strongCorrelation |r| above which two variables are partners, 0 to below 1
 * @param window p, the rows that a correlation is taken over
 * @param windowEnd whether the row under vote is one of them
 * @param minPairs pairs below which a correlation counts for nothing
 * @param outlierRows a flagged value is an outlier, of which a correlation leaves out those of only
 *     one of its variables; but flagged for more rows on end than this it is a new level and
 *     counts; 0 to {@value #MAX_LAG}, 0: there are no outliers
 * @param agreementLag a partner flagged up to this many rows ago agrees, 0 to {@value #MAX_LAG}
 * @param noPartner what happens to a flagged variable without a partner
 * @param severeRatio thresholds from which {@link NoPartner#SEVERE} reports
 * @param staleAfter absent rows on end after which a variable is stale
 * @param gapFactor a variable's step of more than this many median steps is a gap
 * @param episodeGap quiet rows after which an episode closes
 * @param learning what a row counts in which a variable of the episode is still being learned
 * @param idleMillis event time without a row after which a device is given up
 * @param filter of the variables that have none in {@code filters}
 * @param filters by name of variable
 */
public record MonitorConfig(
    String mode,
    double strongCorrelation,
    int window,
    WindowEnd windowEnd,
    int minPairs,
    int outlierRows,
    int agreementLag,
    NoPartner noPartner,
    double severeRatio,
    int staleAfter,
    double gapFactor,
    int episodeGap,
    Learning learning,
    long idleMillis,
    Filter filter,
    Map<String, Filter> filters) {

  /** Where the rows of a correlation end. */
  public enum WindowEnd {
    /** With the row under vote. */
    AT_ROW,
    /** With the row before, so that an anomaly does not make its own partners. */
    BEFORE_ROW
  }

  /** What happens to a flagged variable that moves with no other. */
  public enum NoPartner {
    /** Nothing. */
    DROP,
    /** It is reported as {@link Severity#INFO}, in episodes of its own. */
    LOW,
    /** It is reported like a confirmed one if its score is high. */
    SEVERE
  }

  /** What a row without report counts while a detector is still learning the new level. */
  public enum Learning {
    /** Quiet. */
    QUIET,
    /**
     * Not quiet, for up to {@value MonitorConfig#MAX_LEARNING_GAPS} times the episode's gap: what
     * comes of learning belongs to the episode that made it necessary.
     */
    EXTENDS_EPISODE
  }

  /** Of the paper. */
  public static final double STRONG_CORRELATION = 0.95;

  /** Two days of 1-minute rows, ten of 5-minute rows. */
  public static final int PAPER_WINDOW = 2880;

  /** A day of 1-minute rows. */
  public static final int GUARDED_WINDOW = 1440;

  /** The largest window. */
  public static final int MAX_WINDOW = 1 << 20;

  /** Pairs from which a strong correlation is no chance. */
  public static final int MIN_PAIRS = 60;

  /** Flagged rows on end that are still an outlier: an episode gap. */
  public static final int OUTLIER_ROWS = 30;

  /** Rows that a cause may take from one variable to the next. */
  public static final int AGREEMENT_LAG = 2;

  /** The most rows that flags are remembered for. */
  public static final int MAX_LAG = 30;

  /** Thresholds at which even a lone variable is believed. */
  public static final double SEVERE_RATIO = 3;

  /** Absent rows on end. */
  public static final int STALE_AFTER = 10;

  /** Median steps. */
  public static final double GAP_FACTOR = 5;

  /** Quiet rows. */
  public static final int EPISODE_GAP = 30;

  /** Times the episode gap. */
  public static final int MAX_LEARNING_GAPS = 4;

  /** Seven days. */
  public static final long IDLE_MILLIS = 7 * 24 * 3600 * 1000L;

  public MonitorConfig {
    requireNonNull(mode, "mode is null");
    requireNonNull(windowEnd, "windowEnd is null");
    requireNonNull(noPartner, "noPartner is null");
    requireNonNull(learning, "learning is null");
    requireNonNull(filter, "filter is null");
    require(strongCorrelation >= 0 && strongCorrelation < 1, "strongCorrelation is not in [0, 1)");
    require(window >= 2 && window <= MAX_WINDOW, "window is not within 2..2^20");
    require(minPairs >= 0 && minPairs <= window, "minPairs is not within 0..window");
    require(outlierRows >= 0 && outlierRows <= MAX_LAG, "outlierRows is not within 0..30");
    require(agreementLag >= 0 && agreementLag <= MAX_LAG, "agreementLag is not within 0..30");
    require(severeRatio >= 0, "severeRatio is negative");
    require(staleAfter >= 1, "staleAfter is not positive");
    require(gapFactor >= 1, "gapFactor is below 1");
    require(episodeGap >= 1, "episodeGap is not positive");
    require(idleMillis >= 1, "idleMillis is not positive");
    filters = Map.copyOf(filters);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** As published. */
  public static MonitorConfig paper() {
    return new MonitorConfig(
        "paper",
        STRONG_CORRELATION,
        PAPER_WINDOW,
        WindowEnd.AT_ROW,
        0,
        0,
        0,
        NoPartner.DROP,
        SEVERE_RATIO,
        STALE_AFTER,
        GAP_FACTOR,
        EPISODE_GAP,
        Learning.QUIET,
        IDLE_MILLIS,
        Filter.NONE,
        Map.of());
  }

  /** The default. */
  public static MonitorConfig guarded() {
    return new MonitorConfig(
        "guarded",
        STRONG_CORRELATION,
        GUARDED_WINDOW,
        WindowEnd.BEFORE_ROW,
        MIN_PAIRS,
        OUTLIER_ROWS,
        AGREEMENT_LAG,
        NoPartner.DROP,
        SEVERE_RATIO,
        STALE_AFTER,
        GAP_FACTOR,
        EPISODE_GAP,
        Learning.EXTENDS_EPISODE,
        IDLE_MILLIS,
        Filter.NONE,
        Map.of());
  }

  /** The same with another fate of variables without a partner. */
  public MonitorConfig withNoPartner(NoPartner noPartner) {
    return new MonitorConfig(
        mode,
        strongCorrelation,
        window,
        windowEnd,
        minPairs,
        outlierRows,
        agreementLag,
        noPartner,
        severeRatio,
        staleAfter,
        gapFactor,
        episodeGap,
        learning,
        idleMillis,
        filter,
        filters);
  }

  /** The same with another number of quiet rows that close an episode. */
  public MonitorConfig withEpisodeGap(int episodeGap) {
    return new MonitorConfig(
        mode,
        strongCorrelation,
        window,
        windowEnd,
        minPairs,
        outlierRows,
        agreementLag,
        noPartner,
        severeRatio,
        staleAfter,
        gapFactor,
        episodeGap,
        learning,
        idleMillis,
        filter,
        filters);
  }

  /** The same with other filters. */
  public MonitorConfig withFilters(Filter filter, Map<String, Filter> filters) {
    return new MonitorConfig(
        mode,
        strongCorrelation,
        window,
        windowEnd,
        minPairs,
        outlierRows,
        agreementLag,
        noPartner,
        severeRatio,
        staleAfter,
        gapFactor,
        episodeGap,
        learning,
        idleMillis,
        filter,
        filters);
  }

  /** The filter of a variable. */
  public Filter filterOf(String variable) {
    return filters.getOrDefault(variable, filter);
  }

  /** All components, the filters in order of name: equal configurations have equal texts. */
  public String canonical() {
    return withFilters(filter, Map.of()) + new TreeMap<>(filters).toString();
  }
}
