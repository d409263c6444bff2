package org.millrace.streaming.placement.page;

import static java.util.Objects.requireNonNull;
import static org.millrace.streaming.page.Html.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.millrace.streaming.page.Html;
import org.millrace.streaming.page.Template;
import org.millrace.streaming.placement.contend.ReplayResult;
import org.millrace.streaming.placement.estate.Estate;

/**
 * What policies made of a job trace, as one HTML file like {@link PlacementPage}.
 *
 * @param subtitle what was read
 * @param estate that the trace ran on
 * @param tables results of each policy, by title, in order
 * @param manifest of the run as JSON
 */
public record ReplayPage(
    String subtitle, Estate estate, Map<String, List<ReplayResult>> tables, String manifest) {

  private static final List<String> COLUMNS =
      List.of(
          "policy",
          "placed",
          "unplaced",
          "average JCT, s",
          "p99 JCT, s",
          "average wait, s",
          "makespan, s",
          "fragmentation, GPUs",
          "GPUs at first refusal",
          "most GPUs",
          "whole domains left",
          "mixed data groups",
          "between fabrics, GB",
          "moves");

  public ReplayPage {
    requireNonNull(subtitle, "subtitle is null");
    requireNonNull(estate, "estate is null");
    requireNonNull(manifest, "manifest is null");
    tables = new LinkedHashMap<>(tables);
  }

  /** An HTML document, to be written as UTF-8. */
  public String html() {
    return Template.of(ReplayPage.class, "replay.html")
        .fill(
            Map.of(
                "subtitle", text(subtitle),
                "style", Template.style(ReplayPage.class, "page.css"),
                "tables",
                    tables.entrySet().stream()
                        .map(table -> section(table.getKey(), table.getValue()))
                        .collect(Collectors.joining("\n")),
                "estate", new EstateDrawing(estate, Occupancy.of(List.of())).svg(),
                "manifest", text(manifest)));
  }

  private static String section(String title, List<ReplayResult> results) {
    var head =
        COLUMNS.stream()
            .map(column -> "<th scope=\"col\">" + text(column) + "</th>")
            .collect(Collectors.joining());
    var rows = results.stream().map(ReplayPage::row).collect(Collectors.joining("\n"));
    return "<section><h2>%s</h2><div class=\"scroll\"><table><thead><tr>%s</tr></thead><tbody>%s</tbody></table></div></section>"
        .formatted(text(title), head, rows);
  }

  private static String row(ReplayResult result) {
    var cells =
        List.of(
            Html.count(result.placed()),
            Html.count(result.unplaced()),
            Html.decimals(result.averageCompletion(), 0),
            Html.decimals(result.p99Completion(), 0),
            Html.decimals(result.averageWait(), 1),
            Html.decimals(result.makespan(), 0),
            Html.decimals(result.fragmentation(), 2),
            Html.decimals(result.gpusAtFirstRefusal(), 1),
            Html.decimals(result.mostGpus(), 1),
            Html.count(result.freeWholeDomains()),
            Html.count(result.mixedDataGroups()),
            Html.decimals(result.crossFabricBytes() / 1e9, 2),
            Html.count(result.moves()));
    return "<tr><th scope=\"row\">%s</th>%s</tr>"
        .formatted(
            text(result.policy()),
            cells.stream()
                .map(cell -> "<td class=\"number\">" + cell + "</td>")
                .collect(Collectors.joining()));
  }
}
