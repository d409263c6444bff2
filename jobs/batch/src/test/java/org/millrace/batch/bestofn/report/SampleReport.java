package org.millrace.batch.bestofn.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.batch.bestofn.report.Analysis.Budget;
import org.millrace.batch.bestofn.report.Analysis.Fit;
import org.millrace.batch.bestofn.report.Analysis.FitPoint;
import org.millrace.batch.bestofn.report.Analysis.Parallel;
import org.millrace.batch.bestofn.report.Report.Bin;
import org.millrace.batch.bestofn.report.Report.ComputePoint;
import org.millrace.batch.bestofn.report.Report.Curve;
import org.millrace.batch.bestofn.report.Report.Disagreement;
import org.millrace.batch.bestofn.report.Report.Fact;
import org.millrace.batch.bestofn.report.Report.Point;
import org.millrace.kernel.bestofn.CoverageLaw;
import org.millrace.kernel.bestofn.SaturationLaw;

/** A made-up report of realistic size: 7 exact curves, 12 in file order, 7 ks. */
final class SampleReport {

  static final int[] KS = {1, 2, 4, 8, 16, 32, 64};

  private static final long[] PROMPTS = {412, 412, 412, 412, 409, 398, 371};

  private SampleReport() {}

  static Report full() {
    return new Report(
        "Best of N: algebra-word-problems",
        "s3a://evals/runs/algebra-word-problems/verdicts.parquet",
        List.of(
            new Fact("prompts", "412"),
            new Fact("samples", "26,304"),
            new Fact("samples per prompt", "12–64"),
            new Fact("right", "61.3 %"),
            new Fact("without answer", "1.9 %"),
            new Fact("quarantined", "3"),
            new Fact("excluded", "41")),
        curves(),
        difficulty(),
        disagreements(),
        compute(),
        List.of(
            new Fact("prompt tokens", "4,218,331"),
            new Fact("completion tokens", "31,902,448"),
            new Fact("verifier tokens", "12,554,017"),
            new Fact("tokens per right pick", "118,310"),
            new Fact("price", "$ 47.05")),
        """
        {
          "job" : "select",
          "version" : "0.1.0",
          "options" : { "ks" : [1, 2, 4, 8, 16, 32, 64], "ragged" : "drop" },
          "rows" : { "in" : 26307, "out" : 412, "quarantined" : 3 }
        }""",
        List.of(
            "41 prompts have fewer than 64 answers; each k counts only prompts with at least k.",
            "The standard error of weighted-majority includes that of 400 sampled subsets."),
        analysis());
  }

  private static Analysis analysis() {
    var coverage = new CoverageLaw(-.49, -.61, .0123);
    var saturation = new SaturationLaw(.62, .94, .0312);
    var fits =
        List.of(
            fit("pass", coverage, saturation),
            fit("majority", null, new SaturationLaw(.8, .75, .02)));
    var parallel = new ArrayList<Parallel>();
    for (var strategy : List.of("all", "short-1", "short-3")) {
      for (int k : KS) {
        double latency = strategy.equals("all") ? 900 + 200 * Math.log(k) : 900 - 90 * Math.log(k);
        parallel.add(new Parallel(strategy, k, latency, 850.5 * k, 412, .61));
      }
    }
    return new Analysis(
        fits,
        "Voting is best at S=64.",
        List.of(
            new Budget(1, new ComputePoint("self-consistency", 1, 0, 1, .61), null),
            new Budget(
                6,
                new ComputePoint("self-consistency", 4, 0, 4, .66),
                new ComputePoint("verified", 2, 1, 6, .68))),
        parallel,
        "tokens");
  }

  private static Fit fit(String selector, CoverageLaw coverage, SaturationLaw saturation) {
    var points = new ArrayList<FitPoint>();
    for (int k : KS) {
      double power = coverage == null ? Double.NaN : coverage.at(k);
      points.add(new FitPoint(k, k == 64 ? Double.NaN : .7, power, saturation.at(k)));
    }
    return new Fit(selector, coverage, saturation, points);
  }

  static List<Curve> curves() {
    var curves = new ArrayList<Curve>();
    curves.add(curve("pass", Curve.EXACT, .6131, .7244, .8069, .8672, .9106, .9391, .9533));
    curves.add(curve("best-score", Curve.EXACT, .6131, .6927, .7488, .7861, .8094, .8202, .8197));
    curves.add(curve("majority", Curve.EXACT, .6131, .6131, .6719, .7142, .7377, .7489, .7551));
    curves.add(
        curve("weighted-majority", "sampled", .6131, .6927, .7402, .7812, .8013, .8121, .8189));
    curves.add(curve("shortest", Curve.EXACT, .6131, .6218, .6270, .6255, .6189, .6077, .5921));
    curves.add(curve("longest", Curve.EXACT, .6131, .6035, .5877, .5660, .5391, .5104, .4822));
    curves.add(curve("borda", Curve.EXACT, .6131, .6402, .6844, .7255, .7467, .7590, .7637));
    double shift = .012;
    for (String rule : List.of("majority", "weighted-majority", "borda")) {
      for (String ties : List.of("first", "smallest", "shared", "wrong")) {
        shift = -shift * .93;
        curves.add(
            curve(
                rule + "/first-k/ties-" + ties,
                Curve.FILE_ORDER,
                .6189 + shift,
                .6214 + shift * 1.5,
                .6802 - shift,
                .7209 + shift,
                .7431 - shift * .6,
                .7512 + shift * .5,
                .7588 - shift * .3));
      }
    }
    return curves;
  }

  private static Curve curve(String selector, String family, double... values) {
    var points = new ArrayList<Point>();
    for (int i = 0; i < values.length; i++) {
      double spread = Math.sqrt(values[i] * (1 - values[i]) / PROMPTS[i]);
      points.add(new Point(KS[i], values[i], spread, PROMPTS[i]));
    }
    return new Curve(selector, family, points);
  }

  private static List<Bin> difficulty() {
    return List.of(
        bin("easiest", 83, .9998, .9934, .9961, .9958, .9512),
        bin("2", 82, .9983, .9711, .9624, .9738, .8120),
        bin("3", 83, .9871, .8702, .8333, .8611, .6244),
        bin("4", 82, .9012, .5833, .4421, .5410, .3327),
        bin("hardest", 82, .4480, .1502, .0604, .1127, .0733));
  }

  private static Bin bin(String name, long prompts, double... values) {
    var names = List.of("pass", "best-score", "majority", "weighted-majority", "shortest");
    Map<String, Double> accuracy = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      accuracy.put(names.get(i), values[i]);
    }
    return new Bin(name, prompts, accuracy);
  }

  private static List<Disagreement> disagreements() {
    var texts =
        List.of(
            "A tank fills through two pipes in 6 and 9 hours. How long do both take together?",
            "Find all real x with |x - 3| + |x + 1| = 6 and give their product.",
            "The sum of three consecutive even numbers is 114. Which is the largest of them, and by"
                + " how much does its square exceed the product of the other two? Explain each step"
                + " of your reasoning and give the answer as a pair.",
            "一个水池有两个进水管，单开甲管 6 小时注满，单开乙管 9 小时注满。同时打开需要几小时？");
    var chosen = List.of("7.5", "-8", "(40, 160)", "15/4 hours, since the pipes work in parallel");
    var targets = List.of("18/5", "-8/1", "(40, 232)", "3.6");
    var rows = new ArrayList<Disagreement>();
    for (int i = 0; i < 36; i++) {
      rows.add(
          new Disagreement(
              "alg-" + (1041 + 37 * i),
              texts.get(i % 4),
              (58 - i) / 64.0,
              i % 3 == 0 ? "best-score" : i % 3 == 1 ? "majority" : "weighted-majority",
              i == 5 ? null : chosen.get(i % 4),
              targets.get(i % 4),
              i % 5 == 4 ? .5 : 0,
              i % 5 == 4 ? .5 : 1));
    }
    return rows;
  }

  private static List<ComputePoint> compute() {
    var points = new ArrayList<ComputePoint>();
    for (int s = 1; s <= 128; s *= 2) {
      points.add(new ComputePoint("self-consistency", s, 0, s, .76 - .15 * Math.exp(-s / 9.0)));
    }
    for (int s = 1; s <= 64; s *= 2) {
      for (int v = 1; v <= 32; v *= 2) {
        double value = .61 + .19 * (1 - Math.exp(-s / 12.0)) * (1 - .6 * Math.exp(-v / 5.0));
        points.add(new ComputePoint("generative verifier", s, v, s * (1 + 2.0 * v), value));
      }
    }
    return points;
  }
}
