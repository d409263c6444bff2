package org.millrace.batch.bestofn.report;

import static org.millrace.batch.page.Html.clipped;
import static org.millrace.batch.page.Html.count;
import static org.millrace.batch.page.Html.exact;
import static org.millrace.batch.page.Html.number;
import static org.millrace.batch.page.Html.percent;
import static org.millrace.batch.page.Html.percentCell;
import static org.millrace.batch.page.Html.text;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.millrace.batch.bestofn.report.Report.Bin;
import org.millrace.batch.bestofn.report.Report.ComputePoint;
import org.millrace.batch.bestofn.report.Report.Curve;
import org.millrace.batch.bestofn.report.Report.Disagreement;
import org.millrace.batch.page.Html;

/** The sections that are a table first: difficulty, disagreements and compute. */
final class TableSections {

  private static final int TEXT_LIMIT = 160;
  private static final int ANSWER_LIMIT = 60;

  private TableSections() {}

  /** Selectors by difficulty bin, cells tinted by accuracy; empty without bins. */
  static String difficulty(List<Bin> bins) {
    if (bins.isEmpty()) {
      return "";
    }
    var out = new StringBuilder("<section id=\"difficulty\"><h2>Difficulty</h2>\n");
    out.append("<div class=\"scroll\"><table id=\"difficulty-table\" class=\"grid heat\">");
    out.append("<caption>Accuracy by bin, %; the best selector of a bin is bold</caption>\n");
    out.append("<thead><tr><th scope=\"col\">bin</th>");
    bins.forEach(
        bin ->
            out.append("<th scope=\"col\" class=\"n\">").append(text(bin.name())).append("</th>"));
    out.append("</tr><tr class=\"sub\"><th scope=\"row\">prompts</th>");
    bins.forEach(b -> out.append("<td class=\"n\">").append(count(b.prompts())).append("</td>"));
    out.append("</tr></thead>\n<tbody>\n");
    bins.stream()
        .flatMap(bin -> bin.accuracyBySelector().keySet().stream())
        .distinct()
        .forEach(selector -> out.append(binRow(selector, bins)));
    return out.append("</tbody></table></div></section>\n").toString();
  }

  private static String binRow(String selector, List<Bin> bins) {
    boolean ceiling = selector.equals(Curve.CEILING);
    var out = new StringBuilder(ceiling ? "<tr class=\"ceiling\">" : "<tr>");
    out.append("<th scope=\"row\">").append(text(selector));
    out.append(ceiling ? " <small>ceiling</small></th>" : "</th>");
    bins.forEach(
        bin -> out.append(heatCell(accuracy(bin, selector), !ceiling && wins(bin, selector))));
    return out.append("</tr>\n").toString();
  }

  private static String heatCell(double accuracy, boolean wins) {
    if (!Double.isFinite(accuracy)) {
      return "<td class=\"n none\">" + Html.NOTHING + "</td>";
    }
    String tint = String.format(Locale.ROOT, "%.1f%%", 100 * Math.min(1, Math.max(0, accuracy)));
    return "<td class=\"n%s\" style=\"--v:%s\" title=\"%s\">%s</td>"
        .formatted(wins ? " best" : "", tint, exact(accuracy), percent(accuracy, 2));
  }

  private static double accuracy(Bin bin, String selector) {
    Double accuracy = bin.accuracyBySelector().get(selector);
    return accuracy == null ? Double.NaN : accuracy;
  }

  private static boolean wins(Bin bin, String selector) {
    double own = accuracy(bin, selector);
    var others =
        bin.accuracyBySelector().keySet().stream()
            .filter(other -> !other.equals(Curve.CEILING))
            .map(other -> accuracy(bin, other))
            .toList();
    return others.stream().noneMatch(other -> other > own)
        && others.stream().anyMatch(other -> other < own);
  }

  /** The prompts on which selection loses most, in the caller's order; empty without any. */
  static String disagreements(List<Disagreement> disagreements) {
    if (disagreements.isEmpty()) {
      return "";
    }
    var out = new StringBuilder("<section id=\"disagreements\"><h2>Disagreements</h2>\n");
    out.append(
        """
        <p class="lead">Prompts where a selector and the truth differ most. Pass rate: share of \
        the samples that are right. Gap: what a perfect selector would have gained.</p>
        <table id="disagreement-table" class="rows"><thead><tr>\
        <th scope="col">prompt</th><th scope="col">selector</th><th scope="col">chosen</th>\
        <th scope="col">target</th><th scope="col" class="n">pass rate, %</th>\
        <th scope="col" class="n">credit, %</th><th scope="col" class="n">gap, %</th></tr></thead>
        <tbody>
        """);
    disagreements.forEach(d -> out.append(disagreementRow(d)));
    return out.append("</tbody></table></section>\n").toString();
  }

  private static String disagreementRow(Disagreement d) {
    return "<tr><td class=\"prompt\" data-label=\"prompt\"><b>"
        + clipped(d.promptId(), ANSWER_LIMIT)
        + "</b>"
        + (d.promptText().isBlank() ? "" : " " + clipped(d.promptText(), TEXT_LIMIT))
        + "</td><td class=\"selector\" data-label=\"selector\">"
        + text(d.selector())
        + "</td><td class=\"answer wrong\" data-label=\"chosen\">"
        + clipped(d.chosenAnswer(), ANSWER_LIMIT)
        + "</td><td class=\"answer\" data-label=\"target\">"
        + clipped(d.target(), ANSWER_LIMIT)
        + "</td>"
        + labelled("pass rate", percentCell(d.passRate(), 1))
        + labelled("credit", percentCell(d.credit(), 1))
        + labelled("gap", percentCell(d.gap(), 1))
        + "</tr>\n";
  }

  private static String labelled(String label, String cell) {
    return cell.replaceFirst("<td ", "<td data-label=\"" + label + "\" ");
  }

  /** Strategies at equal compute: a chart, the frontier and all points; empty without points. */
  static String compute(List<ComputePoint> points) {
    if (points.isEmpty()) {
      return "";
    }
    var frontier = Frontier.of(points);
    var out = new StringBuilder("<section id=\"compute\"><h2>Compute</h2>\n");
    out.append(
        """
        <div class="legend" id="compute-legend"></div>
        <figure><figcaption>Accuracy by compute per prompt, % (cost in generated answers; lines \
        join the best points at each cost)</figcaption>
        <div class="chart" id="compute-chart" role="img"
         aria-label="Accuracy by cost of each strategy; the numbers are in the table below"></div>\
        </figure>
        """);
    out.append("<details><summary>All ").append(count(points.size()));
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
    var best = new HashSet<>(frontier);
    points.forEach(point -> out.append(computeRow(point, best.contains(point))));
    return out.append("</tbody></table></div></details></section>\n").toString();
  }

  private static String computeRow(ComputePoint point, boolean onFrontier) {
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
