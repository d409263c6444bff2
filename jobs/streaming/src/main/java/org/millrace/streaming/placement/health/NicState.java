package org.millrace.streaming.placement.health;

/**
 * All that a monitor knows of a NIC, for whoever stores it. Arrays of one group have one length.
 *
 * @param closedUntil end of the last window that was closed, milliseconds since 1970 UTC
 * @param waitingSignal samples of windows that are not closed: ordinal of {@link Signal}
 * @param waitingSeries likewise
 * @param waitingTs likewise
 * @param waitingValue likewise
 * @param counterSignal last value of each counter: ordinal of its signal
 * @param counterSeries likewise
 * @param counterTs likewise, milliseconds since 1970 UTC
 * @param counterValue likewise
 * @param baselineSeries learned bus bandwidths
 * @param baselineValue likewise
 * @param baselineWindows how many windows each was learned from
 * @param lowWindows windows in succession with too little bus bandwidth
 * @param lastBandwidth start of the last window with bandwidths, milliseconds since 1970 UTC
 * @param causes bit set of the ordinals of {@link Cause} of the open episode; 0: none is open
 * @param goodWindows in succession
 * @param relapses that are not forgotten
 * @param episode number of the last episode
 */
public record NicState(
    long closedUntil,
    int[] waitingSignal,
    String[] waitingSeries,
    long[] waitingTs,
    double[] waitingValue,
    int[] counterSignal,
    String[] counterSeries,
    long[] counterTs,
    double[] counterValue,
    String[] baselineSeries,
    double[] baselineValue,
    int[] baselineWindows,
    int lowWindows,
    long lastBandwidth,
    int causes,
    int goodWindows,
    int relapses,
    int episode) {

  /** Of a NIC of which nothing is known. */
  public static final NicState NEW =
      new NicState(
          Long.MIN_VALUE,
          new int[0],
          new String[0],
          new long[0],
          new double[0],
          new int[0],
          new String[0],
          new long[0],
          new double[0],
          new String[0],
          new double[0],
          new int[0],
          0,
          Long.MIN_VALUE,
          0,
          0,
          0,
          0);
}
