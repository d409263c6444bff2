package org.millrace.gpu;

import ai.rapids.cudf.BinaryOp;
import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.ColumnView;
import ai.rapids.cudf.DType;
import ai.rapids.cudf.Scalar;
import ai.rapids.cudf.SegmentedReductionAggregation;
import com.nvidia.spark.RapidsUDF;
import java.util.Locale;
import org.millrace.kernel.bestofn.StepScores;
import org.millrace.udf.StepScore;

/**
 * {@code step_score} on RAPIDS columns: the lists of step scores are reduced where they lie, one
 * segmented reduction for each rule that occurs in the batch. Sums and products are taken in
 * another order than on the CPU, so {@code prod} and {@code mean} may differ from it in the last
 * digits; {@code last} and {@code min} don't.
 */
public final class RapidsStepScore extends StepScore implements RapidsUDF {

  private static final long serialVersionUID = 1L;

  /**
   * Scores of a batch.
   *
   * @param numRows rows of the batch
   * @param args LIST of numbers (steps, a null one counts as NaN) and STRING (last, min, prod or
   *     mean, any case), {@code numRows} rows each; stay the caller's
   * @return FLOAT64, null where an argument is; the caller's to close
   * @throws IllegalArgumentException if a rule is none of the four
   */
  @Override
  public ColumnVector evaluateColumnar(int numRows, ColumnVector... args) {
    var steps = args[0];
    if (numRows == 0) {
      return nulls(0);
    }
    try (var child = steps.getChildColumnView(0);
        var numbers = child.castTo(DType.FLOAT64);
        var nan = Scalar.fromDouble(Double.NaN);
        var known = numbers.replaceNulls(nan);
        var lists = steps.replaceListChild(known);
        var names = args[1].lower();
        var rules = names.mergeAndSetValidity(BinaryOp.BITWISE_AND, steps, names)) {
      return scores(lists, rules);
    }
  }

  /**
   * @param lists FLOAT64 without null elements
   * @param rules in lower case, null where there is nothing to score
   */
  private static ColumnVector scores(ColumnView lists, ColumnView rules) {
    long left = rules.getRowCount() - rules.getNullCount();
    var scores = nulls(rules.getRowCount());
    try {
      for (var rule : StepScores.values()) {
        // The rule is a literal in practice: when its rows are done, all are.
        if (left == 0) {
          break;
        }
        try (var name = Scalar.fromString(rule.name().toLowerCase(Locale.ROOT));
            var chosen = rules.equalTo(name);
            var count = chosen.sum(DType.INT64)) {
          if (count.isValid() && count.getLong() > 0) {
            var before = scores;
            try (var values = aggregate(rule, lists)) {
              scores = chosen.ifElse(values, before);
            }
            before.close();
            left -= count.getLong();
          }
        }
      }
      if (left > 0) {
        throw new IllegalArgumentException(
            "step_score: %d rows have a rule that is none of last, min, prod, mean"
                .formatted(left));
      }
      return scores;
    } catch (Throwable e) {
      scores.close();
      throw e;
    }
  }

  private static ColumnVector aggregate(StepScores rule, ColumnView lists) {
    // With no null elements left, only an empty list (or a null one) has a null score.
    try (var values = ofSteps(rule, lists);
        var noSteps = Scalar.fromDouble(StepScores.NO_STEPS)) {
      return values.replaceNulls(noSteps);
    }
  }

  private static ColumnVector ofSteps(StepScores rule, ColumnView lists) {
    return switch (rule) {
      case LAST -> lists.extractListElement(-1);
      case MIN -> min(lists);
      case PROD -> lists.listReduce(SegmentedReductionAggregation.product());
      case MEAN -> mean(lists);
    };
  }

  /** Like Java's, NaN if a step is: cuDF's own order of NaN in a minimum is not defined. */
  private static ColumnVector min(ColumnView lists) {
    try (var child = lists.getChildColumnView(0);
        var unknown = child.isNan();
        var flags = lists.replaceListChild(unknown);
        var anyUnknown = flags.listReduce(SegmentedReductionAggregation.any(), DType.BOOL8);
        var nan = Scalar.fromDouble(Double.NaN);
        var least = lists.listReduce(SegmentedReductionAggregation.min())) {
      return anyUnknown.ifElse(nan, least);
    }
  }

  private static ColumnVector mean(ColumnView lists) {
    try (var sum = lists.listReduce(SegmentedReductionAggregation.sum());
        var count = lists.countElements()) {
      return sum.div(count, DType.FLOAT64);
    }
  }

  private static ColumnVector nulls(long rows) {
    try (var none = Scalar.fromNull(DType.FLOAT64)) {
      return ColumnVector.fromScalar(none, (int) rows);
    }
  }
}
