package org.millrace.kernel.bestofn;

/**
 * The samples of a prompt as voters, in file order; the arrays run in parallel.
 *
 * @param texts answers as text; null or empty for no answer
 * @param answers the same as numbers, {@link Answers#number}
 * @param scores NaN for a sample without one
 * @param sizes lengths of the samples; NaN where not known
 * @param credits truth, 0 to 1; NaN where not known
 */
public record Ballot(
    String[] texts, int[] answers, double[] scores, double[] sizes, double[] credits) {

  /** Checks that the arrays run in parallel. */
  public Ballot {
    int n = texts.length;
    if (answers.length != n || scores.length != n || sizes.length != n || credits.length != n) {
      throw new IllegalArgumentException("the arrays of a ballot must have equal lengths");
    }
  }

  /** Of texts, numbering the answers. */
  public static Ballot of(String[] texts, double[] scores, double[] sizes, double[] credits) {
    return new Ballot(texts, Answers.number(texts), scores, sizes, credits);
  }

  /** How many samples there are. */
  public int size() {
    return texts.length;
  }
}
