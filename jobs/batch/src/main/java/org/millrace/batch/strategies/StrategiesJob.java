package org.millrace.batch.strategies;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.nio.charset.Charset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.batch.job.BatchJob;
import org.millrace.batch.job.Labels;
import org.millrace.batch.job.Run;
import org.millrace.batch.strategies.learn.Torch;
import org.millrace.command.InputFiles;
import org.millrace.command.UserError;
import org.millrace.command.Version;
import org.millrace.kernel.strategy.refine.Pruning;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Step logs to clusters of strategies, a small training sample and a predictor. */
@Command(
    name = "strategies",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Finds who solves what in which way (MVec): step logs of learners in, or sampled answers of a"
          + " model; embeddings, clusters of strategies, a small training sample that holds them all,"
          + " a predictor and a report page out.",
      "Reads a student-step export of DataShop or the KDD Cup 2010 (.txt or .tsv, also packed), or"
          + " answers as verify reads them."
    },
    footer = {
      "",
      "Examples:",
      "  millrace strategies --input student_step.txt --output mvec/",
      "  millrace strategies --input answers.jsonl --format answers \\",
      "    --columns prompt_id=idx,text=ys --output mvec/"
    })
public final class StrategiesJob extends BatchJob {

  /** What the input is. */
  enum Format {
    DATASHOP,
    ANSWERS
  }

  @Option(
      names = "--format",
      defaultValue = "datashop",
      paramLabel = "FORMAT",
      description =
          "What the input is: datashop (steps of learners) or answers (chains of thought, whose"
              + " steps take the place of skills). Default: ${DEFAULT-VALUE}.")
  Format format;

  @Option(
      names = "--kc-model",
      paramLabel = "NAME",
      description =
          "Skill column of a step log, such as SubSkills or 'KC (Default)'. Default: the usual one.")
  String kcModel;

  @Option(
      names = "--charset",
      defaultValue = "UTF-8",
      paramLabel = "NAME",
      description = "Encoding of a step log. Default: ${DEFAULT-VALUE}.")
  String charset;

  @Option(
      names = "--language",
      paramLabel = "LANG",
      description =
          "Of answers: en or zh, for the model that reads their steps. Default: told by them.")
  String language;

  @Option(
      names = "--step-lambda",
      defaultValue = "0.5",
      paramLabel = "D2",
      description =
          "Squared distance, 0 to 4, from which on a step of an answer counts as another one than"
              + " those of a cluster. Default: ${DEFAULT-VALUE}.")
  double stepLambda;

  @Option(
      names = "--mastery",
      defaultValue = "cfa-rate",
      paramLabel = "MODEL",
      description =
          "What a skill counts by: cfa-rate (the learner's smoothed rate of correct first attempts),"
              + " bkt (Bayesian knowledge tracing) or attention (of a transformer that is trained on"
              + " a part of the data). Default: ${DEFAULT-VALUE}.")
  String mastery;

  @Option(
      names = "--edges",
      defaultValue = "count",
      paramLabel = "WEIGHT",
      description =
          "What a learner's edge to a skill weighs: count or mastery. Default: ${DEFAULT-VALUE}.")
  Edges.Weight edges;

  @Mixin EmbedderOptions embedder = new EmbedderOptions();

  @Option(
      names = "--clusters",
      paramLabel = "LEARNERS,PROBLEMS",
      description =
          "How many clusters of learners and of problems, such as 6,8. Default: as many as make keys"
              + " whose instances are alike.")
  String clusters;

  @Option(
      names = "--keep",
      defaultValue = "" + Pruning.SHARE,
      paramLabel = "SHARE",
      description =
          "Share of a strategy's skills that pruning leaves; 1 does without pruning."
              + " Default: ${DEFAULT-VALUE}.")
  double keep;

  @Option(
      names = "--sample",
      defaultValue = "0.05",
      paramLabel = "SHARE",
      description =
          "Size of the training sample as a share of the instances. Default: ${DEFAULT-VALUE}.")
  double sample;

  @Option(
      names = "--held-out",
      defaultValue = "0.2",
      paramLabel = "SHARE",
      description =
          "Share of the instances that nothing is learned from: predictors are measured on them; 0"
              + " does without. Default: ${DEFAULT-VALUE}.")
  double heldOut;

  @Option(
      names = "--predictor",
      defaultValue = "lstm",
      paramLabel = "MODEL",
      description =
          "Predictor of strategies: lstm (trained on the sample) or key (the sample's medoid of the"
              + " same clusters). Default: ${DEFAULT-VALUE}.")
  String predictor;

  @Option(
      names = "--seed",
      defaultValue = "42",
      paramLabel = "SEED",
      description = "Seed of all draws. Default: ${DEFAULT-VALUE}.")
  long seed;

  /** Runs the job, by spark-submit or by itself. */
  public static void main(String[] args) {
    main(new StrategiesJob(), args);
  }

  @Override
  protected Set<InputFiles.Kind> kinds() {
    return format == Format.DATASHOP ? EnumSet.of(InputFiles.Kind.TSV) : super.kinds();
  }

  @Override
  protected Map<String, InputFiles.Kind> furtherEndings() {
    return format == Format.DATASHOP ? Map.of("txt", InputFiles.Kind.TSV) : Map.of();
  }

  @Override
  protected void check() {
    share("--keep", keep, keep > 0 && keep <= 1);
    share("--sample", sample, sample > 0 && sample <= 1);
    share("--held-out", heldOut, heldOut >= 0 && heldOut < 1);
    if (clusters != null && !clusters.matches("[1-9][0-9]{0,8},[1-9][0-9]{0,8}")) {
      throw UserError.usage(
          "--clusters %s: two numbers from 1, of learners and of problems, such as 6,8", clusters);
    }
    if (!Charset.isSupported(charset)) {
      throw UserError.usage(
          "--charset %s: no such encoding; UTF-8 and windows-1252 are some", charset);
    }
    if (language != null && !language.equals("en") && !language.equals("zh")) {
      throw UserError.usage("--language %s: en or zh", language);
    }
    if (!(stepLambda > 0 && stepLambda <= 4)) {
      throw UserError.usage("--step-lambda %s: above 0, at most 4", stepLambda);
    }
    boolean learns =
        masteryModel() == MasteryModel.ATTENTION
            || (predictorModel() == PredictorModel.LSTM && format == Format.DATASHOP);
    if (learns && !Torch.isThere()) {
      throw new UserError(
          "no PyTorch on the class path, which --predictor lstm and --mastery attention train with;"
              + " add millrace-torch.jar, or use --predictor key and --mastery cfa-rate");
    }
    embedder.check();
  }

  private static void share(String option, double value, boolean good) {
    if (!good) {
      throw UserError.usage("%s %s: a share from 0 to 1, such as 0.2", option, value);
    }
  }

  @Override
  protected void run(Run run) throws Exception {
    var answers =
        format == Format.ANSWERS ? AnswerTable.read(run, language, stepLambda, seed) : null;
    var steps =
        answers == null ? StepTable.read(run, kcModel, Charset.forName(charset)) : answers.steps();
    var all = run.phase("steps joined", () -> instances(run, steps));
    var learned = all.where(not(col("held_out")));
    var weighted =
        run.phase("mastery", () -> masteryModel().weigh(learned, seed))
            .persist(StorageLevel.MEMORY_AND_DISK());
    var embed = embedder.embedder(seed);
    var original =
        run.phase("embedded", () -> embed.of(Edges.of(weighted, edges), embedder.window));
    var found = run.phase("clustered", () -> Search.run(weighted, original, wanted(), seed));
    log(run, found);
    var vectors = original;
    var keys = found.keys();
    if (keep < 1) {
      vectors =
          run.phase(
              "pruned and blended",
              () -> {
                var pruned = Edges.of(Mvec.pruned(weighted, keep), edges);
                return Mvec.blend(
                    original, embed.of(pruned, Math.max(1, embedder.window / 2)), found);
              });
      keys = Search.again(vectors, keys, seed);
    }
    var outcome = new Outcomes(run, vectors, keys, found, seed);
    outcome.write(all, sample);
    if (format == Format.ANSWERS) {
      outcome.writeAnswers(answers.answers());
    } else if (heldOut == 0) {
      outcome.train(predictorModel(), sample);
    } else {
      outcome.tryOut(predictorModel(), sample, MasteryWeights.ofStudents(learned));
    }
    outcome.page(embedder.described(), format == Format.ANSWERS);
  }

  private MasteryModel masteryModel() {
    return Labels.parse("--mastery", mastery, MasteryModel.values());
  }

  private PredictorModel predictorModel() {
    return Labels.parse("--predictor", predictor, PredictorModel.values());
  }

  private static void log(Run run, Search found) {
    for (var round : found.rounds()) {
      run.log(
          "lambda %.3f and %.3f: %d clusters of learners, %d of problems, score %.4f%s",
          round.studentLambda(),
          round.problemLambda(),
          round.students(),
          round.problems(),
          round.score(),
          round.best() ? ", the best" : "");
    }
  }

  private Search.Wanted wanted() {
    if (clusters == null) {
      return new Search.Wanted(0, 0);
    }
    int comma = clusters.indexOf(',');
    return new Search.Wanted(
        Integer.parseInt(clusters.substring(0, comma)),
        Integer.parseInt(clusters.substring(comma + 1)));
  }

  /** An answer is met once: held out, nothing would be known of it. */
  private double heldOut() {
    return format == Format.ANSWERS ? 0 : heldOut;
  }

  private Dataset<Row> instances(Run run, Dataset<Row> steps) {
    var joined =
        Instances.of(steps)
            .withColumn("held_out", Instances.heldOut(heldOut(), seed))
            .persist(StorageLevel.MEMORY_AND_DISK());
    var counts =
        joined
            .agg(
                count(lit(1)),
                count(when(not(Instances.kept()), 1)),
                count(when(Instances.kept().and(not(col("held_out"))), 1)))
            .head();
    run.record("instances", counts.getLong(0));
    run.dropped("too_long", counts.getLong(1));
    if (counts.getLong(0) == 0) {
      throw new UserError(
          "--input %s: no step has a skill; name their column with --kc-model", run.inputName());
    }
    if (counts.getLong(2) == 0) {
      throw new UserError(
          "--input %s: of %,d instances none is left to learn from: too long, or held out by"
              + " --held-out %s",
          run.inputName(), counts.getLong(0), heldOut());
    }
    run.log("%,d instances", counts.getLong(0));
    return joined.where(Instances.kept());
  }
}
