package org.millrace.batch.bestofn;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.millrace.batch.bestofn.analysis.EqualCompute;
import org.millrace.batch.page.Html;
import org.millrace.kernel.bestofn.ComputeMatched;
import org.millrace.kernel.bestofn.ComputeMatched.Point;

/** The comparison of voting and verifying at equal compute as a sentence for the report. */
final class ComputeNote {

  private static final MathContext FOUR_DIGITS = new MathContext(4);

  private ComputeNote() {}

  /**
   * Says where each is best and what it costs to reach the best vote by verifying; without points
   * of voting, where verifying is best.
   *
   * @param origin where lambda is from
   */
  static String of(EqualCompute compute, String origin) {
    var rounded = new BigDecimal(compute.lambda()).round(FOUR_DIGITS).stripTrailingZeros();
    var lambda = format("Lambda is %s (%s). ", rounded.toPlainString(), origin);
    var voting =
        ComputeMatched.best(compute.voting()).map(best -> voting(compute, best)).orElse("");
    var best = ComputeMatched.best(compute.verified()).orElseThrow();
    return lambda
        + voting
        + format(
            "Verifying is best at S=%d, V=%d (%.2f %%, cost %s).",
            best.solutions(), best.verifications(), 100 * best.value(), cost(best));
  }

  private static String voting(EqualCompute compute, Point best) {
    var reached =
        compute
            .reachingTheBestVote()
            .map(
                point ->
                    format(
                        "Verifying reaches that from S=%d, V=%d at a cost of %s samples, %.1f"
                            + " times voting's.",
                        point.solutions(),
                        point.verifications(),
                        cost(point),
                        point.cost() / best.cost()))
            .orElse("Verifying never reaches that.");
    return format(
        "Voting is best at S=%d (%.2f %%). %s ", best.solutions(), 100 * best.value(), reached);
  }

  private static String cost(Point point) {
    return Html.number(point.cost());
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
