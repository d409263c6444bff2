package org.millrace.batch.bestofn;

import java.util.List;
import java.util.Locale;
import org.millrace.kernel.bestofn.ComputeMatched;
import org.millrace.kernel.bestofn.ComputeMatched.Point;

/** The comparison of voting and verifying at equal compute as a sentence for the report. */
final class ComputeNote {

  private ComputeNote() {}

  /**
   * Says where each is best and what it costs to reach the best vote by verifying.
   *
   * @param voting at least one point
   * @param verified at least one point
   */
  static String of(List<Point> voting, List<Point> verified, double lambda) {
    var vote = ComputeMatched.best(voting).orElseThrow();
    var best = ComputeMatched.best(verified).orElseThrow();
    var reached =
        ComputeMatched.cheapestReaching(verified, vote.value())
            .map(
                point ->
                    format(
                        "Verifying reaches that from S=%d, V=%d at a cost of %.0f samples"
                            + " (lambda %s), %.1f times voting's.",
                        point.solutions(),
                        point.verifications(),
                        point.cost(),
                        lambda,
                        point.cost() / vote.cost()))
            .orElse("Verifying never reaches that.");
    return format("Voting is best at S=%d (%.2f %%). ", vote.solutions(), 100 * vote.value())
        + reached
        + format(
            " Verifying is best at S=%d, V=%d (%.2f %%, cost %.0f).",
            best.solutions(), best.verifications(), 100 * best.value(), best.cost());
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
