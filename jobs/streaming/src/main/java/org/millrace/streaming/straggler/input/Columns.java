package org.millrace.streaming.straggler.input;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.millrace.command.UserError;

/**
 * Which columns (of CSV) or fields (of JSON) of step times mean what.
 *
 * @param rank who took the step
 * @param time when, see {@link org.millrace.streaming.input.Times}
 * @param duration how long it took, a number above 0 in any unit
 * @param job of which job it is
 * @param host where the rank runs
 * @param named which of them the user has named; the others are looked for by these names, rank,
 *     time and duration in vain is an error
 */
public record Columns(
    String rank, String time, String duration, String job, String host, List<String> named)
    implements Serializable {

  private static final List<String> ROLES = List.of("rank", "time", "duration", "job", "host");

  /** All by their own names. */
  public static final Columns BY_NAME = of(Map.of());

  /**
   * What the user has said: {@code rank=worker} and so on.
   *
   * @throws UserError if it names something else, or one column twice
   */
  public static Columns of(Map<String, String> names) {
    for (var entry : names.entrySet()) {
      if (!ROLES.contains(entry.getKey())) {
        throw UserError.usage(
            "--columns %s=%s: the part before = is one of %s",
            entry.getKey(), entry.getValue(), String.join(", ", ROLES));
      }
      if (entry.getValue().isBlank()) {
        throw UserError.usage("--columns %s=: name the column behind =", entry.getKey());
      }
    }
    if (names.values().stream().distinct().count() < names.size()) {
      throw UserError.usage("--columns: a column can have one meaning only, got %s", names);
    }
    return new Columns(
        names.getOrDefault("rank", "rank"),
        names.getOrDefault("time", "time"),
        names.getOrDefault("duration", "duration"),
        names.getOrDefault("job", "job"),
        names.getOrDefault("host", "host"),
        ROLES.stream().filter(names::containsKey).toList());
  }

  boolean isNamed(String role) {
    return named.contains(role);
  }
}
