package org.millrace.batch.bestofn;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.batch.bestofn.report.ReportPage;
import org.millrace.batch.job.BatchJob;
import org.millrace.batch.job.Labels;
import org.millrace.batch.job.Run;
import org.millrace.batch.job.Samples;
import org.millrace.command.UserError;
import org.millrace.command.Version;
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
              + " shortest, longest, short-m; filtered-majority, which is not in all, hears the"
              + " surest only. Default: ${DEFAULT-VALUE}.")
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
          "Cost of a vote in samples, where voting over answers is compared with verifying them at"
              + " equal compute, C(S,V) = S (1 + lambda V). Default: as verifier_tokens and"
              + " completion_tokens, or votes_length and length, tell; else 1.")
  Double lambda;

  @Option(
      names = "--vote-counts",
      split = ",",
      paramLabel = "V",
      description = "Numbers of votes to compare. Default: powers of two up to all votes.")
  List<Integer> voteCounts = new ArrayList<>();

  @Option(
      names = "--fit-k",
      defaultValue = "2147483647",
      paramLabel = "K",
      description =
          "Fit the scaling laws to curves up to this k: larger ones show how well they foretell."
              + " Default: all.")
  int fitK;

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
      names = "--top-share",
      defaultValue = "0.1",
      paramLabel = "ETA",
      description =
          "Share of the samples, those of the best scores, that votes in filtered-majority, above 0"
              + " to 1. Default: ${DEFAULT-VALUE}.")
  double topShare;

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
    positive("--fit-k", List.of(fitK));
    if (!(bordaPower > 0)) {
      throw UserError.usage("--borda-power %s: must be above 0", bordaPower);
    }
    if (!(topShare > 0 && topShare <= 1)) {
      throw UserError.usage("--top-share %s: must be above 0, and at most 1", topShare);
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
    return Labels.parse("--missing-votes", missingVotes, MissingVotes.values());
  }

  private Normalization normalized() {
    return Labels.parse("--normalization", normalization, Normalization.values());
  }

  @Override
  protected void run(Run run) throws Exception {
    var samples = run.samples();
    var cost = cost(samples);
    var options = options(cost);
    var gathered = gathered(run, samples, options);
    var totals = run.phase("read and gathered", () -> Totals.of(gathered));
    if (totals.copies() == 0) {
      select(run, gathered, totals, options, cost);
    } else {
      gathered.unpersist();
      var marked = samples.withDuplicatesMarked();
      var again = gathered(run, marked, options);
      var better = run.phase("read again without duplicates", () -> Totals.of(again));
      select(run, again, better, options, cost);
    }
  }

  /** One row a prompt, kept: that is the only pass over the input. */
  private static Dataset<Row> gathered(Run run, Samples samples, SelectOptions options) {
    return Prompts.of(run.quarantine().accept(samples), samples::has, options)
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private void select(
      Run run, Dataset<Row> gathered, Totals all, SelectOptions options, VoteCost cost)
      throws Exception {
    boolean truth = all.judged() > 0;
    boolean partly = truth && all.judged() < all.samples();
    var judged = partly ? Gathering.judged(gathered) : gathered;
    var totals = partly ? Totals.of(judged) : all;
    run.record("prompts", totals.prompts());
    run.record("samples", totals.samples());
    if (truth) {
      run.record("samples_without_verdict", all.samples() - totals.samples());
    }
    var reported = ks.isEmpty() ? options.withKs(powersOfTwo(totals.largest())) : options;
    var selection = Selectors.of(usable(run, totals), reported, truth, totals.largest());
    var curves = selection.curves();
    var choices = selection.choices();
    var prompts =
        Prompts.evaluated(judged, curves, choices).persist(StorageLevel.MEMORY_AND_DISK());
    var points =
        run.phase(
            "evaluated",
            () ->
                curves.isEmpty()
                    ? List.<CurvePoint>of()
                    : Curves.average(prompts, curves, reported.ks(), totals.prompts()));
    var analysis =
        run.phase("analysed", () -> SelectAnalysis.of(judged, totals, reported, points, fitK));
    run.phase(
        "wrote curves and selections",
        () -> {
          analysis.write(run);
          run.writeText("curves.csv", SelectTables.csv(points));
          run.write(SelectTables.table(run.spark(), points), "curves");
          run.write(SelectTables.selections(prompts), "selections");
          return null;
        });
    run.settle();
    var report =
        new SelectReport(run, reported, points, choices, truth)
            .of(prompts, totals, analysis, cost.origin());
    var page = run.writeText("report.html", ReportPage.render(report));
    prompts.unpersist();
    gathered.unpersist();
    run.log("%s", SelectReport.summary(points));
    run.log("report: %s", page.toUri().getPath());
  }

  /** The asked-for selectors that the input has what it takes for. */
  private List<String> usable(Run run, Totals totals) {
    var usable = new ArrayList<String>();
    for (var name : Selectors.parse(selectors)) {
      var lacking = totals.lacking(name);
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

  /** What a vote costs; without votes or verdicts there is nothing to compare. */
  private VoteCost cost(Samples samples) {
    boolean compared = samples.has("votes") && samples.has("verdict");
    var cost = compared ? VoteCost.of(samples.bare(), lambda) : VoteCost.none();
    if (lambda != null && cost.largest() == 0 && voteCounts.isEmpty()) {
      throw new UserError(
          "--lambda: the input has no %s; map them with --columns %s=…",
          samples.has("verdict") ? "votes" : "verdicts",
          samples.has("verdict") ? "votes" : "verdict");
    }
    return cost;
  }

  private SelectOptions options(VoteCost cost) {
    var counts = new TreeSet<>(voteCounts);
    if (counts.isEmpty() && cost.largest() > 0) {
      counts.addAll(powersOfTwo(Math.min(cost.largest(), LARGEST_DEFAULT_VOTES)));
    }
    return new SelectOptions(
        List.copyOf(new TreeSet<>(ks)),
        ties,
        ragged,
        steps,
        missing(),
        votes,
        List.copyOf(counts),
        cost.lambda(),
        normalized(),
        bordaPower,
        topShare,
        List.copyOf(new TreeSet<>(shortM)));
  }

  static List<Integer> powersOfTwo(int largest) {
    var powers = new TreeSet<Integer>();
    for (long power = 1; power <= largest; power *= 2) {
      powers.add((int) power);
    }
    powers.add(largest);
    return List.copyOf(powers);
  }
}
