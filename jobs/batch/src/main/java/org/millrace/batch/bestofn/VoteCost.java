package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a vote costs, by the user's word, else by what the input counts: the mean length of a vote
 * by that of a sample, missing votes included, in tokens or else in the user's unit.
 *
 * @param largest votes of the sample that has most; 0 without votes
 * @param lambda cost of a vote in samples, at least 0
 * @param origin where lambda is from, for a reader
 */
record VoteCost(int largest, double lambda, String origin) {

  /** Where nothing else is known: a vote is as long as a sample. */
  static final double ASSUMED = 1;

  private static final VoteCost NONE = new VoteCost(0, ASSUMED, "no votes");

  /** Of an input that has no votes. */
  static VoteCost none() {
    return NONE;
  }

  /**
   * Reads the samples once.
   *
   * @param samples with every known column
   * @param given lambda by the user's word; null to measure it
   */
  static VoteCost of(Dataset<Row> samples, Double given) {
    var voted = col("votes").isNotNull();
    var number = when(voted, size(col("votes")));
    var row =
        samples
            .agg(
                max(number),
                Stream.of(
                        spent(col("verifier_tokens"), number),
                        written(col("completion_tokens")),
                        spent(col("votes_length"), number),
                        written(col("length")))
                    .flatMap(Stream::of)
                    .toArray(Column[]::new))
            .head();
    int largest = row.isNullAt(0) ? 0 : row.getInt(0);
    if (given != null) {
      return new VoteCost(largest, given, "as given");
    }
    var tokens = measured(row, 1, largest, "tokens");
    var length = tokens == null ? measured(row, 5, largest, "in the unit of length") : tokens;
    return length == null
        ? new VoteCost(largest, ASSUMED, "assumed: the input counts no tokens of votes")
        : length;
  }

  /** The sum over samples whose votes were counted, and the number of those votes. */
  private static Column[] spent(Column length, Column votes) {
    var known = length.isNotNull().and(votes.gt(0));
    return new Column[] {sum(when(known, length)), sum(when(known, votes.cast("long")))};
  }

  private static Column[] written(Column length) {
    return new Column[] {sum(length), count(when(length.isNotNull(), lit(1)))};
  }

  private static VoteCost measured(Row row, int at, int largest, String unit) {
    if (row.isNullAt(at) || row.isNullAt(at + 2) || row.getLong(at + 2) == 0) {
      return null;
    }
    double vote = (double) row.getLong(at) / row.getLong(at + 1);
    double sample = (double) row.getLong(at + 2) / row.getLong(at + 3);
    return new VoteCost(
        largest,
        vote / sample,
        String.format(
            Locale.ROOT, "measured: %.1f a vote by %.1f an answer, %s", vote, sample, unit));
  }
}
