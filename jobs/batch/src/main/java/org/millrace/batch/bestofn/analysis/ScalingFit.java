package org.millrace.batch.bestofn.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.RowFactory;
import org.millrace.kernel.bestofn.CoverageLaw;
import org.millrace.kernel.bestofn.SaturationLaw;
import org.millrace.schema.CurvePoint;

/**
 * The laws that a curve over all k-subsets follows.
 *
 * @param selector of the curve
 * @param measured points of the curve, ascending in k, at least {@link #LEAST} of them fitted
 * @param coverage the power law; only of the ceiling, and where it has a coverage below 1
 * @param saturation the model of test-time scaling
 */
public record ScalingFit(
    String selector,
    List<CurvePoint> measured,
    Optional<CoverageLaw> coverage,
    SaturationLaw saturation) {

  /** Points below which two parameters say nothing. */
  public static final int LEAST = 3;

  /** The gains of one more sample at which the saturation budget is given. */
  public static final double[] GAINS = {.01, .001};

  private static final String CEILING = "pass";
  private static final int DOUBLINGS = 2;

  /**
   * A fit of each exact curve that rises, in the order of the points.
   *
   * @param points of curves
   * @param upTo the largest k to fit to
   */
  public static List<ScalingFit> of(List<CurvePoint> points, int upTo) {
    var curves = new LinkedHashMap<String, List<CurvePoint>>();
    for (var point : points) {
      if (!point.getMethod().equals("first-k")
          && !point.getSelector().startsWith(EqualCompute.VERIFIED)) {
        curves.computeIfAbsent(point.getSelector(), name -> new ArrayList<>()).add(point);
      }
    }
    var fits = new ArrayList<ScalingFit>();
    curves.forEach((name, curve) -> fit(name, curve, upTo).ifPresent(fits::add));
    return fits;
  }

  private static Optional<ScalingFit> fit(String selector, List<CurvePoint> curve, int upTo) {
    var fitted = curve.stream().filter(point -> point.getK() <= upTo).toList();
    if (fitted.size() < LEAST
        || fitted.get(fitted.size() - 1).getValue() <= fitted.get(0).getValue()) {
      return Optional.empty();
    }
    var ks = fitted.stream().mapToInt(CurvePoint::getK).toArray();
    var values = fitted.stream().mapToDouble(CurvePoint::getValue).toArray();
    // Two coverages strictly between 0 and 1 are what its line goes through.
    boolean lined = fitted.stream().filter(p -> p.getValue() > 0 && p.getValue() < 1).count() > 1;
    return Optional.of(
        new ScalingFit(
            selector,
            List.copyOf(curve),
            selector.equals(CEILING) && lined
                ? Optional.of(CoverageLaw.fit(ks, values))
                : Optional.empty(),
            SaturationLaw.fit(ks, values)));
  }

  /** The measured k, and some doublings more that the laws foretell. */
  public List<Integer> ks() {
    var ks = new TreeSet<Integer>();
    measured.forEach(point -> ks.add(point.getK()));
    for (int i = 0; i < DOUBLINGS; i++) {
      ks.add(Math.multiplyExact(2, ks.last()));
    }
    return List.copyOf(ks);
  }

  /** The measured value at k. */
  public Optional<Double> at(int k) {
    return measured.stream()
        .filter(point -> point.getK() == k)
        .map(CurvePoint::getValue)
        .findFirst();
  }

  /** Parameters of the laws, a row a curve and law. */
  public static AnalysisTable laws(List<ScalingFit> fits) {
    return AnalysisTable.of(
        "selector string, law string, a double, b double, p double, most double, rms double,"
            + " steps_to_gain_01 long, steps_to_gain_001 long",
        fits.stream()
            .flatMap(
                fit -> {
                  var law = fit.saturation;
                  var saturation =
                      RowFactory.create(
                          fit.selector,
                          "saturation",
                          null,
                          null,
                          law.p(),
                          law.most(),
                          law.rms(),
                          law.saturation(GAINS[0]),
                          law.saturation(GAINS[1]));
                  return Stream.concat(
                      fit.coverage.stream()
                          .map(
                              power ->
                                  RowFactory.create(
                                      fit.selector,
                                      "coverage",
                                      power.a(),
                                      power.b(),
                                      null,
                                      null,
                                      power.rms(),
                                      null,
                                      null)),
                      Stream.of(saturation));
                }));
  }

  /** The laws' values beside the measured ones, a row a curve and k. */
  public static AnalysisTable values(List<ScalingFit> fits) {
    return AnalysisTable.of(
        "selector string, k int, measured double, coverage_law double, saturation_law double",
        fits.stream()
            .flatMap(
                fit ->
                    fit.ks().stream()
                        .map(
                            k ->
                                RowFactory.create(
                                    fit.selector,
                                    k,
                                    fit.at(k).orElse(null),
                                    fit.coverage.map(law -> law.at(k)).orElse(null),
                                    fit.saturation.at(k)))));
  }
}
