package org.millrace.udf;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF6;
import org.apache.spark.sql.api.java.UDF7;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.millrace.kernel.bestofn.Answers;
import org.millrace.kernel.bestofn.Ballot;
import org.millrace.kernel.bestofn.BestOfK;
import org.millrace.kernel.bestofn.MajorityAtK;
import org.millrace.kernel.bestofn.MissingVotes;
import org.millrace.kernel.bestofn.Normalization;
import org.millrace.kernel.bestofn.PassAtK;
import org.millrace.kernel.bestofn.Pick;
import org.millrace.kernel.bestofn.Rule;
import org.millrace.kernel.bestofn.Ties;
import org.millrace.kernel.bestofn.TokenCounter;
import org.millrace.kernel.bestofn.Votes;
import org.millrace.kernel.bestofn.WeightedMajorityAtK;

/**
 * The estimators and selectors of best-of-N as SQL functions. Arrays run in parallel, one element a
 * sample of a prompt, in file order, as SQL arrays or {@link Packed}; a curve has an element for
 * each k, null where the prompt has fewer than k samples.
 */
final class BestOfNFunctions {

  private static final DataType CURVE = createArrayType(DoubleType, true);

  private static final StructType PICK =
      new StructType()
          .add("position", IntegerType)
          .add("tied", IntegerType)
          .add("credit", DoubleType);

  private static final StructType ESTIMATE =
      new StructType().add("values", CURVE).add("errors", CURVE);

  private BestOfNFunctions() {}

  static List<SqlFunction> all() {
    return List.of(
        new SqlFunction(
            "pass_at_k",
            "n, c, k",
            "Chance that k of n samples, c of them right, hold a right one (unbiased pass@k).",
            "pass_at_k(10, 3, 8)",
            "1.0",
            DoubleType,
            (UDF3<Number, Number, Number, Double>) BestOfNFunctions::passAtK),
        new SqlFunction(
            "pass_at_ks",
            "credits, ks",
            "pass@k of a prompt for each k; graded credits give the expected best.",
            "pass_at_ks(array(1, 0, 0, 1), array(1, 4))",
            "[0.5, 1.0]",
            CURVE,
            (UDF2<Object, Object, Double[]>)
                (credits, ks) ->
                    credits == null || ks == null
                        ? null
                        : curve(PassAtK.curve(doubles(credits), ints(ks)))),
        new SqlFunction(
            "best_of_k",
            "scores, credits, k",
            "Expected credit of the best-scoring of k samples, ties shared; a null score is no"
                + " candidate.",
            "best_of_k(array(0.9, 0.5, 0.5, 0.1), array(1, 0, 0, 0), 2)",
            "0.5",
            DoubleType,
            (UDF3<Object, Object, Integer, Double>)
                (scores, credits, k) ->
                    scores == null || credits == null || k == null
                        ? null
                        : curve(BestOfK.curve(doubles(scores), doubles(credits), one(k)))[0]),
        new SqlFunction(
            "best_of_ks",
            "scores, credits, ks",
            "best_of_k for each k, in one sort.",
            "best_of_ks(array(0.9, 0.5, 0.5, 0.1), array(1, 0, 0, 0), array(1, 2, 4))",
            "[0.25, 0.5, 1.0]",
            CURVE,
            (UDF3<Object, Object, Object, Double[]>)
                (scores, credits, ks) ->
                    scores == null || credits == null || ks == null
                        ? null
                        : curve(BestOfK.curve(doubles(scores), doubles(credits), ints(ks)))),
        new SqlFunction(
            "majority_at_k",
            "answers, credits, k",
            "Expected credit of the most frequent answer among k samples, tied answers sharing;"
                + " a null or empty answer has no vote.",
            "majority_at_k(array('a', 'a', 'b', null), array(1, 1, 0, 0), 4)",
            "1.0",
            DoubleType,
            (UDF3<Object, Object, Integer, Double>)
                (answers, credits, k) ->
                    answers == null || credits == null || k == null
                        ? null
                        : curve(MajorityAtK.curve(numbers(answers), doubles(credits), one(k)))[0]),
        new SqlFunction(
            "majority_at_ks",
            "answers, credits, ks",
            "majority_at_k for each k.",
            "majority_at_ks(array('a', 'a', 'b', null), array(1, 1, 0, 0), array(1, 4))",
            "[0.5, 1.0]",
            CURVE,
            (UDF3<Object, Object, Object, Double[]>)
                (answers, credits, ks) ->
                    answers == null || credits == null || ks == null
                        ? null
                        : curve(MajorityAtK.curve(numbers(answers), doubles(credits), ints(ks)))),
        new SqlFunction(
            "vote_at_ks",
            "rule, answers, scores, sizes, credits, ks, seed",
            "Expected credit for each k of a rule without a closed form (weighted-majority,"
                + " filtered-majority:0.1, borda, short-3) over k-subsets, and its standard error: all subsets where few, else"
                + " draws seeded by a key.",
            "vote_at_ks('weighted-majority', array('a', 'b', 'b'), array(0.9, 0.2, 0.3), null,"
                + " array(1, 0, 0), array(3), 'p1').values",
            "[1.0]",
            ESTIMATE,
            (UDF7<String, Object, Object, Object, Object, Object, String, Row>)
                BestOfNFunctions::voteAtKs),
        new SqlFunction(
            "first_k",
            "rule, ties, answers, scores, sizes, credits, ks",
            "Credit of a rule's choice among the first k samples, for each k, as peers report it;"
                + " rules: pass, best-score, majority, weighted-majority, filtered-majority:0.1, borda,"
                + " short-3.",
            "first_k('majority', 'first', array('b', 'a', 'a'), null, null, array(0, 1, 1),"
                + " array(1, 2, 3))",
            "[0.0, 0.0, 1.0]",
            CURVE,
            (UDF7<String, String, Object, Object, Object, Object, Object, Double[]>)
                BestOfNFunctions::firstK),
        new SqlFunction(
            "select_sample",
            "rule, ties, answers, scores, sizes, credits",
            "The sample that a rule chooses: its position from 0, how many tied, and its expected"
                + " credit.",
            "select_sample('best-score', 'first', null, array(0.2, 0.9), null, null).position",
            "1",
            PICK,
            (UDF6<String, String, Object, Object, Object, Object, Row>) BestOfNFunctions::select),
        new SqlFunction(
            "majority",
            "answers",
            "The most frequent answer, the first seen on ties.",
            "majority(array('b', 'a', 'a'))",
            "a",
            StringType,
            (UDF1<Object, String>)
                answers -> answers == null ? null : chosen("majority", answers, null)),
        new SqlFunction(
            "weighted_majority",
            "answers, scores",
            "The answer with the largest sum of scores, the first seen on ties.",
            "weighted_majority(array('a', 'b', 'b'), array(0.9, 0.2, 0.3))",
            "a",
            StringType,
            (UDF2<Object, Object, String>)
                (answers, scores) ->
                    answers == null || scores == null
                        ? null
                        : chosen("weighted-majority", answers, scores)),
        new SqlFunction(
            "borda",
            "answers, scores, power",
            "The answer with the largest sum of (n - rank + 1)^power, ranked by score.",
            "borda(array('x', 'y', 'y', 'z'), array(4, 3, 2, 1), 0.5)",
            "y",
            StringType,
            (UDF3<Object, Object, Number, String>)
                (answers, scores, power) ->
                    answers == null || scores == null || power == null
                        ? null
                        : chosen("borda:" + power, answers, scores)),
        new SqlFunction(
            "step_score",
            "step_scores, how",
            "One score from process-reward scores, by last, min, prod or mean; -1 without steps.",
            "step_score(array(0.9, 0.5), 'min')",
            "0.5",
            DoubleType,
            new StepScore()),
        new SqlFunction(
            "vote_score",
            "votes, first, missing",
            "Mean of the first votes; a missing one is left_out, counts as no, or half.",
            "vote_score(array(1.0, null, 0.0, 1.0), 3, 'left_out')",
            "0.5",
            DoubleType,
            (UDF3<Object, Integer, String, Double>)
                (votes, first, missing) ->
                    votes == null || first == null || missing == null
                        ? null
                        : Votes.score(
                            doubles(votes), first, constant(MissingVotes.class, missing))),
        new SqlFunction(
            "parse_votes",
            "letters",
            "Votes written as letters (Y, N, - for a missing one) as numbers.",
            "parse_votes('YN-')",
            "[1.0, 0.0, null]",
            CURVE,
            (UDF1<String, Double[]>)
                letters -> letters == null ? null : curve(Votes.parse(letters))),
        new SqlFunction(
            "normalize_scores",
            "scores, how",
            "Scores of a prompt's samples made fit to weigh votes: none, min-max or sigmoid.",
            "normalize_scores(array(0, null), 'sigmoid')",
            "[0.5, null]",
            CURVE,
            (UDF2<Object, String, Double[]>)
                (scores, how) ->
                    scores == null || how == null
                        ? null
                        : curve(constant(Normalization.class, how).apply(doubles(scores)))),
        new SqlFunction(
            "counter_total",
            "readings",
            "What a token counter that is a running total counted, even if it was reset between"
                + " readings; a null reading is passed over.",
            "counter_total(array(10, 25, 4, 6))",
            "31",
            LongType,
            (UDF1<Object, Long>)
                readings -> readings == null ? null : TokenCounter.total(longs(readings))));
  }

  private static Double passAtK(Number n, Number c, Number k) {
    return n == null || c == null || k == null || k.longValue() > n.longValue()
        ? null
        : PassAtK.at(n.longValue(), c.longValue(), k.longValue());
  }

  private static Row voteAtKs(
      String rule,
      Object answers,
      Object scores,
      Object sizes,
      Object credits,
      Object ks,
      String seed) {
    if (rule == null || answers == null || credits == null || ks == null || seed == null) {
      return null;
    }
    var ballot = ballot(answers, scores, sizes, credits);
    var estimate = WeightedMajorityAtK.curve(Rule.parse(rule), ballot, ints(ks), seed);
    return RowFactory.create(curve(estimate.values()), curve(estimate.errors()));
  }

  private static Double[] firstK(
      String rule,
      String ties,
      Object answers,
      Object scores,
      Object sizes,
      Object credits,
      Object ks) {
    return rule == null || ties == null || credits == null || ks == null
        ? null
        : curve(
            Rule.parse(rule)
                .firstK(
                    ballot(answers, scores, sizes, credits), ints(ks), constant(Ties.class, ties)));
  }

  private static Row select(
      String rule, String ties, Object answers, Object scores, Object sizes, Object credits) {
    if (rule == null || ties == null) {
      return null;
    }
    var ballot = ballot(answers, scores, sizes, credits);
    var pick = Rule.parse(rule).choose(ballot, ballot.size(), constant(Ties.class, ties));
    return RowFactory.create(
        pick.position() == Pick.NOTHING ? null : pick.position(),
        pick.tied(),
        Double.isNaN(pick.credit()) ? null : pick.credit());
  }

  private static String chosen(String rule, Object answers, Object scores) {
    var ballot = ballot(answers, scores, null, null);
    var pick = Rule.parse(rule).choose(ballot, ballot.size(), Ties.FIRST);
    return pick.position() == Pick.NOTHING ? null : ballot.texts()[pick.position()];
  }

  /** A null array is one of unknowns, as long as the others. */
  private static Ballot ballot(Object answers, Object scores, Object sizes, Object credits) {
    var numbered = Arrays.answers(answers);
    var known = new double[][] {doubles(scores), doubles(sizes), doubles(credits)};
    int n = numbered == null ? 0 : numbered.texts().length;
    for (var values : known) {
      n = values == null ? n : values.length;
    }
    if (numbered == null) {
      var nobody = new String[n];
      numbered = new Arrays.Numbered(nobody, Answers.number(nobody));
    }
    return new Ballot(
        numbered.texts(),
        numbered.answers(),
        orUnknown(known[0], n),
        orUnknown(known[1], n),
        orUnknown(known[2], n));
  }

  private static double[] orUnknown(double[] values, int n) {
    if (values != null) {
      return values;
    }
    var unknown = new double[n];
    java.util.Arrays.fill(unknown, Double.NaN);
    return unknown;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static double[] doubles(Object values) {
    return Arrays.doubles(values);
  }

  private static int[] ints(Object values) {
    return Arrays.ints(values, 0);
  }

  private static long[] longs(Object values) {
    return java.util.Arrays.stream(doubles(values))
        .filter(value -> !Double.isNaN(value))
        .mapToLong(value -> (long) value)
        .toArray();
  }

  private static int[] one(int k) {
    return new int[] {k};
  }

  private static int[] numbers(Object answers) {
    return Arrays.answers(answers).answers();
  }

  private static Double[] curve(double[] values) {
    var boxed = new Double[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = Double.isNaN(values[i]) ? null : values[i];
    }
    return boxed;
  }
}
