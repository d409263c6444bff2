package org.millrace.kernel.bestofn;

/** One score from repeated verdicts of a verifier (GenRM, arXiv 2408.15240). */
public final class Votes {

  // Votes are added as whole numbers, so that equal shares tie whatever the order of the votes.
  private static final double GRID = 1e6;

  private Votes() {}

  /**
   * Mean of the first votes.
   *
   * @param votes 0 for wrong to 1 for right, or a judge's ratings; NaN for a missing one
   * @param first how many of them count, at least 1
   * @param missing what a missing vote counts
   * @return the mean on a grid of 1e-6 a vote; 0 where nothing counts
   */
  public static double score(double[] votes, int first, MissingVotes missing) {
    long sum = 0;
    int counted = 0;
    for (int i = 0; i < Math.min(first, votes.length); i++) {
      if (!Double.isNaN(votes[i])) {
        sum += Math.round(votes[i] * GRID);
        counted++;
      } else if (missing != MissingVotes.LEFT_OUT) {
        sum += missing == MissingVotes.HALF ? Math.round(GRID / 2) : 0;
        counted++;
      }
    }
    // One division of whole numbers: equal fractions are equal doubles.
    return counted == 0 ? 0 : sum / (GRID * counted);
  }

  /**
   * Votes written as letters.
   *
   * @param letters Y or 1 for right, N or 0 for wrong, - for a missing one, any case
   * @return 1, 0 or NaN a letter
   * @throws IllegalArgumentException at another letter
   */
  public static double[] parse(String letters) {
    var votes = new double[letters.length()];
    for (int i = 0; i < votes.length; i++) {
      votes[i] =
          switch (letters.charAt(i)) {
            case 'Y', 'y', '1' -> 1;
            case 'N', 'n', '0' -> 0;
            case '-' -> Double.NaN;
            default ->
                throw new IllegalArgumentException(
                    "votes are Y, N or -, not '" + letters.charAt(i) + "'");
          };
    }
    return votes;
  }
}
