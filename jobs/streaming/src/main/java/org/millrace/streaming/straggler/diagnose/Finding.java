package org.millrace.streaming.straggler.diagnose;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What opens an incident; the fields are those of {@link Incident}. */
record Finding(
    Cause cause,
    List<Suspect> suspects,
    String comm,
    long sn,
    long startUs,
    long openUs,
    double score,
    Map<String, Double> evidence,
    String explanation) {

  static final long NO_OPERATION = -1;

  /** The same for the same trouble of the same suspects. */
  String key() {
    return key(cause, suspects);
  }

  static String key(Cause cause, List<Suspect> suspects) {
    return cause + suspects.stream().map(Suspect::key).collect(Collectors.joining(",", "|", ""));
  }
}
