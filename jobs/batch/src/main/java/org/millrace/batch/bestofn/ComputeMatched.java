package org.millrace.batch.bestofn;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.millrace.batch.bestofn.report.Report.ComputePoint;

/**
 * Voting and verifying compared at equal compute (arXiv 2504.01005: C(S,V) = S (1 + lambda V)).
 *
 * @param bestVoting the best voting point, the cheapest of equals
 * @param cheapest the cheapest verified point that reaches it; empty where none does
 * @param bestVerified the best verified point, the cheapest of equals
 */
record ComputeMatched(
    ComputePoint bestVoting, Optional<ComputePoint> cheapest, ComputePoint bestVerified) {

  private static final Comparator<ComputePoint> BEST =
      Comparator.comparingDouble(ComputePoint::value)
          .thenComparing(Comparator.comparingDouble(ComputePoint::cost).reversed());

  /**
   * @param voting at least one point
   * @param verified at least one point
   */
  static ComputeMatched of(List<ComputePoint> voting, List<ComputePoint> verified) {
    var best = voting.stream().max(BEST).orElseThrow();
    return new ComputeMatched(
        best,
        verified.stream()
            .filter(point -> point.value() >= best.value())
            .min(Comparator.comparingDouble(ComputePoint::cost)),
        verified.stream().max(BEST).orElseThrow());
  }

  String sentence(double lambda) {
    var voting =
        String.format(
            Locale.ROOT,
            "Voting is best at S=%.0f (%.2f %%).",
            bestVoting.s(),
            100 * bestVoting.value());
    var reached =
        cheapest
            .map(
                point ->
                    String.format(
                        Locale.ROOT,
                        " Verifying reaches that from S=%.0f, V=%.0f at a cost of %.0f samples"
                            + " (lambda %s), %.1f times voting's.",
                        point.s(),
                        point.v(),
                        point.cost(),
                        lambda,
                        point.cost() / bestVoting.cost()))
            .orElse(" Verifying never reaches that.");
    return voting
        + reached
        + String.format(
            Locale.ROOT,
            " Verifying is best at S=%.0f, V=%.0f (%.2f %%, cost %.0f).",
            bestVerified.s(),
            bestVerified.v(),
            100 * bestVerified.value(),
            bestVerified.cost());
  }
}
