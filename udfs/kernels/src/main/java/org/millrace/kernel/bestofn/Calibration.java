package org.millrace.kernel.bestofn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * A calibration split: prompts with verified answers, and what choices of a strategy and a number
 * of answers are worth on them.
 *
 * <p>A choice has the index strategy * numbers + number.
 *
 * @param prompts each with at least as many answers as the largest number
 * @param numbers of answers, ascending
 * @param strategies to choose among
 */
public record Calibration(List<Prompt> prompts, int[] numbers, List<Strategy> strategies) {

  private static final long SEED = 42;

  /** How one of the answers is chosen. */
  public enum Strategy {
    /** The most frequent answer. */
    MAJORITY("majority"),
    /** The answer with the best score. */
    BEST_SCORE("best-score");

    private final String label;

    Strategy(String label) {
      this.label = label;
    }

    /** Its name among the selectors of {@code select}. */
    public String label() {
      return label;
    }
  }

  /**
   * A prompt.
   *
   * @param fold 0 or 1, by its key
   * @param level the author's label; null for none
   * @param answers of its samples, as of {@link Answers#number}
   * @param credits truth of each, 0 to 1
   * @param scores of each, higher is better; NaN for none
   */
  public record Prompt(int fold, String level, int[] answers, double[] credits, double[] scores) {

    /** Samples. */
    public int size() {
      return answers.length;
    }

    /** The oracle's rate: pass@1. */
    public double passRate() {
      return Arrays.stream(credits).average().orElse(Double.NaN);
    }

    /** A verifier's rate: the mean score; NaN without scores. */
    public double meanScore() {
      return Arrays.stream(scores).average().orElse(Double.NaN);
    }
  }

  /** Checks that there is something. */
  public Calibration {
    prompts = List.copyOf(prompts);
    strategies = List.copyOf(strategies);
    if (prompts.isEmpty() || numbers.length == 0 || strategies.isEmpty()) {
      throw new IllegalArgumentException("no prompts, numbers or strategies to learn from");
    }
  }

  /** The strategy of a choice. */
  public Strategy strategy(int choice) {
    return strategies.get(choice / numbers.length);
  }

  /** The number of answers of a choice. */
  public int number(int choice) {
    return numbers[choice % numbers.length];
  }

  private double[] costs() {
    var costs = new double[strategies.size() * numbers.length];
    Arrays.setAll(costs, this::number);
    return costs;
  }

  /** In quantile bins of a rate, {@link Difficulty#QUANTILES} of them. */
  public ComputeOptimal.Measured byQuantile(ToDoubleFunction<Prompt> rate) {
    var rates = prompts.stream().mapToDouble(rate).toArray();
    return measured(Difficulty.quantiles(rates, Difficulty.QUANTILES));
  }

  /** In the absolute bins of a rate. */
  public ComputeOptimal.Measured byAbsolute(ToDoubleFunction<Prompt> rate) {
    return by(prompt -> Difficulty.of(rate.applyAsDouble(prompt)).ordinal());
  }

  /** In bins that each prompt has already; the values are over all choices of its answers. */
  public ComputeOptimal.Measured by(ToIntFunction<Prompt> bin) {
    return measured(prompts.stream().mapToInt(bin).toArray());
  }

  private ComputeOptimal.Measured measured(int[] bins) {
    var weights = new double[bins.length];
    Arrays.fill(weights, 1);
    return new ComputeOptimal.Measured(
        bins,
        prompts.stream().mapToInt(Prompt::fold).toArray(),
        weights,
        prompts.stream().map(this::values).toArray(double[][]::new),
        costs());
  }

  private double[] values(Prompt prompt) {
    var values = new double[0];
    for (var strategy : strategies) {
      var curve =
          switch (strategy) {
            case MAJORITY -> MajorityAtK.curve(prompt.answers(), prompt.credits(), numbers);
            case BEST_SCORE -> BestOfK.curve(prompt.scores(), prompt.credits(), numbers);
          };
      values = joined(values, curve);
    }
    return values;
  }

  private static double[] joined(double[] first, double[] second) {
    var all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  /**
   * In bins that a run finds out by its first answers: how many of the first {@code probe} give the
   * leading one. What is bought later comes on top of these, so each prompt is observed in every
   * turn of an order of its answers, the probe first. The order is drawn, from a fixed seed: in a
   * file neighbours may have more in common than any two.
   *
   * @param probe answers, at most the least number
   */
  public ComputeOptimal.Measured byAgreement(int probe) {
    var bins = new ArrayList<Integer>();
    var folds = new ArrayList<Integer>();
    var weights = new ArrayList<Double>();
    var values = new ArrayList<double[]>();
    for (var prompt : prompts) {
      var order = drawn(prompt.size());
      for (int turn = 0; turn < prompt.size(); turn++) {
        var turned = turned(order, turn);
        var first = Arrays.stream(turned).limit(probe).map(i -> prompt.answers()[i]).toArray();
        bins.add(StopRule.ByAgreement.leading(first, probe));
        folds.add(prompt.fold());
        weights.add(1.0 / prompt.size());
        values.add(firstOnes(prompt, turned));
      }
    }
    return new ComputeOptimal.Measured(
        bins.stream().mapToInt(Integer::intValue).toArray(),
        folds.stream().mapToInt(Integer::intValue).toArray(),
        weights.stream().mapToDouble(Double::doubleValue).toArray(),
        values.toArray(double[][]::new),
        costs());
  }

  private static int[] drawn(int size) {
    var random = new SplittableRandom(SEED);
    var order = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }

  private static int[] turned(int[] values, int turn) {
    var turned = new int[values.length];
    Arrays.setAll(turned, i -> values[(i + turn) % values.length]);
    return turned;
  }

  /** The credit of each choice on the first answers of an order. */
  private double[] firstOnes(Prompt prompt, int[] order) {
    var values = new double[0];
    for (var strategy : strategies) {
      var credits = new double[numbers.length];
      for (int k = 0; k < numbers.length; k++) {
        var first = Arrays.copyOf(order, numbers[k]);
        var answers = Arrays.stream(first).map(i -> prompt.answers()[i]).toArray();
        var truth = Arrays.stream(first).mapToDouble(i -> prompt.credits()[i]).toArray();
        var scores = Arrays.stream(first).mapToDouble(i -> prompt.scores()[i]).toArray();
        var all = new int[] {first.length};
        credits[k] =
            switch (strategy) {
              case MAJORITY -> MajorityAtK.curve(answers, truth, all)[0];
              case BEST_SCORE -> BestOfK.curve(scores, truth, all)[0];
            };
      }
      values = joined(values, credits);
    }
    return values;
  }
}
