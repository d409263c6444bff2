package org.millrace.batch.strategies;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.millrace.command.UserError;

/** Options that name one of a few, words joined by hyphens. */
final class Choice {

  private Choice() {}

  /**
   * @throws UserError of usage if it names none
   */
  static <E extends Enum<E>> E of(Class<E> choices, String option, String name) {
    return Arrays.stream(choices.getEnumConstants())
        .filter(choice -> name(choice).equalsIgnoreCase(name))
        .findAny()
        .orElseThrow(
            () ->
                UserError.usage(
                    "%s %s: one of %s",
                    option,
                    name,
                    Arrays.stream(choices.getEnumConstants())
                        .map(Choice::name)
                        .collect(Collectors.joining(", "))));
  }

  private static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
