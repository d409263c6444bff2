package org.millrace.batch.strategies;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.batch.job.Run;
import org.millrace.batch.strategies.page.Drawing;
import org.millrace.batch.strategies.page.StrategiesPage;
import org.millrace.batch.strategies.trial.Contest;
import org.millrace.batch.strategies.trial.Contest.Measured;
import org.millrace.batch.strategies.trial.Example;
import org.millrace.batch.strategies.trial.Method;
import org.millrace.batch.strategies.trial.Trial;
import org.millrace.kernel.strategy.equity.PredictiveEquality;

/** What a run leaves: tables, the trial of predictors, the page. */
final class Outcomes {

  /** Instances that samples of a trial are drawn from, at most. */
  static final int POOL = 50_000;

  /** Instances that predictors are measured on, at most. */
  static final int HELD_OUT = 20_000;

  private final Run run;
  private final NodeVectors vectors;
  private final Keys keys;
  private final Search found;
  private final long seed;
  private Dataset<Row> keyed;
  private List<Example> pool = List.of();
  private List<Measured> measured = List.of();
  private List<StrategiesPage.Group> groups = List.of();

  Outcomes(Run run, NodeVectors vectors, Keys keys, Search found, long seed) {
    this.run = run;
    this.vectors = vectors;
    this.keys = keys;
    this.found = found;
    this.seed = seed;
  }

  /**
   * Writes embeddings, clusters, rounds and the training sample.
   *
   * @param instances all of them, with {@code held_out}
   * @param share of those not held out that the sample is
   */
  void write(Dataset<Row> instances, double share) throws Exception {
    var tables = new ClusterTables(vectors, keys, found);
    keyed = keys.of(instances).persist(StorageLevel.MEMORY_AND_DISK());
    run.phase(
        "clusters written",
        () -> {
          run.write(tables.embeddings(run.spark()), "embeddings");
          run.write(tables.rounds(run.spark()), "rounds");
          run.write(
              keyed.select(
                  "student",
                  "hierarchy",
                  "problem",
                  "view",
                  "student_cluster",
                  "problem_cluster",
                  "d2",
                  "held_out",
                  "skills"),
              "clusters");
          return null;
        });
    var counts = keyed.agg(count(lit(1)), count(when(not(col("held_out")), 1))).head();
    run.record("held_out", counts.getLong(0) - counts.getLong(1));
    run.dropped(
        "held_out_unseen",
        run.counted("instances") - run.droppedSoFar("too_long") - counts.getLong(0));
    run.record("student_clusters", keys.students().clusters());
    run.record("problem_clusters", keys.problems().clusters());
    long size = Math.max(1, Math.round(share * counts.getLong(1)));
    var sample = TrainingSample.of(keyed.where(not(col("held_out"))), size, seed);
    run.phase(
        "sample written",
        () -> {
          run.write(sample.drop("id", "ord", "held_out"), "sample");
          return null;
        });
    run.record("sampled", size);
    pool = examples(false, POOL);
  }

  /**
   * Writes the strategy of each answer, and how diverse the answers of a prompt are.
   *
   * @param read as of {@link AnswerTable}
   */
  void writeAnswers(Dataset<Row> read) throws Exception {
    var answers = AnswerStrategies.of(keyed, read);
    run.phase(
        "diversity written",
        () -> {
          run.write(answers, "answers");
          run.write(AnswerStrategies.diversity(answers), "diversity");
          return null;
        });
  }

  /** A part of the instances, the same whatever the partitions. */
  private List<Example> examples(boolean heldOut, int most) {
    var rows =
        keyed
            .where(col("held_out").equalTo(heldOut))
            .orderBy(xxhash64(col("id"), lit(seed)), col("id"))
            .limit(most)
            .select(
                "id",
                "student",
                "hierarchy",
                "problem",
                "student_cluster",
                "problem_cluster",
                "d2",
                "skills")
            .collectAsList();
    var examples = new ArrayList<Example>();
    for (var row : rows) {
      examples.add(
          new Example(
              row.getLong(0),
              row.getString(1),
              row.getString(2),
              row.getString(3),
              row.getInt(4),
              row.getInt(5),
              row.getDouble(6),
              List.copyOf(row.getList(7))));
    }
    return examples;
  }

  /**
   * Trains predictors and measures them on what was held out.
   *
   * @param model to train beside the ones that need no training
   * @param share of the pool that its sample is
   * @param skills {@code student, skill_level} of the learners whose outcomes are known
   */
  void tryOut(PredictorModel model, double share, Dataset<Row> skills) throws Exception {
    var heldOut = examples(true, HELD_OUT);
    if (heldOut.isEmpty()) {
      run.log("nothing held out whose learner and problem are known: predictors are not measured");
      return;
    }
    Map<String, Double> levels = new HashMap<>();
    skills.collectAsList().forEach(row -> levels.put(row.getString(0), row.getDouble(1)));
    if (levels.isEmpty()) {
      run.log("no outcomes in the input: weak and strong learners can't be told apart");
    }
    var trial = Trial.of(pool, heldOut, levels, seed);
    measured =
        new ArrayList<>(run.phase("predictors compared", () -> Contest.curves(trial, share)));
    if (model == PredictorModel.LSTM) {
      measured.addAll(
          run.phase(
              "predictor trained",
              () -> LearnedPredictor.contest(run, trial, vectors, share, seed)));
    }
    var shown = new ArrayList<StrategiesPage.Group>();
    for (var each : measured) {
      if (each.share() == share
          && each.model().equals(model.label())
          && each.method() != Method.STRATIFIED) {
        each.accuracy().equality().ifPresent(equality -> shown.add(group(each, equality)));
      }
    }
    groups = shown;
    run.write(TrialTables.curves(run.spark(), measured), "curves");
    run.write(TrialTables.equity(run.spark(), groups), "equity");
    for (var each : measured) {
      if (each.share() == share && each.model().equals(model.label())) {
        run.log(
            "%s sample of %,d, predictor %s: Jaccard %.3f, exact %.3f%s",
            TrialTables.name(each.method()),
            each.size(),
            each.model(),
            each.accuracy().jaccard(),
            each.accuracy().exact(),
            each.accuracy().equality().map(e -> ", gap %.3f".formatted(e.gap())).orElse(""));
      }
    }
  }

  /**
   * Trains the predictor on the sample of all instances, without measuring it.
   *
   * @param model nothing is done for one that needs no training
   * @param share of the instances that the sample is
   */
  void train(PredictorModel model, double share) throws Exception {
    if (model == PredictorModel.LSTM) {
      run.phase(
          "predictor trained",
          () -> {
            LearnedPredictor.keep(run, Trial.of(pool, pool, Map.of(), seed), vectors, share, seed);
            return null;
          });
    }
  }

  private StrategiesPage.Group group(Measured each, PredictiveEquality equality) {
    return StrategiesPage.Group.of(TrialTables.name(each.method()), each.model(), equality, seed);
  }

  /**
   * Writes the report page.
   *
   * @param embedding in words
   * @param answers whether learners are answers and problems are prompts
   */
  void page(String embedding, boolean answers) throws IOException {
    var page =
        new StrategiesPage(
            run.inputName(),
            embedding,
            run.counted("instances"),
            run.counted("sampled"),
            drawn(answers ? "answers" : "learners", keys.students()),
            drawn(answers ? "prompts" : "problems", keys.problems()),
            found.rounds().stream()
                .map(
                    round ->
                        new StrategiesPage.Round(
                            round.students(), round.problems(), round.score(), round.best()))
                .toList(),
            StrategiesPage.ways(pool, answers ? 1 : StrategiesPage.LEAST),
            measured,
            groups,
            run.manifestJson());
    var file = run.writeText("report.html", page.html());
    run.log("report: %s", file.toUri().getPath());
  }

  private Drawing drawn(String what, Grouping grouping) {
    return Drawing.of(
        what,
        grouping.nodes().stream().map(vectors::of).toArray(double[][]::new),
        grouping.labels(),
        grouping.clusters());
  }
}
