package org.millrace.batch.bestofn.report;

import static org.millrace.batch.page.Html.count;
import static org.millrace.batch.page.Html.exact;
import static org.millrace.batch.page.Html.percent;
import static org.millrace.batch.page.Html.text;

import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.millrace.batch.bestofn.report.Report.Curve;
import org.millrace.batch.bestofn.report.Report.Point;
import org.millrace.batch.page.Html;

/** The scaling curves: two charts and, for every number in them, tables of selector by k. */
final class CurvesSection {

  private static final String NO_TRUTH =
      "<p class=\"lead\">The input carries no truth (no verdict, no target answer), so there are no"
          + " accuracy curves.</p>\n";

  private static final String CHARTS =
      """
      <div class="legend" id="curve-legend"></div>
      <div class="charts">
      <figure><figcaption>Accuracy by samples per prompt, %</figcaption>
      <div class="chart tall" id="curve-chart" role="img"
       aria-label="Accuracy of each selector by k; the numbers are in the table below"></div>
      </figure>
      """;

  private static final String GAP_CHART =
      """
      <figure><figcaption>Gap to the ceiling, percentage points</figcaption>
      <div class="chart tall" id="gap-chart" role="img"
       aria-label="Ceiling minus each selector by k; the numbers are in the table below"></div>
      </figure>
      """;

  private final List<Curve> curves;
  private final List<Integer> ks;
  private final Map<Integer, Long> prompts = new HashMap<>();
  private final Map<String, Integer> colours;

  private CurvesSection(List<Curve> curves) {
    this.curves = curves;
    this.ks =
        curves.stream()
            .flatMap(c -> c.points().stream())
            .map(Point::k)
            .distinct()
            .sorted()
            .toList();
    this.colours = Palette.of(curves);
    curves.stream()
        .flatMap(c -> c.points().stream())
        .forEach(p -> prompts.merge(p.k(), p.prompts(), Math::max));
  }

  /** The section's HTML; one sentence when there are no curves. */
  static String html(List<Curve> curves) {
    return curves.isEmpty() ? NO_TRUTH : new CurvesSection(curves).html();
  }

  private String html() {
    var exact = curves.stream().filter(c -> !c.fileOrder()).toList();
    var fileOrder = curves.stream().filter(Curve::fileOrder).toList();
    var gaps = Gaps.toCeiling(curves);
    var out = new StringBuilder("<section id=\"scaling\"><h2>Scaling</h2>\n").append(CHARTS);
    if (!gaps.isEmpty()) {
      out.append(GAP_CHART);
    }
    out.append("</div>\n");
    if (!exact.isEmpty()) {
      out.append(table("curve-table", "Accuracy, % ± standard error", exact));
    }
    if (!fileOrder.isEmpty()) {
      out.append(
          folded(
              "First k in file order (" + fileOrder.size() + " variants)",
              table("file-order-table", "Accuracy on the first k, % ± standard error", fileOrder)));
    }
    if (!gaps.isEmpty()) {
      out.append(
          folded(
              "Gap to the ceiling in numbers",
              table("gap-table", "Ceiling minus selector, percentage points", gaps)));
    }
    return out.append("</section>\n").toString();
  }

  private static String folded(String summary, String body) {
    return "<details><summary>" + summary + "</summary>\n" + body + "</details>\n";
  }

  private String table(String id, String caption, List<Curve> rows) {
    var out = new StringBuilder();
    out.append("<div class=\"scroll\"><table id=\"").append(id).append("\" class=\"grid\">");
    out.append("<caption>").append(caption).append("</caption>\n");
    out.append("<thead><tr><th scope=\"col\">k</th>");
    ks.forEach(k -> out.append("<th scope=\"col\" class=\"n\">").append(count(k)).append("</th>"));
    out.append("</tr><tr class=\"sub\"><th scope=\"row\">prompts</th>");
    ks.forEach(k -> out.append("<td class=\"n\">").append(count(prompts.get(k))).append("</td>"));
    out.append("</tr></thead>\n<tbody>\n");
    var best = id.equals("curve-table") ? best(rows) : Map.<Integer, Double>of();
    rows.forEach(curve -> out.append(row(curve, best)));
    return out.append("</tbody></table></div>\n").toString();
  }

  /** The best value by k; none where all selectors are equal, as at k = 1. */
  private static Map<Integer, Double> best(List<Curve> rows) {
    Map<Integer, DoubleSummaryStatistics> byK =
        rows.stream()
            .filter(curve -> !curve.ceiling())
            .flatMap(curve -> curve.points().stream())
            .filter(point -> Double.isFinite(point.value()))
            .collect(Collectors.groupingBy(Point::k, Collectors.summarizingDouble(Point::value)));
    var best = new HashMap<Integer, Double>();
    byK.forEach(
        (k, values) -> {
          if (values.getMax() > values.getMin()) {
            best.put(k, values.getMax());
          }
        });
    return best;
  }

  private String row(Curve curve, Map<Integer, Double> best) {
    Map<Integer, Point> byK =
        curve.points().stream()
            .collect(Collectors.toMap(Point::k, Function.identity(), (a, b) -> a));
    var out = new StringBuilder(curve.ceiling() ? "<tr class=\"ceiling\">" : "<tr>");
    out.append("<th scope=\"row\" title=\"").append(text(curve.selector())).append("\">");
    out.append("<i class=\"swatch ").append(colour(curve)).append("\"></i>");
    out.append(text(curve.selector()));
    if (curve.ceiling()) {
      out.append(" <small>ceiling</small>");
    } else if (!curve.fileOrder() && !curve.family().isEmpty() && !exactFamily(curve)) {
      out.append(" <small>").append(text(curve.family())).append("</small>");
    }
    out.append("</th>");
    for (int k : ks) {
      var point = byK.get(k);
      boolean wins =
          point != null && !curve.ceiling() && Double.valueOf(point.value()).equals(best.get(k));
      out.append(cell(point, wins));
    }
    return out.append("</tr>\n").toString();
  }

  private static boolean exactFamily(Curve curve) {
    return curve.family().equals(Curve.EXACT);
  }

  private String colour(Curve curve) {
    return curve.ceiling() || !colours.containsKey(curve.base())
        ? "ink"
        : "c" + colours.get(curve.base());
  }

  private String cell(Point point, boolean wins) {
    if (point == null) {
      return "<td class=\"n none\">" + Html.NOTHING + "</td>";
    }
    var out = new StringBuilder("<td class=\"n").append(wins ? " best" : "").append("\" title=\"");
    out.append(exact(point.value())).append("\">").append(percent(point.value(), 2));
    if (Double.isFinite(point.stderr())) {
      out.append(" <small>±").append(percent(point.stderr(), 2)).append("</small>");
    }
    if (point.prompts() != prompts.get(point.k())) {
      out.append("<br/><small>of ").append(count(point.prompts())).append("</small>");
    }
    return out.append("</td>").toString();
  }
}
