package org.millrace.kernel.strategy.mastery;

import java.io.Serializable;

/**
 * Bayesian knowledge tracing of one skill (Corbett and Anderson 1995): a student knows the skill or
 * not, may learn it after each attempt and never forgets it.
 *
 * @param known chance to know it before the first attempt
 * @param learn chance to learn it after an attempt
 * @param guess chance of a correct attempt without knowing it
 * @param slip chance of an incorrect attempt in spite of knowing it
 */
public record KnowledgeTracing(double known, double learn, double guess, double slip)
    implements Serializable {

  /** Where there is nothing to fit. */
  public static final KnowledgeTracing DEFAULT = new KnowledgeTracing(.4, .2, .2, .1);

  /** Refuses what is no chance. */
  public KnowledgeTracing {
    for (double chance : new double[] {known, learn, guess, slip}) {
      if (!(chance >= 0 && chance <= 1)) {
        throw new IllegalArgumentException("a chance is 0 to 1, not " + chance);
      }
    }
  }

  /**
   * Chance that a student knows the skill after some attempts: the posterior of the last one, and
   * then the chance of having learned.
   *
   * @param correct the attempts in order, may be empty
   * @return 0 to 1
   */
  public double mastery(boolean... correct) {
    double knows = known;
    for (boolean right : correct) {
      knows = after(knows, right);
    }
    return knows;
  }

  /**
   * Chance to know the skill before each attempt.
   *
   * @param correct the attempts in order
   * @return as many
   */
  public double[] before(boolean... correct) {
    var chances = new double[correct.length];
    double knows = known;
    for (int i = 0; i < correct.length; i++) {
      chances[i] = knows;
      knows = after(knows, correct[i]);
    }
    return chances;
  }

  /**
   * Chance to know the skill after one more attempt.
   *
   * @param knows chance before it
   * @param correct how it went
   */
  public double after(double knows, boolean correct) {
    double likely = emission(true, correct) * knows;
    double all = likely + emission(false, correct) * (1 - knows);
    double posterior = all == 0 ? knows : likely / all;
    return posterior + (1 - posterior) * learn;
  }

  /**
   * Chance of a correct attempt.
   *
   * @param knows chance to know the skill
   */
  public double correct(double knows) {
    return knows * (1 - slip) + (1 - knows) * guess;
  }

  double emission(boolean knows, boolean correct) {
    double chance = knows ? 1 - slip : guess;
    return correct ? chance : 1 - chance;
  }
}
