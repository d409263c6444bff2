package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.kernel.bestofn.CritiqueVote;
import org.millrace.kernel.bestofn.MissingRating;
import org.millrace.kernel.critique.Ratings;
import org.millrace.kernel.critique.ResponseOrder;

/**
 * What is made of critiques, as columns.
 *
 * @param seed of the orders in which answers are shown
 * @param shuffled whether each critique is shown them in an order of its own
 */
record CritiqueColumns(long seed, boolean shuffled) {

  /**
   * All answers in the order of a critique, as {@code Response 1:} and so on.
   *
   * @param key of the critique
   * @param texts array of the answers
   */
  Column shown(Column key, Column texts) {
    long seed = this.seed;
    boolean shuffled = this.shuffled;
    return udf(
            (UDF1<Row, String>)
                row -> shown(order(seed, shuffled, row.getString(0), row.getList(1).size()), row),
            DataTypes.StringType)
        .withName("shown_responses")
        .apply(struct(key, texts));
  }

  private static String shown(int[] order, Row row) {
    var texts = row.<String>getList(1);
    var shown = new StringBuilder();
    for (int place = 0; place < order.length; place++) {
      shown
          .append(place == 0 ? "" : "\n\n")
          .append("Response ")
          .append(place + 1)
          .append(":\n")
          .append(texts.get(order[place]));
    }
    return shown.toString();
  }

  /**
   * The ratings that a critique gives, in the order of the answers; null for a missing one.
   *
   * @param responses how many answers it was shown
   */
  Column ratings(Column key, Column critique, Column responses) {
    long seed = this.seed;
    boolean shuffled = this.shuffled;
    return udf(
            (UDF1<Row, Double[]>)
                row -> {
                  int n = row.getInt(2);
                  var order = order(seed, shuffled, row.getString(0), n);
                  return boxed(ResponseOrder.undo(Ratings.of(row.getString(1), n), order));
                },
            DataTypes.createArrayType(DataTypes.DoubleType))
        .withName("critique_ratings")
        .apply(struct(key, critique, responses));
  }

  private static int[] order(long seed, boolean shuffled, String key, int n) {
    return shuffled
        ? ResponseOrder.of(seed, key, n)
        : java.util.stream.IntStream.range(0, n).toArray();
  }

  /** The rating of a single thing, such as a critique; null where there is none. */
  Column rating(Column text) {
    return udf(
            (UDF1<String, Double>)
                written -> written == null ? null : boxed(Ratings.of(written, 1))[0],
            DataTypes.DoubleType)
        .withName("rating")
        .apply(text);
  }

  /**
   * The sum of each answer.
   *
   * @param ratings array of the critiques' arrays
   * @param meta array of the critiques' scores
   * @param kMeta how many critiques count by their scores; 0 for all
   */
  Column sums(Column ratings, Column meta, MissingRating missing, int kMeta) {
    return udf(
            (UDF1<Row, Double[]>)
                row -> {
                  var given =
                      row.<Object>getList(0).stream()
                          .map(CritiqueColumns::numbers)
                          .toArray(double[][]::new);
                  var vote = new CritiqueVote(given, missing);
                  return boxed(
                      kMeta == 0
                          ? vote.sums(given.length)
                          : vote.sums(numbers(row.getList(1)), kMeta));
                },
            DataTypes.createArrayType(DataTypes.DoubleType))
        .withName("critique_sums")
        .apply(struct(ratings, meta));
  }

  private static double[] numbers(Object array) {
    List<?> values =
        array instanceof List<?> list
            ? list
            : scala.jdk.javaapi.CollectionConverters.asJava((scala.collection.Seq<?>) array);
    return values.stream()
        .mapToDouble(value -> value == null ? Double.NaN : ((Number) value).doubleValue())
        .toArray();
  }

  private static Double[] boxed(double[] values) {
    return DoubleStream.of(values)
        .mapToObj(value -> Double.isNaN(value) ? null : value)
        .toArray(Double[]::new);
  }
}
