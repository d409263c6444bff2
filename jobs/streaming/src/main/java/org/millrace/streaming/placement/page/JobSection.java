package org.millrace.streaming.placement.page;

import static org.millrace.streaming.page.Html.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.millrace.streaming.page.Html;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.plan.GroupKind;
import org.millrace.streaming.placement.plan.NetKind;
import org.millrace.streaming.placement.plan.Network;
import org.millrace.streaming.placement.plan.PlacedGroup;
import org.millrace.streaming.placement.plan.Plan;

/** What the page says of a job: its drawing, its groups, its cost, what it could have had. */
final class JobSection {

  private static final int NAMED = 6;

  private final int number;
  private final Plan plan;
  private final Estate estate;

  JobSection(int number, Plan plan, Estate estate) {
    this.number = number;
    this.plan = plan;
    this.estate = estate;
  }

  String html() {
    return """
        <section id="job-%d"><h2><span class="swatch %s"></span>%s <small>%s</small></h2>
        <p class="lead">%s</p>%s
        <div class="drawing">%s</div>
        <div class="tables"><div><h3>Groups</h3><div class="scroll">%s</div></div>
        <div><h3>An iteration</h3><div class="scroll">%s</div></div>
        <div><h3>Other places</h3><div class="scroll">%s</div></div></div></section>"""
        .formatted(
            number,
            Occupancy.hue(number),
            text(plan.job()),
            text(plan.sizes().toString()),
            text(plan.reason()),
            alert(),
            new PlanDrawing(number, plan, estate).svg(),
            groups(),
            cost(),
            alternatives());
  }

  private String alert() {
    int mixed = plan.mixedGroups(GroupKind.DP);
    return mixed == 0
        ? ""
        : "<p class=\"alert\">%s of %s data-parallel groups share no RDMA fabric: they use sockets.</p>"
            .formatted(Html.count(mixed), Html.count(plan.groups(GroupKind.DP).size()));
  }

  /** Groups of one kind and network are a line. */
  private String groups() {
    record Line(GroupKind kind, Network network) {}
    var lines = new LinkedHashMap<Line, List<PlacedGroup>>();
    for (var group : plan.groups()) {
      lines
          .computeIfAbsent(new Line(group.kind(), group.network()), line -> new ArrayList<>())
          .add(group);
    }
    var rows = new ArrayList<String>();
    for (var entry : lines.entrySet()) {
      var kind = entry.getKey().network().kind();
      var fabrics = new TreeSet<String>();
      entry.getValue().forEach(group -> fabrics.addAll(group.fabrics()));
      double slowest =
          entry.getValue().stream().mapToDouble(PlacedGroup::expectedGbps).min().orElse(0);
      rows.add(
          row(
              Words.kind(entry.getKey().kind()),
              Html.count(entry.getValue().size()),
              sizes(entry.getValue()),
              "<span class=\"net %s\">%s</span>"
                  .formatted(Words.style(kind), Words.network(entry.getKey().network())),
              kind == NetKind.NONE ? "" : Words.some(fabrics, NAMED),
              kind == NetKind.NONE ? Html.NOTHING : Html.decimals(slowest, slowest < 10 ? 2 : 0)));
    }
    return table(List.of("kind", "groups#", "ranks#", "network", "fabrics", "Gb/s a hop#"), rows);
  }

  private static String sizes(List<PlacedGroup> groups) {
    int least = groups.stream().mapToInt(group -> group.ranks().size()).min().orElse(0);
    int most = groups.stream().mapToInt(group -> group.ranks().size()).max().orElse(0);
    return least == most ? Html.count(least) : Html.count(least) + "–" + Html.count(most);
  }

  private String cost() {
    var cost = plan.cost();
    var bytes = new LinkedHashMap<String, String>();
    var seconds = new LinkedHashMap<String, Double>();
    seconds.put("computing, with the bubble", cost.computeSeconds());
    seconds.put("pipeline", cost.pipelineSeconds());
    seconds.put("data parallel", cost.dataSeconds());
    seconds.put("embedding", cost.embeddingSeconds());
    bytes.put("pipeline", Words.gigabytes(cost.crossFabricPipelineBytes()));
    bytes.put("data parallel", Words.gigabytes(cost.crossFabricDataBytes()));
    bytes.put("embedding", Words.gigabytes(cost.crossFabricEmbeddingBytes()));
    double longest = Math.max(1e-9, seconds.values().stream().mapToDouble(s -> s).max().orElse(0));
    var rows = new ArrayList<String>();
    for (var entry : seconds.entrySet()) {
      rows.add(
          row(
              entry.getKey(),
              Words.seconds(entry.getValue()),
              bar(entry.getValue() / longest),
              bytes.getOrDefault(entry.getKey(), Html.NOTHING)));
    }
    rows.add(
        "<tr class=\"all\">"
            + cells(
                Map.of(
                    0,
                    "iteration, what is hidden left out",
                    1,
                    Words.seconds(cost.iterationSeconds()),
                    2,
                    "",
                    3,
                    Words.gigabytes(cost.crossFabricBytes())))
            + "</tr>");
    return table(List.of("part", "time#", "", "between fabrics#"), rows)
        + "<p class=\"lead\">%s samples a second, %s TFLOPS a GPU; no plan of these sizes takes less than %s (%s).</p>"
            .formatted(
                Html.decimals(cost.samplesPerSecond(), 2),
                Html.decimals(cost.tflopsPerGpu(), 0),
                Words.seconds(plan.lowerBoundSeconds()),
                plan.exact()
                    ? "all orders of nodes were compared"
                    : "not all orders were compared");
  }

  private static String cells(Map<Integer, String> cells) {
    return "<th>%s</th><td class=\"n\">%s</td><td>%s</td><td class=\"n\">%s</td>"
        .formatted(cells.get(0), cells.get(1), cells.get(2), cells.get(3));
  }

  private static String bar(double share) {
    return "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\"><rect width=\"%s\" height=\"8\"/></svg>"
        .formatted(Html.pixels(100 * share));
  }

  private String alternatives() {
    if (plan.alternatives().isEmpty()) {
      return "<p class=\"lead\">None.</p>";
    }
    var rows = new ArrayList<String>();
    for (var other : plan.alternatives()) {
      rows.add(
          row(
              text(other.what()),
              Html.count(other.score().mixedDataGroups()),
              Words.seconds(other.iterationSeconds()),
              "×" + Html.decimals(other.iterationSeconds() / plan.cost().iterationSeconds(), 2),
              Words.some(other.hosts(), NAMED)));
    }
    return table(
        List.of("what", "mixed data groups#", "iteration#", "of the plan's#", "nodes"), rows);
  }

  /** Cells that a heading with a # at its end is above are numbers. */
  private static String table(List<String> heads, List<String> rows) {
    var head =
        heads.stream()
            .map(
                name ->
                    name.endsWith("#")
                        ? "<th class=\"n\">" + name.substring(0, name.length() - 1) + "</th>"
                        : "<th>" + name + "</th>")
            .collect(Collectors.joining());
    return "<table><thead><tr>%s</tr></thead><tbody>%s</tbody></table>"
        .formatted(head, String.join("\n", rows));
  }

  private static String row(String first, String... others) {
    var row = new StringBuilder("<tr><th>").append(first).append("</th>");
    for (var cell : others) {
      boolean number = !cell.isEmpty() && !cell.startsWith("<") && isNumber(cell);
      row.append(number ? "<td class=\"n\">" : "<td>").append(cell).append("</td>");
    }
    return row.append("</tr>").toString();
  }

  private static boolean isNumber(String cell) {
    char first = cell.charAt(0);
    return Character.isDigit(first)
            && !Character.isLetter(cell.charAt(Math.min(1, cell.length() - 1)))
        || first == '−'
        || first == '×'
        || cell.equals(Html.NOTHING);
  }
}
