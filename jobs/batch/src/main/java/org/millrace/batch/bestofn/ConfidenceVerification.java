package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.batch.job.Run;
import org.millrace.batch.job.Samples;
import org.millrace.kernel.bestofn.SelfCertainty;
import org.millrace.kernel.bestofn.TraceConfidence;

/**
 * Scores answers by how sure the model was of them: DeepConf's confidences (arXiv 2508.15260) and
 * self-certainty (arXiv 2502.18581), from what sample has kept of the tokens. The verdicts and
 * votes that the input carries stay, a score gives way.
 */
final class ConfidenceVerification implements Verification {

  static final String NAME = "confidence";

  private static final List<TraceConfidence> ORDER =
      List.of(
          TraceConfidence.LOWEST_GROUP,
          TraceConfidence.BOTTOM_TENTH,
          TraceConfidence.TAIL,
          TraceConfidence.MEAN);
  private static final StructType TYPE =
      new StructType()
          .add("confidence_lowest_group", DataTypes.DoubleType)
          .add("confidence_bottom10", DataTypes.DoubleType)
          .add("confidence_tail", DataTypes.DoubleType)
          .add("confidence_mean", DataTypes.DoubleType);

  private final ConfidenceOptions options;

  ConfidenceVerification(ConfidenceOptions options) {
    this.options = options;
  }

  @Override
  public List<List<String>> needs() {
    return List.of(List.of("token_confidences", "self_certainty"));
  }

  @Override
  public Dataset<Row> scores(Run run, Samples samples) {
    int window = options.window();
    var confidences =
        udf((UDF1<Row, Row>) answer -> confidences(answer, window), TYPE)
            .withName("trace_confidences");
    var rows =
        run.quarantine()
            .accept(samples)
            .withColumn("_sure", confidences.apply(struct(col("token_confidences"))));
    var certainty = coalesce(col("self_certainty"), ofLikeliest());
    var usual = samples.has("token_confidences") ? "lowest-group" : "self-certainty";
    var name = ConfidenceOptions.COLUMNS.get(options.score() == null ? usual : options.score());
    var score = name.equals("self_certainty") ? certainty : col("_sure").getField(name);
    return new ScoreRows(
            samples.has("answer") ? col("answer") : lit(null).cast("string"),
            col("verdict"),
            score,
            lit(null).cast("array<double>"))
        .of(
            rows,
            NAME,
            "window %d, top %d, %s".formatted(window, options.topLogprobs(), name),
            certainty.as("self_certainty"),
            sure("confidence_lowest_group"),
            sure("confidence_bottom10"),
            sure("confidence_tail"),
            sure("confidence_mean"));
  }

  private static Column sure(String name) {
    return col("_sure").getField(name).as(name);
  }

  /** Of the tokens that were kept; null where nobody says how many those were. */
  private Column ofLikeliest() {
    int kept = options.topLogprobs();
    if (kept == 0) {
      return lit(null).cast("double");
    }
    return udf(
            (UDF1<Double, Double>)
                mean -> mean == null ? null : SelfCertainty.ofLikeliest(mean, kept),
            DataTypes.DoubleType)
        .withName("self_certainty")
        .apply(col("_sure").getField("confidence_mean"));
  }

  /** Null for an answer without tokens. */
  private static Row confidences(Row answer, int window) {
    if (answer.isNullAt(0) || answer.getList(0).isEmpty()) {
      return null;
    }
    var tokens = answer.<Double>getList(0).stream().mapToDouble(Double::doubleValue).toArray();
    return RowFactory.create(ORDER.stream().map(how -> (Object) how.of(tokens, window)).toArray());
  }
}
