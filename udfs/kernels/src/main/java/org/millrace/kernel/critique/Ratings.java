package org.millrace.kernel.critique;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The ratings that a critique gives all responses to a prompt (DeepSeek-GRM, arXiv 2504.02495),
 * from 1 to 10. They are read, the first form that there is, from
 *
 * <ol>
 *   <li>the last {@code \boxed{7, 4, 9}},
 *   <li>the last line {@code Scores: 7, 4, 9} (or Score, Rating, Ratings),
 *   <li>lines {@code Response 2: 4}, the last of each response.
 * </ol>
 *
 * <p>A rating may be {@code 7}, {@code 7.5} or {@code 7/10}; brackets and asterisks don't matter.
 * An entry that is none, or out of range, is missing, and so are those behind the end of a short
 * list; of a list that is too long nobody knows which is whose, and all are missing.
 */
public final class Ratings {

  /** The lowest rating. */
  public static final double LOWEST = 1;

  /** The highest rating. */
  public static final double HIGHEST = 10;

  private static final Pattern BOXED = Pattern.compile("\\\\boxed\\s*+\\{([^{}\\n]*+)\\}");
  private static final Pattern LISTED =
      Pattern.compile("\\b(?:scores?|ratings?)[ \\t*]*+:([^\\n]*+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBERED =
      Pattern.compile(
          "\\bresponse[ \\t#]*+(\\d{1,9})[ \\t*]*+:[ \\t*]*+([^\\s,;]++)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern RATING = Pattern.compile("(\\d{1,4}(?:\\.\\d{1,9})?)(?:/10)?");
  private static final Pattern AROUND = Pattern.compile("[\\s*\\[\\]()$\\\\.]");

  private Ratings() {}

  /**
   * The ratings of a critique.
   *
   * @param critique what the model wrote
   * @param responses how many it was shown, at least 0
   * @return one a response in the order in which they were shown; NaN for a missing one
   */
  public static double[] of(String critique, int responses) {
    requireNonNull(critique, "critique is null");
    var list = last(BOXED, critique);
    list = list == null ? last(LISTED, critique) : list;
    return list == null ? numbered(critique, responses) : listed(list, responses);
  }

  private static String last(Pattern pattern, String critique) {
    var matcher = pattern.matcher(critique);
    String last = null;
    while (matcher.find()) {
      last = matcher.group(1);
    }
    return last;
  }

  private static double[] listed(String list, int responses) {
    var ratings = missing(responses);
    var entries = list.split("[,;]", -1);
    if (entries.length <= responses) {
      for (int i = 0; i < entries.length; i++) {
        ratings[i] = rating(entries[i]);
      }
    }
    return ratings;
  }

  private static double[] numbered(String critique, int responses) {
    var ratings = missing(responses);
    var matcher = NUMBERED.matcher(critique);
    while (matcher.find()) {
      int response = Integer.parseInt(matcher.group(1));
      double rating = rating(matcher.group(2));
      if (response >= 1 && response <= responses && !Double.isNaN(rating)) {
        ratings[response - 1] = rating;
      }
    }
    return ratings;
  }

  private static double[] missing(int responses) {
    var ratings = new double[responses];
    Arrays.fill(ratings, Double.NaN);
    return ratings;
  }

  private static double rating(String entry) {
    var bare = strip(entry);
    var matcher = RATING.matcher(bare);
    if (!matcher.matches()) {
      return Double.NaN;
    }
    double rating = Double.parseDouble(matcher.group(1));
    return rating >= LOWEST && rating <= HIGHEST ? rating : Double.NaN;
  }

  /** Without what stands around a number. */
  private static String strip(String entry) {
    int from = 0;
    int to = entry.length();
    while (from < to && around(entry, from)) {
      from++;
    }
    while (to > from && around(entry, to - 1)) {
      to--;
    }
    return entry.substring(from, to);
  }

  private static boolean around(String entry, int at) {
    return AROUND.matcher(entry).region(at, at + 1).matches();
  }
}
