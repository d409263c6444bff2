package org.millrace.streaming.straggler.diagnose;

import java.util.List;
import java.util.Map;

/**
 * Word of an incident: that it has begun, or that it is over. Times are microseconds since 1970
 * UTC.
 *
 * @param id the same in both, and in any run on the same input
 * @param job the job
 * @param kind which of the two
 * @param cause what kind of trouble
 * @param suspects who is at fault, in order; empty where that isn't known
 * @param comm the communicator that it was seen in first; empty of step times
 * @param sn number of the operation that opened it; -1 of step times and links
 * @param startUs when the trouble began: the first slow step, the entry into what hangs
 * @param openUs when that was certain
 * @param tsUs when this was known: openUs, or when it was certain to be over
 * @param endUs the last slow step, or when what hung went on; startUs and later; {@link
 *     Observation#UNKNOWN} while it is open
 * @param score how bad at worst: a ratio to what is usual, of a hang seconds
 * @param peakUs when that was
 * @param flags slow steps or windows so far, of a hang 1
 * @param evidence what it was told by: names and numbers, the unit in the name
 * @param explanation one line for people
 */
public record Incident(
    String id,
    String job,
    Kind kind,
    Cause cause,
    List<Suspect> suspects,
    String comm,
    long sn,
    long startUs,
    long openUs,
    long tsUs,
    long endUs,
    double score,
    long peakUs,
    long flags,
    Map<String, Double> evidence,
    String explanation) {

  /** What is told of an incident. */
  public enum Kind {
    OPEN,
    CLOSE
  }
}
