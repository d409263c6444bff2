package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.millrace.batch.bestofn.report.ReportPage;
import org.millrace.batch.job.BatchJob;
import org.millrace.batch.job.Run;
import org.millrace.batch.job.UserError;
import org.millrace.batch.job.Version;
import org.millrace.kernel.bestofn.MissingVotes;
import org.millrace.kernel.bestofn.Normalization;
import org.millrace.kernel.bestofn.StepScores;
import org.millrace.kernel.bestofn.Ties;
import org.millrace.schema.CurvePoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scores to chosen answers, scaling curves and a report page. */
@Command(
    name = "select",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Picks the best of N answers: scores in; choices, scaling curves and a report page out.",
      "Reads what verify wrote, or any file that carries verdicts or scores."
    },
    footer = {
      "",
      "Examples:",
      "  millrace select --input scores/ --selectors pass,majority,best-score --output best/",
      "  millrace select --input math.jsonl.gz --selectors all --output best/ \\",
      "    --columns prompt_id=idx,target=gt,answer=pred,verdict=score,score=rm"
    })
public final class SelectJob extends BatchJob {

  private static final int LARGEST_DEFAULT_VOTES = 1024;

  @Option(
      names = "--selectors",
      split = ",",
      defaultValue = "all",
      paramLabel = "NAME",
      description =
          "all, or some of: pass (the ceiling), best-score, majority, weighted-majority, borda,"
              + " shortest, longest, short-m. Default: ${DEFAULT-VALUE}.")
  List<String> selectors;

  @Option(
      names = "--k",
      split = ",",
      paramLabel = "K",
      description =
          "Samples a prompt to report. Default: powers of two up to the largest prompt, and that.")
  List<Integer> ks = new ArrayList<>();

  @Option(
      names = "--ties",
      defaultValue = "shared",
      paramLabel = "POLICY",
      description =
          "Who wins a tied vote: shared (expected credit), first, smallest (text), shortest"
              + " (sample), strict (nobody), mean. Exact curves always share."
              + " Default: ${DEFAULT-VALUE}.")
  Ties ties;

  @Option(
      names = "--ragged",
      defaultValue = "drop",
      paramLabel = "HOW",
      description =
          "Prompts with fewer than k samples: drop leaves them out of that k, clip takes all they"
              + " have, pad fills up with wrong ones. Default: ${DEFAULT-VALUE}.")
  SelectOptions.Ragged ragged;

  @Option(
      names = "--step-aggregation",
      defaultValue = "last",
      paramLabel = "HOW",
      description =
          "How step_scores become a score: last, min, prod or mean. Default: ${DEFAULT-VALUE}.")
  StepScores steps;

  @Option(
      names = "--missing-votes",
      defaultValue = "left-out",
      paramLabel = "HOW",
      description =
          "What a missing vote counts: left-out (nothing), no, half. Default: ${DEFAULT-VALUE}.")
  String missingVotes;

  @Option(
      names = "--votes",
      defaultValue = "2147483647",
      paramLabel = "V",
      description = "Use the first V votes of each sample only. Default: all.")
  int votes;

  @Option(
      names = "--lambda",
      paramLabel = "COST",
      description =
          "Cost of a vote in samples: compares voting over answers with verifying them at equal"
              + " compute, C(S,V) = S (1 + lambda V).")
  Double lambda;

  @Option(
      names = "--vote-counts",
      split = ",",
      paramLabel = "V",
      description =
          "Numbers of votes to compare. Default with --lambda: powers of two up to all votes.")
  List<Integer> voteCounts = new ArrayList<>();

  @Option(
      names = "--normalization",
      defaultValue = "none",
      paramLabel = "HOW",
      description =
          "Of the weights of a weighted vote: none, min-max or sigmoid."
              + " Default: ${DEFAULT-VALUE}.")
  String normalization;

  @Option(
      names = "--borda-power",
      defaultValue = "0.5",
      paramLabel = "P",
      description = "Exponent of Borda weights. Default: ${DEFAULT-VALUE}.")
  double bordaPower;

  @Option(
      names = "--short-m",
      split = ",",
      defaultValue = "1,3",
      paramLabel = "M",
      description = "How many of the shortest samples vote in short-m. Default: ${DEFAULT-VALUE}.")
  List<Integer> shortM;

  /** Runs the job, by spark-submit or by itself. */
  public static void main(String[] args) {
    main(new SelectJob(), args);
  }

  @Override
  protected void check() {
    Selectors.parse(selectors);
    positive("--k", ks);
    positive("--short-m", shortM);
    positive("--vote-counts", voteCounts);
    positive("--votes", List.of(votes));
    if (!(bordaPower > 0)) {
      throw UserError.usage("--borda-power %s: must be above 0", bordaPower);
    }
    if (lambda != null && !(lambda >= 0)) {
      throw UserError.usage("--lambda %s: must be at least 0", lambda);
    }
    missing();
    normalized();
  }

  private static void positive(String option, List<Integer> values) {
    for (int value : values) {
      if (value < 1) {
        throw UserError.usage("%s %d: must be at least 1", option, value);
      }
    }
  }

  private MissingVotes missing() {
    return constant("--missing-votes", missingVotes, MissingVotes.values());
  }

  private Normalization normalized() {
    return constant("--normalization", normalization, Normalization.values());
  }

  private static <E extends Enum<E>> E constant(String option, String given, E[] constants) {
    for (var constant : constants) {
      if (label(constant).equals(given)) {
        return constant;
      }
    }
    throw UserError.usage(
        "%s %s: must be one of %s",
        option,
        given,
        java.util.Arrays.stream(constants).map(SelectJob::label).collect(Collectors.joining(", ")));
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  protected void run(Run run) throws Exception {
    var samples = run.samples();
    var given = samples.rows().where(col("_reason").isNull());
    var known = Known.of(given, samples);
    var names = usable(run, known);
    var options = options(given, known.truth());
    int largest =
        ks.isEmpty() || ragged == SelectOptions.Ragged.PAD ? largest(given, known.truth()) : 0;
    if (ks.isEmpty()) {
      options = options.withKs(powersOfTwo(largest));
    }
    var selection = Selectors.of(names, options, known.truth(), largest);
    var curves = selection.curves();
    var choices = selection.choices();

    var prompts = prompts(run, samples, options, known.truth(), curves, choices);
    var totals = run.phase("read, grouped and scored", () -> totals(prompts));
    if (totals.copies() > 0) {
      prompts.unpersist();
      var marked = samples.with(Run.markDuplicates(samples.rows()));
      var again = prompts(run, marked, options, known.truth(), curves, choices);
      var better = run.phase("without duplicates", () -> totals(again));
      finish(run, again, better, options, curves, choices, known);
    } else {
      finish(run, prompts, totals, options, curves, choices, known);
    }
  }

  private void finish(
      Run run,
      Dataset<Row> prompts,
      Totals totals,
      SelectOptions options,
      List<Selectors.Curve> curves,
      List<Selectors.Choice> choices,
      Known known)
      throws Exception {
    run.record("prompts", totals.prompts());
    run.record("samples", totals.samples());
    var points =
        run.phase(
            "averaged",
            () ->
                curves.isEmpty()
                    ? List.<CurvePoint>of()
                    : Curves.average(prompts, curves, options.ks(), totals.prompts()));
    run.phase(
        "wrote curves and selections",
        () -> {
          run.writeText("curves.csv", csv(points));
          run.write(table(run, points), "curves");
          run.write(selections(prompts), "selections");
          return null;
        });
    run.settle();
    var report = new SelectReport(run, options, points, choices, known.truth()).of(prompts, totals);
    var page = run.writeText("report.html", ReportPage.render(report));
    prompts.unpersist();
    run.log("%s", SelectReport.summary(points));
    run.log("report: %s", page.toUri().getPath());
  }

  /** What the input's samples carry. */
  record Known(boolean truth, boolean scores, boolean lengths, boolean answers) {

    static Known of(Dataset<Row> rows, Run.Samples samples) {
      boolean scores = samples.has("score") && any(rows, col("score"));
      scores = scores || samples.has("step_scores") && any(rows, col("step_scores"));
      scores = scores || samples.has("votes") && any(rows, col("votes"));
      boolean texts = samples.has("text") && any(rows, col("text"));
      return new Known(
          samples.has("verdict") && any(rows, col("verdict")),
          scores,
          texts || samples.has("length") && any(rows, col("length")),
          samples.has("answer") ? any(rows, col("answer")) : texts);
    }

    private static boolean any(Dataset<Row> rows, Column column) {
      return !rows.where(column.isNotNull()).isEmpty();
    }

    String lacking(String selector) {
      return switch (selector) {
        case "pass" -> truth ? null : "verdicts";
        case "best-score" -> scores ? null : "scores";
        case "weighted-majority", "borda" -> !scores ? "scores" : !answers ? "answers" : null;
        case "majority" -> answers ? null : "answers";
        case "short-m" -> !lengths ? "lengths" : !answers ? "answers" : null;
        default -> lengths ? null : "lengths";
      };
    }
  }

  /** The asked-for selectors that the input has what it takes for. */
  private List<String> usable(Run run, Known known) {
    var usable = new ArrayList<String>();
    for (var name : Selectors.parse(selectors)) {
      var lacking = known.lacking(name);
      if (lacking == null) {
        usable.add(name);
      } else if (selectors.contains(name)) {
        throw new UserError(
            "--selectors %s: the input has no %s; map them with --columns, or leave the selector"
                + " out",
            name, lacking);
      } else {
        run.log("no %s in the input: %s left out", lacking, name);
      }
    }
    return usable;
  }

  private SelectOptions options(Dataset<Row> given, boolean truth) {
    var counts = new TreeSet<>(voteCounts);
    if (lambda != null && counts.isEmpty()) {
      Object most = given.agg(max(org.apache.spark.sql.functions.size(col("votes")))).head().get(0);
      if (most == null || (int) most < 1) {
        throw new UserError("--lambda: the input has no votes; map them with --columns votes=…");
      }
      counts.addAll(powersOfTwo(Math.min((int) most, LARGEST_DEFAULT_VOTES)));
    }
    return new SelectOptions(
        List.copyOf(new TreeSet<>(ks)),
        ties,
        ragged,
        steps,
        missing(),
        votes,
        List.copyOf(counts),
        lambda == null ? 1 : lambda,
        normalized(),
        bordaPower,
        List.copyOf(new TreeSet<>(shortM)));
  }

  private static int largest(Dataset<Row> given, boolean truth) {
    var counted = truth ? given.where(Prompts.credit().isNotNull()) : given;
    Object most = counted.groupBy("prompt_id").count().agg(max("count")).head().get(0);
    return most == null ? 1 : Math.toIntExact((long) most);
  }

  static List<Integer> powersOfTwo(int largest) {
    var powers = new TreeSet<Integer>();
    for (long power = 1; power <= largest; power *= 2) {
      powers.add((int) power);
    }
    powers.add(largest);
    return List.copyOf(powers);
  }

  private static Dataset<Row> prompts(
      Run run,
      Run.Samples samples,
      SelectOptions options,
      boolean truth,
      List<Selectors.Curve> curves,
      List<Selectors.Choice> choices) {
    var rows = run.accept(samples.rows());
    if (truth) {
      rows =
          run.counting(
                  rows,
                  Map.of("samples_without_verdict", count(when(Prompts.credit().isNull(), lit(1)))))
              .where(Prompts.credit().isNotNull());
    }
    return Prompts.evaluated(rows, samples::has, options, curves, choices)
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Sums over the prompts. */
  record Totals(
      long prompts, long samples, long copies, Long promptTokens, Long completionTokens) {}

  private static Totals totals(Dataset<Row> prompts) {
    var row =
        prompts
            .agg(
                count(lit(1)),
                sum("n"),
                sum("copies"),
                sum("prompt_tokens"),
                sum("completion_tokens"))
            .head();
    return new Totals(
        row.getLong(0),
        row.isNullAt(1) ? 0 : row.getLong(1),
        row.isNullAt(2) ? 0 : row.getLong(2),
        row.isNullAt(3) ? null : row.getLong(3),
        row.isNullAt(4) ? null : row.getLong(4));
  }

  private static Dataset<Row> selections(Dataset<Row> prompts) {
    return prompts
        .select(col("prompt_id"), col("n"), explode(col("choices")).as("choice"))
        .select(
            col("prompt_id"),
            col("choice.selector"),
            col("choice.sample_index"),
            col("choice.answer"),
            col("choice.score"),
            col("choice.credit"),
            col("choice.tied"),
            col("n").as("samples"));
  }

  private static String csv(List<CurvePoint> points) {
    var text = new StringBuilder("selector,k,value,stderr,prompts\n");
    for (var point : points) {
      text.append(point.getSelector())
          .append(',')
          .append(point.getK())
          .append(',')
          .append(point.getValue())
          .append(',')
          .append(point.getStderr())
          .append(',')
          .append(point.getPrompts())
          .append('\n');
    }
    return text.toString();
  }

  private static Dataset<Row> table(Run run, List<CurvePoint> points) {
    var type =
        new StructType()
            .add("selector", DataTypes.StringType, false)
            .add("k", DataTypes.IntegerType, false)
            .add("value", DataTypes.DoubleType, false)
            .add("stderr", DataTypes.DoubleType, false)
            .add("prompts", DataTypes.LongType, false)
            .add("excluded", DataTypes.LongType, false)
            .add("method", DataTypes.StringType, false)
            .add("sampling_error", DataTypes.DoubleType, false);
    var rows =
        points.stream()
            .map(
                point ->
                    RowFactory.create(
                        point.getSelector(),
                        point.getK(),
                        point.getValue(),
                        point.getStderr(),
                        point.getPrompts(),
                        point.getExcluded(),
                        point.getMethod(),
                        point.getSamplingError()))
            .toList();
    return run.spark().createDataFrame(rows, type).coalesce(1);
  }
}
