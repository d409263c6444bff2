package org.millrace.batch.bestofn;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.millrace.command.UserError;

/** Constants as options write them: small letters, hyphens between words. */
final class Labels {

  private Labels() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The constant of a label.
   *
   * @throws UserError if there is none
   */
  static <E extends Enum<E>> E parse(String option, String given, E[] constants) {
    for (var constant : constants) {
      if (of(constant).equals(given)) {
        return constant;
      }
    }
    throw UserError.usage(
        "%s %s: must be one of %s",
        option, given, Arrays.stream(constants).map(Labels::of).collect(Collectors.joining(", ")));
  }
}
