package org.millrace.kernel.verify;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The rule verifiers by name. */
public final class Verifiers {

  private static final List<String> NAMES =
      List.of("exact", "regex", "choice", "number", "game24", "countdown", "sudoku", "nash");

  private Verifiers() {}

  /** All names. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * A verifier.
   *
   * @param name one of {@link #names()}
   * @param options of the verifier: regex needs pattern; choice takes letters; countdown takes use,
   *     all or subset
   * @throws IllegalArgumentException if there is none of that name, or an option is wrong
   */
  public static Verifier of(String name, Map<String, String> options) {
    return switch (name) {
      case "exact" -> only(options, Set.of(), new ExactMatch());
      case "regex" -> {
        var pattern = options.get("pattern");
        if (pattern == null) {
          throw new IllegalArgumentException("regex needs the option pattern");
        }
        yield only(options, Set.of("pattern"), new RegexExtraction(pattern));
      }
      case "choice" ->
          only(
              options,
              Set.of("letters"),
              new MultipleChoice(options.getOrDefault("letters", MultipleChoice.DEFAULT_LETTERS)));
      case "number" -> only(options, Set.of(), new NumberMatch());
      case "game24" -> only(options, Set.of(), new Game24());
      case "countdown" -> only(options, Set.of("use"), new Countdown(use(options)));
      case "sudoku" -> only(options, Set.of(), new Sudoku());
      case "nash" -> only(options, Set.of(), new NashCells());
      default ->
          throw new IllegalArgumentException(
              "no verifier '" + name + "'; there are " + String.join(", ", NAMES));
    };
  }

  private static Countdown.NumbersUsed use(Map<String, String> options) {
    return switch (options.getOrDefault("use", "subset").toLowerCase(Locale.ROOT)) {
      case "subset" -> Countdown.NumbersUsed.SUBSET;
      case "all" -> Countdown.NumbersUsed.ALL;
      default -> throw new IllegalArgumentException("use must be all or subset");
    };
  }

  private static Verifier only(Map<String, String> options, Set<String> known, Verifier verifier) {
    for (var option : options.keySet()) {
      if (!known.contains(option)) {
        throw new IllegalArgumentException(verifier.name() + " has no option '" + option + "'");
      }
    }
    return verifier;
  }
}
