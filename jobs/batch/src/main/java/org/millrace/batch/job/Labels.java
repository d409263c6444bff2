package org.millrace.batch.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.millrace.command.UserError;

/** Names of constants as options write them: small letters, hyphens between words. */
public final class Labels {

  private Labels() {}

  /** The label of a constant. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The constant of a label.
   *
   * @param option that it was given to
   * @param given the label
   * @param constants among which it is
   * @throws UserError if there is none
   */
  public static <E extends Enum<E>> E parse(String option, String given, E[] constants) {
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
