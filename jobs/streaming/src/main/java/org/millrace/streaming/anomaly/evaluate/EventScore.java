package org.millrace.streaming.anomaly.evaluate;

import java.util.List;

/**
 * How many labelled events were reported, and how many reports were of an event.
 *
 * @param events the labelled events
 * @param hits the events with a report inside or within the tolerance
 * @param opens the reports
 * @param trueOpens the reports inside an event or within the tolerance of one
 */
public record EventScore(int events, int hits, int opens, int trueOpens) {

  /** No event and no report. */
  public static final EventScore NONE = new EventScore(0, 0, 0, 0);

  /**
   * Compares reports with labels.
   *
   * @param opens when each episode opened, in any order
   * @param events the labels, windows or points, in the same unit
   * @param tolerance how far outside its event a report still counts; at least 0
   */
  public static EventScore of(long[] opens, List<Window> events, long tolerance) {
    int hits = 0;
    for (var event : events) {
      hits += reported(event, opens, tolerance) ? 1 : 0;
    }
    int trueOpens = 0;
    for (long open : opens) {
      trueOpens += events.stream().anyMatch(event -> event.covers(open, tolerance)) ? 1 : 0;
    }
    return new EventScore(events.size(), hits, opens.length, trueOpens);
  }

  /** Both together. */
  public EventScore plus(EventScore other) {
    return new EventScore(
        events + other.events, hits + other.hits, opens + other.opens, trueOpens + other.trueOpens);
  }

  /** Reports of no event. */
  public int falseOpens() {
    return opens - trueOpens;
  }

  /** Share of the reports that were of an event, in [0, 1]; 1 where nothing was reported. */
  public double precision() {
    return opens == 0 ? 1 : (double) trueOpens / opens;
  }

  /** Share of the events that were reported, in [0, 1]; 1 where there was none. */
  public double recall() {
    return events == 0 ? 1 : (double) hits / events;
  }

  /** Harmonic mean of precision and recall, in [0, 1]. */
  public double f1() {
    double sum = precision() + recall();
    return sum == 0 ? 0 : 2 * precision() * recall() / sum;
  }

  private static boolean reported(Window event, long[] opens, long tolerance) {
    for (long open : opens) {
      if (event.covers(open, tolerance)) {
        return true;
      }
    }
    return false;
  }
}
