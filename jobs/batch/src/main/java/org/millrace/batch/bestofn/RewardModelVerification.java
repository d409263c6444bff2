package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.millrace.batch.inference.ModelStep;
import org.millrace.batch.inference.SharedModel;
import org.millrace.batch.inference.model.Answer;
import org.millrace.batch.inference.model.ModelSpec;
import org.millrace.batch.inference.model.SharedModels;
import org.millrace.batch.inference.model.Task;
import org.millrace.batch.job.Run;
import org.millrace.batch.job.Samples;
import org.millrace.command.UserError;

/**
 * Scores answers by a reward model: one score an answer, or one a step. The verdicts and answers
 * that the input carries stay as they are, since a model's opinion is no truth; a score that the
 * input carries gives way.
 */
final class RewardModelVerification implements Verification {

  static final String NAME = "reward-model";

  private static final StructType SCORE = new StructType().add("_score", DataTypes.DoubleType);
  private static final StructType STEPS =
      new StructType().add("_steps", DataTypes.createArrayType(DataTypes.DoubleType, false));
  private static final Answer TRIAL = new Answer("1 + 1", "2");

  private final RewardModelOptions options;

  RewardModelVerification(RewardModelOptions options) {
    this.options = options;
  }

  @Override
  public List<List<String>> needs() {
    return options.readsPrompt()
        ? List.of(List.of("prompt"), List.of("text"))
        : List.of(List.of("text"));
  }

  @Override
  public Dataset<Row> scores(Run run, Samples samples) throws IOException {
    var source = SharedModel.of("--verifier-option model", options.model(), run.spark());
    var spec = new ModelSpec(source, options.maxTokens(), options.batchTokens());
    var version = checked(spec);
    boolean stepwise = options.steps() != null;
    var rows = asked(samples.rows());
    var answered =
        stepwise
            ? step(spec, options.steps()).add(rows, STEPS.add("_fault", DataTypes.StringType))
            : step(spec, options.outcome()).add(rows, SCORE.add("_fault", DataTypes.StringType));
    // Kept, since what is set apart is a second pass over it.
    var kept =
        answered
            .withColumn("_reason", coalesce(col("_reason"), col("_fault")))
            .drop("_fault", "_asked")
            .persist(StorageLevel.DISK_ONLY());
    var answer = samples.has("answer") ? col("answer") : lit(null).cast("string");
    var score = stepwise ? lit(null).cast("double") : col("_score");
    return new ScoreRows(
            answer, col("verdict"), score, stepwise ? col("_steps") : col("step_scores"))
        .of(
            run.quarantine().accept(samples.with(kept)),
            NAME,
            version,
            ScoreRows.confidences(samples::has));
  }

  private Dataset<Row> asked(Dataset<Row> samples) {
    var rows = samples;
    if (options.readsPrompt()) {
      var missing = col("prompt").isNull().and(RuleVerification.usable());
      rows = rows.withColumn("_reason", coalesce(col("_reason"), when(missing, lit("no prompt"))));
    }
    return rows.withColumn("_asked", RuleVerification.usable().and(col("text").isNotNull()));
  }

  private static <O> ModelStep<Answer, O> step(ModelSpec spec, Task<Answer, O> task) {
    return new ModelStep<>(
        spec,
        task,
        row -> row.<Boolean>getAs("_asked") ? answer(row) : null,
        result -> new Object[] {result.value(), result.fault()});
  }

  private static Answer answer(Row row) {
    String prompt = row.getAs("prompt");
    return new Answer(prompt == null ? "" : prompt, row.getAs("text"));
  }

  /** Tries the model here first, as a wrong one is to end the run before it begins. */
  private String checked(ModelSpec spec) throws IOException {
    try (var lease = SharedModels.lease(spec);
        var files = spec.source().files()) {
      if (options.steps() != null) {
        lease.model().apply(options.steps(), TRIAL);
      } else {
        lease.model().apply(options.outcome(), TRIAL);
      }
      return version(files.onnx(), files.tokenizer());
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new UserError("--verifier-option model=%s: %s", options.model(), e.getMessage());
    }
  }

  // Whatever may change a score.
  private String version(Path... files) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var buffer = new byte[1 << 16];
      for (var file : files) {
        try (var in = Files.newInputStream(file)) {
          for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
          }
        }
      }
      var told = List.of(options.maxTokens(), options.tooLong());
      digest.update((told + " " + options.template() + " " + options.steps()).getBytes("UTF-8"));
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
