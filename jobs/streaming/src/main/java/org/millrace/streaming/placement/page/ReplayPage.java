package org.millrace.streaming.placement.page;

import static java.util.Objects.requireNonNull;
import static org.millrace.streaming.page.Html.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

  /** Something that is compared, and whether it needs time to pass. */
  private record Measure(String name, boolean timed, Function<ReplayResult, String> value) {}

  private static final List<Measure> MEASURES =
      List.of(
          new Measure("jobs placed", false, result -> Html.count(result.placed())),
          new Measure("of several nodes", false, result -> Html.count(result.gangs())),
          new Measure("jobs without a place", false, result -> Html.count(result.unplaced())),
          new Measure("mixed data groups", false, result -> Html.count(result.mixedDataGroups())),
          new Measure(
              "between fabrics, GB",
              false,
              result -> Html.decimals(result.crossFabricBytes() / 1e9, 2)),
          new Measure(
              "average JCT, s", true, result -> Html.decimals(result.averageCompletion(), 0)),
          new Measure("p99 JCT, s", true, result -> Html.decimals(result.p99Completion(), 0)),
          new Measure("average wait, s", true, result -> Html.decimals(result.averageWait(), 1)),
          new Measure("makespan, s", true, result -> Html.decimals(result.makespan(), 0)),
          new Measure(
              "fragmentation, GPUs", false, result -> Html.decimals(result.fragmentation(), 2)),
          new Measure(
              "GPUs at first refusal",
              false,
              result -> Html.decimals(result.gpusAtFirstRefusal(), 1)),
          new Measure("most GPUs", false, result -> Html.decimals(result.mostGpus(), 1)),
          new Measure("whole domains left", false, result -> Html.count(result.freeWholeDomains())),
          new Measure("moves", false, result -> Html.count(result.moves())));

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
        results.stream()
            .map(result -> "<th scope=\"col\">" + text(result.policy()) + "</th>")
            .collect(Collectors.joining());
    boolean timed = results.stream().anyMatch(result -> result.makespan() > 0);
    var rows =
        MEASURES.stream()
            .filter(measure -> timed || !measure.timed())
            .map(measure -> row(measure, results))
            .collect(Collectors.joining("\n"));
    return "<section><h2>%s</h2><div class=\"scroll\"><table class=\"results\"><thead><tr><th></th>%s</tr></thead><tbody>%s</tbody></table></div></section>"
        .formatted(text(title), head, rows);
  }

  private static String row(Measure measure, List<ReplayResult> results) {
    return "<tr><th scope=\"row\">%s</th>%s</tr>"
        .formatted(
            text(measure.name()),
            results.stream()
                .map(result -> "<td class=\"number\">" + measure.value().apply(result) + "</td>")
                .collect(Collectors.joining()));
  }
}
