package org.millrace.batch.bestofn;

import java.util.Map;
import java.util.Set;

/**
 * What {@code --verifier-option} gave a verifier.
 *
 * @param verifier its name, for messages
 * @param given values by name
 */
record VerifierOptions(String verifier, Map<String, String> given) {

  /**
   * @throws IllegalArgumentException if one is given that isn't known
   */
  VerifierOptions only(Set<String> known) {
    for (var option : given.keySet()) {
      if (!known.contains(option)) {
        throw new IllegalArgumentException(verifier + " has no option '" + option + "'");
      }
    }
    return this;
  }

  boolean has(String name) {
    return given.containsKey(name);
  }

  /** A text; on a command line a line break is hard to write. */
  String text(String name, String usual) {
    return given.containsKey(name)
        ? given.get(name).replace("\\n", "\n").replace("\\t", "\t")
        : usual;
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException if it is none, or below 1
   */
  int number(String name, int usual) {
    try {
      int value = Integer.parseInt(given.getOrDefault(name, Integer.toString(usual)).strip());
      if (value >= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is too small.
    }
    throw new IllegalArgumentException(
        "%s must be a whole number from 1, not %s".formatted(name, given.get(name)));
  }

  /**
   * One of some values.
   *
   * @param values the first is the usual one
   * @throws IllegalArgumentException if it is none of them
   */
  String oneOf(String name, String... values) {
    var value = given.getOrDefault(name, values[0]).strip();
    for (var known : values) {
      if (known.equals(value)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "%s must be %s, not %s".formatted(name, String.join(" or ", values), value));
  }
}
