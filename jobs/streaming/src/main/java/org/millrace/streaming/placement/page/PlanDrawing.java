package org.millrace.streaming.placement.page;

import static org.millrace.streaming.page.Html.pixels;
import static org.millrace.streaming.page.Html.text;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.plan.GroupKind;
import org.millrace.streaming.placement.plan.NetKind;
import org.millrace.streaming.placement.plan.Network;
import org.millrace.streaming.placement.plan.PlacedGroup;
import org.millrace.streaming.placement.plan.PlacedNode;
import org.millrace.streaming.placement.plan.Plan;

/**
 * A plan as a drawing: a box a pipeline stage with its nodes and its data-parallel network, arrows
 * for the pipeline, a bow for the embedding. What goes over sockets is told apart by its colour and
 * its dashes; arrows are as thick as what crosses fabrics.
 */
final class PlanDrawing {

  private static final double WIDTH = 1360;
  private static final int IN_A_ROW = 8;
  private static final double CHIP_HEIGHT = 17;
  private static final int MOST_CHIPS = 48;
  private static final double HEAD = 40;
  private static final double FOOT = 40;
  private static final double BOW = 46;

  private final int job;
  private final Plan plan;
  private final Crossings crossings;
  private final Map<String, PlacedNode> nodes = new TreeMap<>();
  private final Estate estate;
  private final int columns;
  private final double gap;
  private final double box;
  private final double height;

  PlanDrawing(int job, Plan plan, Estate estate) {
    this.job = job;
    this.plan = plan;
    this.estate = estate;
    this.crossings = new Crossings(plan, estate);
    plan.nodes().forEach(node -> nodes.put(node.host(), node));
    int stages = plan.sizes().pipeline();
    columns = Math.min(stages, IN_A_ROW);
    gap = columns <= 3 ? 150 : columns <= 5 ? 96 : 56;
    box = Math.min(420, (WIDTH - 22 - gap * (columns - 1)) / columns);
    int most = 0;
    for (int stage = 0; stage < stages; stage++) {
      most = Math.max(most, Math.min(MOST_CHIPS, crossings.hosts(stage).size()));
    }
    int rows = (most + perRow() - 1) / perRow();
    height = HEAD + rows * (CHIP_HEIGHT + 3) + FOOT;
  }

  private int perRow() {
    return Math.max(1, (int) ((box - 16) / 78));
  }

  /** An SVG element. */
  String svg() {
    int stages = plan.sizes().pipeline();
    int rows = (stages + columns - 1) / columns;
    var svg = new StringBuilder();
    var pipeline = crossings.pipeline();
    var data = crossings.data();
    double widest = Math.max(1, java.util.Arrays.stream(pipeline).max().orElse(0));
    for (int stage = 0; stage < stages; stage++) {
      stage(svg, stage, data[stage]);
      if (stage + 1 < stages) {
        arrow(svg, stage, pipeline[stage], widest);
      }
    }
    boolean bow = !plan.groups(GroupKind.EMB).isEmpty();
    double bottom = rows * (height + 22) - 22;
    if (bow) {
      bow(svg, stages, rows, bottom);
    }
    double used = columns * box + (columns - 1) * gap + (rows > 1 ? 22 : 2);
    return "<svg class=\"plan\" viewBox=\"0 0 %s %s\" style=\"max-width:%spx\" role=\"img\" aria-label=\"stages of %s\">%s</svg>"
        .formatted(
            pixels(used),
            pixels(bottom + (bow ? BOW : 0) + 2),
            pixels(used),
            text(plan.job()),
            svg);
  }

  private double x(int stage) {
    return 1 + (stage % columns) * (box + gap);
  }

  private double y(int stage) {
    return 1 + (stage / columns) * (height + 22);
  }

  private void stage(StringBuilder svg, int stage, double crossed) {
    double x = x(stage);
    double y = y(stage);
    svg.append(
        "<rect class=\"stage %s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"6\"/>"
            .formatted(Occupancy.hue(job), pixels(x), pixels(y), pixels(box), pixels(height)));
    var hosts = crossings.hosts(stage);
    label(svg, "head", x + 8, y + 16, "stage %d".formatted(stage));
    label(
        svg,
        "soft",
        x + 8,
        y + 31,
        "%d layers · %d %s"
            .formatted(
                plan.stageLayers().get(stage), hosts.size(), hosts.size() == 1 ? "node" : "nodes"));
    chips(svg, hosts, x + 8, y + HEAD);
    foot(svg, stage, crossed, x, y + height - FOOT);
  }

  private void chips(StringBuilder svg, List<String> hosts, double x, double y) {
    double width = (box - 16 + 3) / perRow() - 3;
    boolean all = hosts.size() <= MOST_CHIPS;
    int shown = all ? hosts.size() : MOST_CHIPS - 1;
    for (int i = 0; i < shown; i++) {
      var host = hosts.get(i);
      var fabric = nodes.get(host).fabricId();
      var kind = estate.fabrics().get(fabric);
      double left = x + (i % perRow()) * (width + 3);
      double top = y + (i / perRow()) * (CHIP_HEIGHT + 3);
      svg.append(
          "<g><title>%s</title><rect class=\"chip %s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"3\"/>"
              .formatted(
                  text(host + (fabric.isEmpty() ? "" : " in " + fabric)),
                  kind == null ? "none" : kind.name().toLowerCase(java.util.Locale.ROOT),
                  pixels(left),
                  pixels(top),
                  pixels(width),
                  pixels(CHIP_HEIGHT)));
      label(svg, "host", left + 5, top + 12.5, Words.fitted(host, width - 8));
      svg.append("</g>");
    }
    if (!all) {
      label(
          svg,
          "soft",
          x + (shown % perRow()) * (width + 3) + 5,
          y + (shown / perRow()) * (CHIP_HEIGHT + 3) + 12.5,
          "+ %d more".formatted(hosts.size() - shown));
    }
  }

  private void foot(StringBuilder svg, int stage, double crossed, double x, double y) {
    var group =
        plan.groups(GroupKind.DP).stream()
            .filter(own -> plan.sizes().stage(own.ranks().get(0)) == stage)
            .findFirst();
    if (group.isEmpty()) {
      return;
    }
    var network = group.get().network();
    svg.append(
        "<path class=\"ring %s\" d=\"M%s %sH%s\"/>"
            .formatted(
                Words.style(network.kind()), pixels(x + 8), pixels(y + 8), pixels(x + box - 8)));
    label(svg, "net " + Words.style(network.kind()), x + 8, y + 22, network(network));
    label(
        svg,
        "soft",
        x + 8,
        y + 34,
        crossed > 0
            ? Words.gigabytes(crossed) + " between fabrics"
            : network.kind() == NetKind.NONE ? "" : rate(group.get()) + " a hop");
  }

  private String network(Network network) {
    var words = "data: " + Words.network(network);
    return Words.fits(words, box - 16) || network.fabricId().isEmpty()
        ? words
        : Words.fitted("data: " + network.fabricId(), box - 16);
  }

  private static String rate(PlacedGroup group) {
    return "%s Gb/s".formatted(pixels(group.expectedGbps()));
  }

  private void arrow(StringBuilder svg, int stage, double bytes, double widest) {
    var kind = network(GroupKind.PP).orElse(NetKind.NONE);
    double y = y(stage) + HEAD + 18;
    double from = x(stage) + box;
    boolean wraps = (stage + 1) % columns == 0;
    double to = wraps ? from + 18 : x(stage + 1);
    double thick = 1.5 + 6 * bytes / widest;
    svg.append(
        "<path class=\"flow %s\" stroke-width=\"%s\" d=\"M%s %sH%s\"/>"
            .formatted(
                Words.style(kind), pixels(thick), pixels(from + 3), pixels(y), pixels(to - 10)));
    svg.append(
        "<path class=\"tip %s\" d=\"M%s %sl-9 -6v12z\"/>"
            .formatted(Words.style(kind), pixels(to - 2), pixels(y)));
    if (wraps) {
      return;
    }
    double middle = (from + to) / 2;
    if (bytes > 0) {
      label(svg, "middle net " + Words.style(kind), middle, y - 9, Words.gigabytes(bytes));
    }
    if (gap >= 90) {
      label(svg, "middle soft", middle, y + 18, "pipeline");
      label(svg, "middle soft", middle, y + 30, networks(GroupKind.PP));
    }
  }

  private void bow(StringBuilder svg, int stages, int rows, double bottom) {
    var kind = network(GroupKind.EMB).orElse(NetKind.NONE);
    double from = x(0) + Math.min(60, box / 3);
    double to = x(stages - 1) + box - Math.min(60, box / 3);
    double bytes = plan.cost().crossFabricEmbeddingBytes();
    if (rows > 1) {
      // First and last are in different rows: a word says what a bow could not.
      label(svg, "net " + Words.style(kind), 9, bottom + 24, embedding(bytes));
      return;
    }
    svg.append(
        "<path class=\"flow thin %s\" d=\"M%s %sv12q0 12 12 12H%sq12 0 12 -12v-12\"/>"
            .formatted(Words.style(kind), pixels(from), pixels(bottom + 2), pixels(to - 12)));
    label(svg, "middle net " + Words.style(kind), (from + to) / 2, bottom + 40, embedding(bytes));
  }

  private String embedding(double bytes) {
    return "embedding: %s%s · %s"
        .formatted(
            networks(GroupKind.EMB),
            bytes > 0 ? ", " + Words.gigabytes(bytes) + " between fabrics" : "",
            Words.seconds(plan.cost().embeddingSeconds()));
  }

  /** The networks of a kind of groups in words. */
  private String networks(GroupKind kind) {
    return plan.groups(kind).stream()
        .map(group -> group.network().kind())
        .distinct()
        .sorted()
        .map(Words::kind)
        .collect(Collectors.joining(", "));
  }

  /** The slowest network of a kind of groups. */
  private Optional<NetKind> network(GroupKind kind) {
    return plan.groups(kind).stream()
        .map(group -> group.network().kind())
        .max(java.util.Comparator.naturalOrder());
  }

  private static void label(StringBuilder svg, String kind, double x, double y, String escaped) {
    svg.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>"
            .formatted(kind, pixels(x), pixels(y), escaped));
  }
}
