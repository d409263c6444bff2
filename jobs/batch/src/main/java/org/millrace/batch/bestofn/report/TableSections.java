package org.millrace.batch.bestofn.report;

import static org.millrace.batch.page.Html.clipped;
import static org.millrace.batch.page.Html.count;
import static org.millrace.batch.page.Html.percentCell;
import static org.millrace.batch.page.Html.text;

import java.util.List;
import org.millrace.batch.bestofn.report.Report.Bin;
import org.millrace.batch.bestofn.report.Report.Curve;
import org.millrace.batch.bestofn.report.Report.Disagreement;

/** The sections that are a table first: difficulty and disagreements. */
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
        bin -> out.append(HeatCell.of(accuracy(bin, selector), !ceiling && wins(bin, selector))));
    return out.append("</tr>\n").toString();
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
}
