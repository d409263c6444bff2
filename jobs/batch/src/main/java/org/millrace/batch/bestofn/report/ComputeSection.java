package org.millrace.batch.bestofn.report;

import static org.millrace.batch.page.Html.count;
import static org.millrace.batch.page.Html.exact;
import static org.millrace.batch.page.Html.number;
import static org.millrace.batch.page.Html.percentCell;
import static org.millrace.batch.page.Html.text;

import java.util.HashSet;
import java.util.List;
import org.millrace.batch.bestofn.report.Analysis.Budget;
import org.millrace.batch.bestofn.report.Report.ComputePoint;
import org.millrace.batch.page.Html;

/**
 * Strategies at equal compute: the frontiers, the best within each budget, the grid of answers by
 * verifications, and all points.
 */
final class ComputeSection {

  private ComputeSection() {}

  /** The section's HTML; empty without points. */
  static String html(List<ComputePoint> points, Analysis analysis) {
    if (points.isEmpty()) {
      return "";
    }
    var grid = points.stream().filter(point -> point.v() > 0).toList();
    var out = new StringBuilder("<section id=\"compute\"><h2>Compute</h2>\n");
    if (!analysis.comparison().isEmpty()) {
      out.append("<p class=\"lead\">").append(text(analysis.comparison())).append("</p>\n");
    }
    out.append(
        """
        <div class="legend" id="compute-legend"></div>
        <div class="charts">
        <figure><figcaption>Accuracy by compute per prompt, % (cost in generated answers; lines \
        join the best points at each cost)</figcaption>
        <div class="chart" id="compute-chart" role="img"
         aria-label="Accuracy by cost of each strategy; the numbers are in the tables below"></div>\
        </figure>
        """);
    if (!grid.isEmpty()) {
      out.append(
          """
          <figure><figcaption>Accuracy by answers S, a line for each number V of verifications, \
          %</figcaption>
          <div class="chart" id="grid-chart" role="img"
           aria-label="Accuracy by S and V; the numbers are in the table below"></div></figure>
          """);
    }
    out.append("</div>\n").append(budgets(analysis.budgets()));
    grid.stream().map(ComputePoint::strategy).distinct().forEach(s -> out.append(grid(s, grid)));
    return out.append(all(points)).append("</section>\n").toString();
  }

  private static String budgets(List<Budget> budgets) {
    if (budgets.isEmpty()) {
      return "";
    }
    var out = new StringBuilder();
    out.append(
        """
        <div class="scroll"><table id="budget-table" class="grid"><caption>The best within each \
        budget C; the better of the two is bold</caption>
        <thead><tr><th scope="col" class="n">C</th>\
        <th scope="col" class="n">voting S</th><th scope="col" class="n">accuracy, %</th>\
        <th scope="col" class="n">verified S</th><th scope="col" class="n">V</th>\
        <th scope="col" class="n">cost</th><th scope="col" class="n">accuracy, %</th>\
        <th scope="col" class="n">gain, points</th></tr></thead>
        <tbody>
        """);
    budgets.forEach(budget -> out.append(budgetRow(budget)));
    return out.append("</tbody></table></div>\n").toString();
  }

  private static String budgetRow(Budget budget) {
    var voting = budget.voting();
    var verified = budget.verified();
    double vote = voting == null ? Double.NaN : voting.value();
    double best = verified == null ? Double.NaN : verified.value();
    return "<tr>"
        + numberCell(budget.cost())
        + (voting == null ? nothing(2) : numberCell(voting.s()) + value(vote, vote > best))
        + (verified == null
            ? nothing(5)
            : numberCell(verified.s())
                + numberCell(verified.v())
                + numberCell(verified.cost())
                + value(best, best > vote)
                + percentCell(best - vote, 2))
        + "</tr>\n";
  }

  private static String nothing(int cells) {
    return ("<td class=\"n none\">" + Html.NOTHING + "</td>").repeat(cells);
  }

  private static String value(double share, boolean wins) {
    var cell = percentCell(share, 2);
    return wins ? cell.replaceFirst("class=\"n\"", "class=\"n best\"") : cell;
  }

  /** Best of S by the mean of the first V verifications: S down, V across. */
  private static String grid(String strategy, List<ComputePoint> points) {
    var own = points.stream().filter(point -> point.strategy().equals(strategy)).toList();
    var columns = own.stream().map(ComputePoint::v).distinct().sorted().toList();
    var rows = own.stream().map(ComputePoint::s).distinct().sorted().toList();
    double best = own.stream().mapToDouble(ComputePoint::value).max().orElseThrow();
    var out = new StringBuilder("<div class=\"scroll\"><table class=\"grid heat sv\"><caption>");
    out.append(text(strategy));
    out.append(": accuracy of S answers (down) by the mean of V verifications (across), %");
    out.append("</caption>\n<thead><tr><th scope=\"col\">S</th>");
    columns.forEach(
        v -> out.append("<th scope=\"col\" class=\"n\">V = ").append(number(v)).append("</th>"));
    out.append("</tr></thead>\n<tbody>\n");
    double worst = own.stream().mapToDouble(ComputePoint::value).min().orElseThrow();
    for (double s : rows) {
      out.append("<tr><th scope=\"row\">").append(number(s)).append("</th>");
      for (double v : columns) {
        var at = own.stream().filter(p -> p.s() == s && p.v() == v).findFirst();
        out.append(
            at.map(
                    point ->
                        HeatCell.of(
                            point.value(),
                            (point.value() - worst) / Math.max(best - worst, 1e-12),
                            point.value() == best && best > worst))
                .orElse(nothing(1)));
      }
      out.append("</tr>\n");
    }
    return out.append("</tbody></table></div>\n").toString();
  }

  private static String all(List<ComputePoint> points) {
    var frontier = new HashSet<>(Frontier.of(points));
    var out = new StringBuilder("<details><summary>All ").append(count(points.size()));
    out.append(points.size() == 1 ? " point" : " points").append(" in numbers</summary>\n");
    out.append(
        """
        <div class="scroll"><table id="compute-table" class="grid"><caption>Points on the frontier \
        of their strategy are bold</caption>
        <thead><tr><th scope="col">strategy</th><th scope="col" class="n">S</th>\
        <th scope="col" class="n">V</th><th scope="col" class="n">cost</th>\
        <th scope="col" class="n">accuracy, %</th></tr></thead>
        <tbody>
        """);
    points.forEach(point -> out.append(row(point, frontier.contains(point))));
    return out.append("</tbody></table></div></details>\n").toString();
  }

  private static String row(ComputePoint point, boolean onFrontier) {
    return (onFrontier ? "<tr class=\"best\">" : "<tr>")
        + "<th scope=\"row\">"
        + text(point.strategy())
        + "</th>"
        + numberCell(point.s())
        + numberCell(point.v())
        + numberCell(point.cost())
        + percentCell(point.value(), 2)
        + "</tr>\n";
  }

  private static String numberCell(double number) {
    return "<td class=\"n\" title=\"" + exact(number) + "\">" + number(number) + "</td>";
  }
}
