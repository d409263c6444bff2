package org.millrace.kernel.strategy.mastery;

import java.util.Collection;
import java.util.List;

/**
 * Fits {@link KnowledgeTracing} to one skill's attempts by expectation maximisation (Baum and Welch
 * for the two-state chain without forgetting), from fixed starts, the likeliest winning, so that
 * the same attempts give the same fit in any order of students but for rounding. Guess and slip
 * stay at most {@link #LIMIT}: beyond it the states would change their meaning. The likelihood
 * never falls from round to round.
 */
public final class KnowledgeTracingFit {

  /** Most that guess and slip may be. */
  public static final double LIMIT = .49;

  /** Rounds of a start at most. */
  public static final int ROUNDS = 200;

  private static final double LEAST = 1e-4;
  private static final double GAIN = 1e-8;
  private static final List<KnowledgeTracing> STARTS =
      List.of(
          new KnowledgeTracing(.4, .2, .2, .1),
          new KnowledgeTracing(.1, .05, .1, .05),
          new KnowledgeTracing(.7, .4, .4, .2),
          new KnowledgeTracing(.2, .5, .2, .3));

  private final Collection<boolean[]> students;

  private KnowledgeTracingFit(Collection<boolean[]> students) {
    this.students = students;
  }

  /**
   * The likeliest parameters.
   *
   * @param students each student's attempts at the skill, in order
   * @return {@link KnowledgeTracing#DEFAULT} without any attempt
   */
  public static KnowledgeTracing of(Collection<boolean[]> students) {
    if (students.stream().allMatch(attempts -> attempts.length == 0)) {
      return KnowledgeTracing.DEFAULT;
    }
    var fit = new KnowledgeTracingFit(students);
    KnowledgeTracing best = null;
    double likeliest = Double.NEGATIVE_INFINITY;
    for (var start : STARTS) {
      var found = fit.climb(start);
      double likelihood = logLikelihood(found, students);
      if (likelihood > likeliest) {
        likeliest = likelihood;
        best = found;
      }
    }
    return best;
  }

  /**
   * Log-likelihood of attempts.
   *
   * @param tracing parameters
   * @param students each student's attempts, in order
   */
  public static double logLikelihood(KnowledgeTracing tracing, Collection<boolean[]> students) {
    double sum = 0;
    for (var attempts : students) {
      double knows = tracing.known();
      for (boolean correct : attempts) {
        double right = tracing.correct(knows);
        sum += Math.log(correct ? right : 1 - right);
        knows = tracing.after(knows, correct);
      }
    }
    return sum;
  }

  private KnowledgeTracing climb(KnowledgeTracing start) {
    var at = start;
    double likelihood = logLikelihood(at, students);
    for (int round = 0; round < ROUNDS; round++) {
      at = step(at, students);
      double next = logLikelihood(at, students);
      if (next - likelihood <= GAIN * Math.abs(likelihood)) {
        return at;
      }
      likelihood = next;
    }
    return at;
  }

  /** One round of expectation and maximisation. */
  static KnowledgeTracing step(KnowledgeTracing tracing, Collection<boolean[]> students) {
    var expected = new Expected();
    for (var attempts : students) {
      if (attempts.length > 0) {
        expected.add(tracing, attempts);
      }
    }
    return new KnowledgeTracing(
        ratio(expected.knownFirst, expected.students, tracing.known(), 1 - LEAST),
        ratio(expected.learned, expected.unknown, tracing.learn(), 1 - LEAST),
        ratio(expected.guessed, expected.ignorant, tracing.guess(), LIMIT),
        ratio(expected.slipped, expected.knowing, tracing.slip(), LIMIT));
  }

  private static double ratio(double part, double whole, double otherwise, double most) {
    double ratio = whole == 0 ? otherwise : part / whole;
    return Math.max(LEAST, Math.min(most, ratio));
  }

  /** Expected counts over students. */
  private static final class Expected {
    private double students;
    private double knownFirst;
    private double unknown;
    private double learned;
    private double ignorant;
    private double guessed;
    private double knowing;
    private double slipped;

    void add(KnowledgeTracing tracing, boolean[] attempts) {
      var before = tracing.before(attempts);
      var ahead = ahead(tracing, attempts);
      for (int t = 0; t < attempts.length; t++) {
        double knows = before[t] * tracing.emission(true, attempts[t]);
        double not = (1 - before[t]) * tracing.emission(false, attempts[t]);
        double knowsAhead = knows * ahead[t][1];
        double notAhead = not * ahead[t][0];
        double posterior = knowsAhead / (knowsAhead + notAhead);
        count(posterior, attempts[t]);
        if (t == 0) {
          students++;
          knownFirst += posterior;
        }
        if (t + 1 < attempts.length) {
          unknown += 1 - posterior;
          double learns =
              tracing.learn() * tracing.emission(true, attempts[t + 1]) * ahead[t + 1][1];
          double stays =
              (1 - tracing.learn()) * tracing.emission(false, attempts[t + 1]) * ahead[t + 1][0];
          learned += (1 - posterior) * learns / (learns + stays);
        }
      }
    }

    private void count(double posterior, boolean correct) {
      knowing += posterior;
      ignorant += 1 - posterior;
      if (correct) {
        guessed += 1 - posterior;
      } else {
        slipped += posterior;
      }
    }

    /** Likelihood of what follows each attempt, not knowing and knowing, up to a common factor. */
    private static double[][] ahead(KnowledgeTracing tracing, boolean[] attempts) {
      var ahead = new double[attempts.length][];
      ahead[attempts.length - 1] = new double[] {1, 1};
      for (int t = attempts.length - 2; t >= 0; t--) {
        double not = tracing.emission(false, attempts[t + 1]) * ahead[t + 1][0];
        double knows = tracing.emission(true, attempts[t + 1]) * ahead[t + 1][1];
        double mixed = (1 - tracing.learn()) * not + tracing.learn() * knows;
        double scale = mixed + knows;
        ahead[t] = new double[] {mixed / scale, knows / scale};
      }
      return ahead;
    }
  }
}
