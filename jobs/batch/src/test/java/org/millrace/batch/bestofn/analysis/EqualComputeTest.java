package org.millrace.batch.bestofn.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.bestofn.ComputeMatched.Point;
import org.millrace.schema.CurvePoint;

class EqualComputeTest {

  private static final int[] KS = {1, 2, 4};

  /** Lambda 2: costs of one vote 3, 6, 12, of two 5, 10, 20. */
  private static final List<CurvePoint> CURVES =
      Stream.of(
              Curve.exact("majority", KS, .5, .5, .6),
              Curve.exact("best-score/votes-1", KS, .5, .55, .58),
              Curve.exact("best-score/votes-2", KS, .5, .61, .7),
              Curve.exact("best-score", KS, .9, .9, .9))
          .flatMap(List::stream)
          .toList();

  @Test
  void anAnswerCostsOneAndAVerificationLambda() {
    var compute = EqualCompute.of(CURVES, 2).orElseThrow();

    assertThat(compute.voting()).extracting(Point::cost).containsExactly(1.0, 2.0, 4.0);
    assertThat(compute.verified())
        .extracting(Point::cost)
        .containsExactly(3.0, 6.0, 12.0, 5.0, 10.0, 20.0);
  }

  @Test
  void withoutCurvesByVotesThereIsNothingToCompare() {
    assertThat(EqualCompute.of(Curve.exact("majority", KS, .5, .5, .6), 1)).isEmpty();
  }

  @Test
  void theCheapestVerificationAsGoodAsTheBestVote() {
    assertThat(EqualCompute.of(CURVES, 2).orElseThrow().reachingTheBestVote())
        .contains(Point.of(2, 2, 2, .61));
  }

  @Test
  void theBestOfBothWithinEachBudget() {
    var compute = EqualCompute.of(CURVES, 2).orElseThrow();

    assertThat(compute.matched().csv())
        .isEqualTo(
            """
            budget,voting_s,voting_value,verified_s,verified_v,verified_cost,verified_value,verified_gain
            1.0,1,0.5,,,,,
            2.0,1,0.5,,,,,
            3.0,1,0.5,1,1,3.0,0.5,0.0
            4.0,4,0.6,1,1,3.0,0.5,%s
            6.0,4,0.6,2,1,6.0,0.55,%s
            8.0,4,0.6,2,1,6.0,0.55,%s
            10.0,4,0.6,2,2,10.0,0.61,%s
            16.0,4,0.6,2,2,10.0,0.61,%s
            20.0,4,0.6,4,2,20.0,0.7,%s
            """
                .formatted(.5 - .6, .55 - .6, .55 - .6, .61 - .6, .61 - .6, .7 - .6));
  }

  @Test
  void marksTheFrontierOfEach() {
    var lines = EqualCompute.of(CURVES, 2).orElseThrow().table().csv().lines().toList();

    assertThat(lines.get(0)).isEqualTo("strategy,s,v,cost,value,frontier");
    assertThat(lines.stream().filter(line -> line.endsWith(",true")))
        .containsExactly(
            "self-consistency,1,0,1.0,0.5,true",
            "self-consistency,4,0,4.0,0.6,true",
            "verified,1,1,3.0,0.5,true",
            "verified,2,1,6.0,0.55,true",
            "verified,2,2,10.0,0.61,true",
            "verified,4,2,20.0,0.7,true");
    assertThat(lines).hasSize(1 + 9);
  }

  @Test
  void theLastBitMakesNothingBetter() {
    var curve = Curve.exact("best-score/votes-1", KS, .5, Math.nextUp(.5), .5);

    var compute = EqualCompute.of(curve, 1).orElseThrow();

    assertThat(compute.table().csv().lines().filter(line -> line.endsWith(",true")))
        .containsExactly("verified,1,1,2.0,0.5,true");
  }

  @Test
  void withoutVotingThereAreBudgetsOfVerifyingAlone() {
    var compute =
        EqualCompute.of(Curve.exact("best-score/votes-1", KS, .5, .55, .58), 0).orElseThrow();

    assertThat(compute.reachingTheBestVote()).isEmpty();
    assertThat(compute.matched().csv().lines().toList())
        .containsExactly(
            "budget,voting_s,voting_value,verified_s,verified_v,verified_cost,verified_value,verified_gain",
            "1.0,,,1,1,1.0,0.5,",
            "2.0,,,2,1,2.0,0.55,",
            "4.0,,,4,1,4.0,0.58,");
  }
}
