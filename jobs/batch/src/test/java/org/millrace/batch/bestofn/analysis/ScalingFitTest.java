package org.millrace.batch.bestofn.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.millrace.schema.CurvePoint;

class ScalingFitTest {

  private static final int[] KS = {1, 2, 4, 8};

  /** Half a chance a sample, up to 0.8: .8 (1 - .5^k). */
  private static final double[] HALVING = {.4, .6, .75, .796875};

  private static List<CurvePoint> all(List<List<CurvePoint>> curves) {
    return curves.stream().flatMap(List::stream).toList();
  }

  @Test
  void findsTheLawBehindACurve() {
    var fit = ScalingFit.of(Curve.exact("majority", KS, HALVING), 8).get(0);

    assertThat(fit.saturation().p()).isCloseTo(.5, within(1e-6));
    assertThat(fit.saturation().most()).isCloseTo(.8, within(1e-6));
    assertThat(fit.saturation().rms()).isLessThan(1e-6);
    assertThat(fit.coverage()).isEmpty();
  }

  @Test
  void onlyTheCeilingHasALawOfCoverage() {
    var curves = List.of(Curve.exact("pass", KS, HALVING), Curve.exact("borda", KS, HALVING));

    var fits = ScalingFit.of(all(curves), 8);

    assertThat(fits).extracting(ScalingFit::selector).containsExactly("pass", "borda");
    assertThat(fits).extracting(fit -> fit.coverage().isPresent()).containsExactly(true, false);
  }

  @Test
  void leavesOutWhatFallsIsInFileOrderOrIsByVotes() {
    var curves =
        List.of(
            Curve.exact("longest", KS, .8, .7, .6, .5),
            Curve.of("pass/first-k", "first-k", KS, HALVING),
            Curve.exact("best-score/votes-4", KS, HALVING));

    assertThat(ScalingFit.of(all(curves), 8)).isEmpty();
  }

  @Test
  void takesThreePoints() {
    assertThat(ScalingFit.of(Curve.exact("pass", new int[] {1, 2}, .4, .6), 8)).isEmpty();
    assertThat(ScalingFit.of(Curve.exact("pass", KS, HALVING), 2)).isEmpty();
    assertThat(ScalingFit.of(Curve.exact("pass", KS, HALVING), 4)).hasSize(1);
  }

  @Test
  void whatIsBeyondTheFitIsForetold() {
    // The last point is far off the law of the first three.
    var fit = ScalingFit.of(Curve.exact("pass", KS, .4, .6, .75, .1), 4).get(0);

    assertThat(fit.saturation().at(8)).isCloseTo(.796875, within(1e-6));
    assertThat(fit.at(8)).contains(.1);
    assertThat(fit.at(32)).isEmpty();
    assertThat(fit.ks()).containsExactly(1, 2, 4, 8, 16, 32);
  }

  @Test
  void aCeilingOfOneStillSaturates() {
    var fit = ScalingFit.of(Curve.exact("pass", KS, .5, 1, 1, 1), 8).get(0);

    assertThat(fit.coverage()).isEmpty();
    assertThat(fit.saturation().most()).isCloseTo(1, within(.05));
  }

  @Test
  void tablesHaveALineACurveAndLaw() {
    var fits = ScalingFit.of(Curve.exact("pass", KS, HALVING), 8);

    assertThat(ScalingFit.laws(fits).csv().lines())
        .hasSize(3)
        .startsWith("selector,law,a,b,p,most,rms,steps_to_gain_01,steps_to_gain_001")
        .element(1)
        .asString()
        .matches("pass,coverage,-[0-9.]+,-[0-9.]+,,,[0-9.]+,,");
    // Gains .4, .2, .1, .05, .025, .0125, .00625: six steps to less than .01.
    assertThat(ScalingFit.laws(fits).csv().lines().toList().get(2))
        .startsWith("pass,saturation,,,")
        .endsWith(",6,9");
    assertThat(ScalingFit.values(fits).csv().lines().map(line -> line.split(",")[1]))
        .containsExactly("k", "1", "2", "4", "8", "16", "32");
  }

  @Test
  void namesOfRowsAreThoseOfTheColumns() {
    Stream.of(ScalingFit.laws(List.of()), ScalingFit.values(List.of()))
        .forEach(table -> assertThat(table.csv().lines()).hasSize(1));
  }
}
