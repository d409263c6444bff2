package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.batch.inference.ModelStep;
import org.millrace.batch.inference.SharedModel;
import org.millrace.batch.inference.model.Answer;
import org.millrace.batch.inference.model.ModelSpec;
import org.millrace.batch.inference.model.ScoreAnswer;
import org.millrace.batch.inference.model.SharedModels;
import org.millrace.batch.inference.model.TooLong;
import org.millrace.batch.sample.Asking;
import org.millrace.command.UserError;

/** Who says how good a critique is: adds {@code _meta}, null where that is not known. */
interface MetaScores {

  /** Ends the run before anything is asked if it can't be done. */
  default void check(SparkSession spark) throws IOException {}

  /**
   * Adds the scores.
   *
   * @param critiques with {@code _key}, {@code _request}, {@code _text}, and the tokens that they
   *     took, to which those of this are added
   */
  Dataset<Row> add(Asking asking, Dataset<Row> critiques) throws Exception;

  /** As the user chose. */
  static MetaScores of(CritiqueOptions options, CritiqueColumns columns) {
    return switch (options.meta()) {
      case NONE -> (asking, critiques) -> critiques.withColumn("_meta", lit(null).cast("double"));
      case ENGINE -> new ByEngine(options.metaTemplate(), columns);
      case MODEL -> new ByModel(options);
    };
  }

  /** The engine rates each critique from 1 to 10. */
  record ByEngine(JudgeTemplate template, CritiqueColumns columns) implements MetaScores {

    @Override
    public Dataset<Row> add(Asking asking, Dataset<Row> critiques) throws Exception {
      var key = concat(lit(Judge.META + ":"), col("_key"));
      var values = Map.of("request", col("_request"), "critique", col("_text"));
      var asked =
          critiques.select(
              key.as("prompt_id"),
              template.column(values).as("prompt"),
              JudgedAnswers.NOT_RECORDED);
      var answers =
          asking
              .answers(Judge.META, asked, 1)
              .select(
                  col("prompt_id").as("_asked"),
                  columns.rating(col("text")).as("_meta"),
                  col("prompt_tokens").as("_more_read"),
                  col("completion_tokens").as("_more_written"));
      return critiques
          .join(answers, key.equalTo(col("_asked")), "left")
          .withColumn("_read", JudgedAnswers.plus("_read", "_more_read"))
          .withColumn("_written", JudgedAnswers.plus("_written", "_more_written"))
          .drop("_asked", "_more_read", "_more_written");
    }
  }

  /** A reward model scores each critique as an answer to its request. */
  final class ByModel implements MetaScores {

    private static final ScoreAnswer SCORE = new ScoreAnswer(null, TooLong.CUT);

    private final CritiqueOptions options;
    private ModelSpec spec;

    ByModel(CritiqueOptions options) {
      this.options = options;
    }

    @Override
    public void check(SparkSession spark) throws IOException {
      var source = SharedModel.of("--verifier-option meta-model", options.metaModel(), spark);
      spec = new ModelSpec(source, options.metaMaxTokens(), options.metaBatchTokens());
      try (var lease = SharedModels.lease(spec)) {
        lease.model().apply(SCORE, new Answer("1 + 1", "2"));
      } catch (IllegalArgumentException | IllegalStateException e) {
        throw new UserError(
            "--verifier-option meta-model=%s: %s", options.metaModel(), e.getMessage());
      }
    }

    @Override
    public Dataset<Row> add(Asking asking, Dataset<Row> critiques) {
      return new ModelStep<Answer, Double>(
              spec,
              SCORE,
              row -> new Answer(row.getAs("_request"), row.getAs("_text")),
              result -> new Object[] {result.value()})
          .add(critiques, new StructType().add("_meta", DataTypes.DoubleType));
    }
  }
}
