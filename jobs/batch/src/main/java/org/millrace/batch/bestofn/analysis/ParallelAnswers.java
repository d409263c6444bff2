package org.millrace.batch.bestofn.analysis;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.millrace.kernel.bestofn.FirstToEnd;
import org.millrace.schema.CurvePoint;
import org.millrace.udf.Packed;

/**
 * What k answers sampled side by side take, by how many are waited for: means over prompts of the
 * expectation over all k-subsets of a prompt's samples.
 *
 * @param strategy {@link #ALL}, or short-m for the first m to end, the others being stopped
 * @param k answers that are begun
 * @param latency size of the answer that ends the wait, in tokens or the user's unit
 * @param work sum of the sizes of all k, cut where the wait ends: the cost, in the same unit
 * @param prompts averaged
 * @param excluded prompts left out, for fewer than k samples of known size
 * @param accuracy of the vote of those that ended, on the first k samples, 0 to 1; empty if unknown
 */
public record ParallelAnswers(
    String strategy,
    int k,
    double latency,
    double work,
    long prompts,
    long excluded,
    Optional<Double> accuracy) {

  /** The strategy that waits for all answers. */
  public static final String ALL = "all";

  // Sizes below 2^43 to a millionth.
  private static final int PLACES = 20;

  /** Prompts of so many different numbers of samples have their weights kept. */
  private static final int KEPT = 256;

  /**
   * What is asked for.
   *
   * @param ks answers that are begun, ascending
   * @param firsts how many are waited for, ascending
   * @param clipped whether a prompt with fewer samples counts with those it has
   */
  public record Plan(List<Integer> ks, List<Integer> firsts, boolean clipped)
      implements Serializable {

    /** Lists that a task can be sent. */
    public Plan {
      ks = new ArrayList<>(ks);
      firsts = new ArrayList<>(new TreeSet<>(firsts));
    }

    private int strategies() {
      return 1 + firsts.size();
    }

    private String name(int strategy) {
      return strategy == 0 ? ALL : "short-" + firsts.get(strategy - 1);
    }

    /** How many of k are waited for. */
    private int waited(int strategy, int k) {
      return strategy == 0 ? k : Math.min(k, firsts.get(strategy - 1));
    }
  }

  /**
   * The account, by strategy and k; none of a k that no prompt has.
   *
   * @param prompts a row a prompt
   * @param all number of prompts
   * @param sizes column of {@link Packed} numbers, the sizes of its samples, NaN where not known
   * @param curves in which the accuracies are looked up
   */
  public static List<ParallelAnswers> of(
      Dataset<Row> prompts, long all, String sizes, Plan plan, List<CurvePoint> curves) {
    MapPartitionsFunction<Row, Row> add = rows -> sums(rows, plan).rows();
    var sums = prompts.select(col(sizes)).mapPartitions(add, Encoders.row(FixedSums.schema(2)));
    int width = plan.ks.size();
    return FixedSums.totals(sums, PLACES).stream()
        .map(
            total -> {
              var strategy = plan.name(total.slot() / width);
              int k = plan.ks.get(total.slot() % width);
              return new ParallelAnswers(
                  strategy,
                  k,
                  total.sums()[0] / total.count(),
                  total.sums()[1] / total.count(),
                  total.count(),
                  all - total.count(),
                  accuracy(strategy, k, curves));
            })
        .toList();
  }

  /** Of the same samples in all strategies: the first k, ties to the shortest. */
  private static Optional<Double> accuracy(String strategy, int k, List<CurvePoint> curves) {
    var name = (strategy.equals(ALL) ? "majority" : strategy) + "/first-k/ties-shortest";
    return curves.stream()
        .filter(point -> point.getSelector().equals(name) && point.getK() == k)
        .map(CurvePoint::getValue)
        .findFirst();
  }

  private static FixedSums sums(Iterator<Row> prompts, Plan plan) {
    int width = plan.ks.size();
    var sums = new FixedSums(plan.strategies() * width, 2, PLACES);
    Map<Integer, FirstToEnd[]> kept = new HashMap<>();
    while (prompts.hasNext()) {
      var sizes =
          Arrays.stream(Packed.numbers(prompts.next().<byte[]>getAs(0)))
              .filter(size -> !Double.isNaN(size))
              .sorted()
              .toArray();
      if (kept.size() > KEPT) {
        kept.clear();
      }
      var weights = kept.computeIfAbsent(sizes.length, n -> weights(n, plan));
      for (int slot = 0; slot < weights.length; slot++) {
        if (weights[slot] != null) {
          sums.count(slot);
          sums.add(slot, 0, weights[slot].latency(sizes));
          sums.add(slot, 1, weights[slot].work(sizes));
        }
      }
    }
    return sums;
  }

  /** By strategy and k; null where a prompt of n samples has no account. */
  private static FirstToEnd[] weights(int n, Plan plan) {
    int width = plan.ks.size();
    var weights = new FirstToEnd[plan.strategies() * width];
    for (int slot = 0; slot < weights.length; slot++) {
      int asked = plan.ks.get(slot % width);
      int k = plan.clipped ? Math.min(asked, n) : asked;
      if (k >= 1 && k <= n) {
        weights[slot] = new FirstToEnd(n, k, plan.waited(slot / width, k));
      }
    }
    return weights;
  }

  /**
   * The account as a table.
   *
   * @param unit of the sizes, such as tokens
   */
  public static AnalysisTable table(List<ParallelAnswers> account, String unit) {
    return AnalysisTable.of(
        "strategy string, k int, latency double, work double, unit string, prompts long,"
            + " excluded long, accuracy_first_k double",
        account.stream()
            .map(
                row ->
                    RowFactory.create(
                        row.strategy,
                        row.k,
                        row.latency,
                        row.work,
                        unit,
                        row.prompts,
                        row.excluded,
                        row.accuracy.orElse(null))));
  }
}
