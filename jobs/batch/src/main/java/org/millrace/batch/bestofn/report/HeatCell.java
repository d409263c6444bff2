package org.millrace.batch.bestofn.report;

import static org.millrace.batch.page.Html.exact;
import static org.millrace.batch.page.Html.percent;

import java.util.Locale;
import org.millrace.batch.page.Html;

/** A table cell that is tinted by its value. */
final class HeatCell {

  private HeatCell() {}

  /** A share as percent, tinted by itself. */
  static String of(double share, boolean wins) {
    return of(share, share, wins);
  }

  /**
   * A share as percent; a dash where it is not finite.
   *
   * @param tint 0 for none to 1
   * @param wins whether it is the best of its like
   */
  static String of(double share, double tint, boolean wins) {
    if (!Double.isFinite(share)) {
      return "<td class=\"n none\">" + Html.NOTHING + "</td>";
    }
    var shade = String.format(Locale.ROOT, "%.1f%%", 100 * Math.min(1, Math.max(0, tint)));
    return "<td class=\"n%s\" style=\"--v:%s\" title=\"%s\">%s</td>"
        .formatted(wins ? " best" : "", shade, exact(share), percent(share, 2));
  }
}
