package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.batch.bestofn.analysis.EqualCompute;
import org.millrace.batch.bestofn.report.Report;
import org.millrace.batch.job.Run;
import org.millrace.kernel.bestofn.Difficulty;
import org.millrace.schema.CurvePoint;

/** Puts together what the report page shows; small aggregates only, whatever the input's size. */
final class SelectReport {

  private static final int DISAGREEMENTS_A_SELECTOR = 5;
  private static final int BINS = 5;
  private static final double RATE_GRID = 1e6;

  private final Run run;
  private final SelectOptions options;
  private final List<CurvePoint> points;
  private final List<String> choosers;
  private final boolean truth;

  SelectReport(
      Run run,
      SelectOptions options,
      List<CurvePoint> points,
      List<Selectors.Choice> choices,
      boolean truth) {
    this.run = run;
    this.options = options;
    this.points = points;
    this.choosers = choices.stream().map(Selectors.Choice::name).toList();
    this.truth = truth;
  }

  /**
   * The report.
   *
   * @param lambda where the cost of a vote is from, for a reader
   */
  Report of(Dataset<Row> prompts, Totals totals, SelectAnalysis analysis, String lambda) {
    var notes = new ArrayList<String>();
    excluded(notes);
    return new Report(
        "Best of N",
        run.inputName(),
        facts(totals),
        curves(),
        truth ? difficulty(prompts) : List.of(),
        truth ? disagreements(prompts) : List.of(),
        AnalysisReport.compute(analysis),
        tokens(totals),
        run.manifestJson(),
        notes,
        AnalysisReport.of(analysis, lambda));
  }

  private List<Report.Fact> facts(Totals totals) {
    var facts = new ArrayList<Report.Fact>();
    facts.add(fact("prompts", totals.prompts()));
    facts.add(fact("samples", totals.samples()));
    var quarantined = run.quarantine().size();
    facts.add(fact("quarantined", quarantined));
    if (truth) {
      facts.add(fact("without verdict", run.counted("samples_without_verdict")));
    }
    return facts;
  }

  private static Report.Fact fact(String label, long value) {
    return new Report.Fact(label, String.format(Locale.ROOT, "%,d", value));
  }

  private List<Report.Curve> curves() {
    var byName = new LinkedHashMap<String, List<CurvePoint>>();
    for (var point : points) {
      // The curves by number of votes are a grid of their own.
      if (!point.getSelector().startsWith(EqualCompute.VERIFIED)) {
        byName.computeIfAbsent(point.getSelector(), name -> new ArrayList<>()).add(point);
      }
    }
    var curves = new ArrayList<Report.Curve>();
    byName.forEach(
        (name, values) -> {
          var method = values.get(values.size() - 1).getMethod();
          for (var value : values) {
            method = value.getMethod().equals("sampled") ? "sampled" : method;
          }
          curves.add(
              new Report.Curve(
                  name,
                  method.equals("first-k")
                      ? Report.Curve.FILE_ORDER
                      : method.equals("sampled") ? "sampled" : Report.Curve.EXACT,
                  values.stream()
                      .map(
                          point ->
                              new Report.Point(
                                  point.getK(),
                                  point.getValue(),
                                  point.getStderr(),
                                  point.getPrompts()))
                      .toList()));
        });
    return curves;
  }

  /** Prompts in five parts by pass rate, hardest first, and by the author's level where given. */
  private List<Report.Bin> difficulty(Dataset<Row> prompts) {
    var rate = round(col("pass_rate").multiply(RATE_GRID)).cast("long");
    var counts = new TreeMap<Long, Long>();
    for (var row : prompts.groupBy(rate.as("rate")).count().collectAsList()) {
      counts.put(row.getLong(0), row.getLong(1));
    }
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    var bin = lit(BINS - 1);
    long before = 0;
    var upTo = new TreeMap<Integer, Long>();
    for (var entry : counts.entrySet()) {
      // Prompts of one pass rate stay together, in the part where their middle falls.
      int part = (int) Math.min(BINS - 1, BINS * (before + entry.getValue() / 2) / total);
      upTo.merge(part, entry.getKey(), Math::max);
      before += entry.getValue();
    }
    Column cut = null;
    for (var entry : upTo.entrySet()) {
      var here = rate.leq(entry.getValue());
      cut = cut == null ? when(here, entry.getKey()) : cut.when(here, entry.getKey());
    }
    var bins = new ArrayList<Report.Bin>();
    accuracy(prompts.withColumn("bin", cut == null ? bin : cut.otherwise(bin)))
        .forEach(
            (name, part) -> {
              int i = Integer.parseInt(name);
              var range =
                  upTo.containsKey(i)
                      ? String.format(Locale.ROOT, ", pass rate to %.2f", upTo.get(i) / RATE_GRID)
                      : "";
              bins.add(new Report.Bin("fifth " + (i + 1) + range, part.prompts(), part.accuracy()));
            });
    bins.addAll(absolute(prompts));
    if (prompts.where(col("level").isNotNull()).isEmpty()) {
      return bins;
    }
    accuracy(prompts.where(col("level").isNotNull()).withColumn("bin", col("level")))
        .forEach((name, part) -> bins.add(new Report.Bin(name, part.prompts(), part.accuracy())));
    return bins;
  }

  /** The absolute bins, which compare across data sets. */
  private List<Report.Bin> absolute(Dataset<Row> prompts) {
    var difficulty =
        udf((UDF1<Double, Integer>) rate -> Difficulty.of(rate).ordinal(), DataTypes.IntegerType)
            .withName("difficulty");
    var parts = accuracy(prompts.withColumn("bin", difficulty.apply(col("pass_rate"))));
    var bins = new ArrayList<Report.Bin>();
    for (int i = Difficulty.values().length - 1; i >= 0; i--) {
      var part = parts.get(String.valueOf(i));
      if (part != null) {
        bins.add(new Report.Bin(Difficulty.values()[i].label(), part.prompts(), part.accuracy()));
      }
    }
    return bins;
  }

  private record Part(long prompts, Map<String, Double> accuracy) {}

  private Map<String, Part> accuracy(Dataset<Row> binned) {
    var parts = new TreeMap<String, Part>();
    var ceilings =
        binned
            .groupBy(col("bin").cast("string"))
            .agg(count(lit(1)), avg("ceiling"))
            .collectAsList();
    for (var row : ceilings) {
      var accuracy = new LinkedHashMap<String, Double>();
      accuracy.put("pass", row.getDouble(2));
      choosers.forEach(name -> accuracy.put(name, null));
      parts.put(row.getString(0), new Part(row.getLong(1), accuracy));
    }
    var chosen =
        binned
            .select(col("bin").cast("string").as("bin"), explode(col("choices")).as("choice"))
            .groupBy(col("bin"), col("choice.selector"))
            .agg(avg("choice.credit"))
            .collectAsList();
    for (var row : chosen) {
      if (!row.isNullAt(2)) {
        parts.get(row.getString(0)).accuracy().put(row.getString(1), row.getDouble(2));
      }
    }
    return parts;
  }

  /** The prompts where each selector differs most from the truth; a few of each selector. */
  private List<Report.Disagreement> disagreements(Dataset<Row> prompts) {
    var disagreements = new ArrayList<Report.Disagreement>();
    for (int i = 0; i < choosers.size(); i++) {
      var choice = get(col("choices"), lit(i));
      var rows =
          prompts
              .select(
                  col("prompt_id"),
                  col("prompt"),
                  col("target"),
                  col("pass_rate"),
                  choice.as("choice"),
                  col("ceiling").minus(choice.getField("credit")).as("gap"))
              .where(col("gap").gt(0))
              .orderBy(col("gap").desc(), col("pass_rate").desc(), col("prompt_id"))
              .limit(DISAGREEMENTS_A_SELECTOR)
              .collectAsList();
      rows.forEach(row -> disagreements.add(disagreement(row)));
    }
    return disagreements;
  }

  private static Report.Disagreement disagreement(Row row) {
    var choice = row.<Row>getAs("choice");
    return new Report.Disagreement(
        row.getAs("prompt_id"),
        row.getAs("prompt"),
        row.<Double>getAs("pass_rate"),
        choice.getAs("selector"),
        shortened(choice.getAs("answer")),
        row.getAs("target"),
        choice.<Double>getAs("credit"),
        row.<Double>getAs("gap"));
  }

  private static String shortened(String text) {
    return text == null || text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }

  private void excluded(List<String> notes) {
    var seen = new TreeMap<Integer, Long>();
    for (var point : points) {
      if (point.getExcluded() > 0 && point.getSelector().equals(points.get(0).getSelector())) {
        seen.put(point.getK(), point.getExcluded());
      }
    }
    seen.forEach(
        (k, prompts) ->
            notes.add(
                String.format(
                    Locale.ROOT,
                    "k=%d leaves out %,d prompts that have fewer samples.",
                    k,
                    prompts)));
    var left = new TreeSet<Integer>();
    points.forEach(point -> left.add(point.getK()));
    SelectAnalysis.comparable(points).forEach(point -> left.remove(point.getK()));
    left.forEach(
        k -> notes.add("k=" + k + " is over few prompts, so laws and compute leave it out."));
    for (int k : options.ks()) {
      if (!points.isEmpty() && points.stream().noneMatch(point -> point.getK() == k)) {
        notes.add("No prompt has " + k + " samples, so k=" + k + " has no points.");
      }
    }
  }

  private static List<Report.Fact> tokens(Totals totals) {
    var facts = new ArrayList<Report.Fact>();
    if (totals.promptTokens() != null) {
      facts.add(fact("prompt tokens", totals.promptTokens()));
    }
    if (totals.completionTokens() != null) {
      facts.add(fact("completion tokens", totals.completionTokens()));
      facts.add(
          new Report.Fact(
              "completion tokens a sample",
              String.format(
                  Locale.ROOT, "%.1f", (double) totals.completionTokens() / totals.samples())));
    }
    return facts;
  }

  /** The table that ends the run on a terminal: selectors down, k across, in percent. */
  static String summary(List<CurvePoint> points) {
    var ks = new TreeMap<Integer, Boolean>();
    var values = new LinkedHashMap<String, Map<Integer, Double>>();
    for (var point : points) {
      if (!point.getMethod().equals("first-k")) {
        ks.put(point.getK(), true);
        values
            .computeIfAbsent(point.getSelector(), name -> new TreeMap<>())
            .put(point.getK(), point.getValue());
      }
    }
    if (values.isEmpty()) {
      return "no curves: the input has no verdicts";
    }
    var text = new StringBuilder(String.format("%n%-24s", "accuracy, %        k ="));
    ks.keySet().forEach(k -> text.append(String.format("%8d", k)));
    values.forEach(
        (name, byK) -> {
          text.append(String.format("%n%-24s", name));
          for (int k : ks.keySet()) {
            text.append(
                byK.containsKey(k)
                    ? String.format(Locale.ROOT, "%8.2f", 100 * byK.get(k))
                    : "       -");
          }
        });
    return text.append(System.lineSeparator()).toString();
  }
}
