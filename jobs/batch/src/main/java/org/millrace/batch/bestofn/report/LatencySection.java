package org.millrace.batch.bestofn.report;

import static org.millrace.batch.page.Html.count;
import static org.millrace.batch.page.Html.exact;
import static org.millrace.batch.page.Html.percentCell;
import static org.millrace.batch.page.Html.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.millrace.batch.bestofn.report.Analysis.Parallel;
import org.millrace.batch.page.Html;

/** What answers sampled in parallel take: how long the wait is, and how much is written. */
final class LatencySection {

  private LatencySection() {}

  /** The section's HTML; empty without an account. */
  static String html(Analysis analysis) {
    var account = analysis.parallel();
    if (account.isEmpty()) {
      return "";
    }
    var unit = text(analysis.unit());
    var out = new StringBuilder("<section id=\"latency\"><h2>Latency</h2>\n");
    out.append(
        """
        <p class="lead">k answers side by side. The latency is the length of the last one waited for: \
        of all, or of the first m to end (short-m; short-1 is first finish search), which stop the \
        others. The work is all that was written by then. Means over prompts of the expectation \
        over all k of their samples; accuracy is of the first k in file order, ties to the \
        shortest.</p>
        <div class="legend" id="latency-legend"></div>
        <div class="charts even">
        """);
    out.append(chart("latency-chart", "Latency by answers k (" + unit + ")"));
    out.append(chart("work-chart", "Work by answers k (" + unit + ", logarithmic)"));
    out.append("</div>\n").append(table(account, unit));
    return out.append("</section>\n").toString();
  }

  private static String chart(String id, String caption) {
    return """
    <figure><figcaption>%s</figcaption>
    <div class="chart" id="%s" role="img"
     aria-label="%s; the numbers are in the table below"></div></figure>
    """
        .formatted(caption, id, caption);
  }

  private static String table(List<Parallel> account, String unit) {
    var ks = account.stream().map(Parallel::k).distinct().sorted().toList();
    var out =
        new StringBuilder("<div class=\"scroll\"><table id=\"latency-table\" class=\"grid\">");
    out.append("<thead><tr><th scope=\"col\">k</th>");
    ks.forEach(k -> out.append("<th scope=\"col\" class=\"n\">").append(count(k)).append("</th>"));
    out.append("</tr><tr class=\"sub\"><th scope=\"row\">prompts</th>");
    for (int k : ks) {
      long prompts =
          account.stream().filter(row -> row.k() == k).mapToLong(Parallel::prompts).max().orElse(0);
      out.append("<td class=\"n\">").append(count(prompts)).append("</td>");
    }
    out.append("</tr></thead>\n");
    out.append(group("latency (" + unit + ")", account, ks, row -> size(row.latency())));
    out.append(group("work (" + unit + ")", account, ks, row -> size(row.work())));
    if (account.stream().anyMatch(row -> Double.isFinite(row.accuracy()))) {
      out.append(group("accuracy, %", account, ks, row -> percentCell(row.accuracy(), 2)));
    }
    return out.append("</table></div>\n").toString();
  }

  private static String group(
      String name, List<Parallel> account, List<Integer> ks, Function<Parallel, String> cell) {
    var out = new StringBuilder("<tbody>\n<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"");
    out.append(ks.size() + 1).append("\">").append(name).append("</th></tr>\n");
    for (var strategy : account.stream().map(Parallel::strategy).distinct().toList()) {
      out.append("<tr><th scope=\"row\">").append(text(strategy)).append("</th>");
      for (int k : ks) {
        out.append(
            at(account, strategy, k)
                .map(cell)
                .orElse("<td class=\"n none\">" + Html.NOTHING + "</td>"));
      }
      out.append("</tr>\n");
    }
    return out.append("</tbody>\n").toString();
  }

  private static Optional<Parallel> at(List<Parallel> account, String strategy, int k) {
    return account.stream()
        .filter(row -> row.strategy().equals(strategy) && row.k() == k)
        .findFirst();
  }

  private static String size(double size) {
    return "<td class=\"n\" title=\"%s\">%s</td>"
        .formatted(exact(size), String.format(Locale.ROOT, "%,.1f", size));
  }
}
