package org.millrace.streaming.placement.page;

import static org.millrace.streaming.page.Html.pixels;
import static org.millrace.streaming.page.Html.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.millrace.streaming.page.Html;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;

/**
 * The estate as a drawing: a region a fabric, in it a box a leaf, in it a cell a node in the colour
 * of its job. Of estates of more nodes than can be told apart, a leaf is one cell with counts.
 */
final class EstateDrawing {

  private static final double WIDTH = 1360;
  private static final double GAP = 12;
  private static final double PAD = 8;
  private static final double HEAD = 20;
  private static final int MOST_CELLS = 4000;
  private static final String ALONE = "no NIC";

  private final Estate estate;
  private final Occupancy occupancy;
  private final Cell cell;

  /** How large a node is drawn. */
  private record Cell(double width, double height, boolean named) {

    static Cell of(int nodes) {
      if (nodes <= 64) {
        return new Cell(84, 34, true);
      }
      return nodes <= 400 ? new Cell(22, 18, false) : new Cell(11, 11, false);
    }
  }

  EstateDrawing(Estate estate, Occupancy occupancy) {
    this.estate = estate;
    this.occupancy = occupancy;
    this.cell = Cell.of(estate.nodes().size());
  }

  /** An SVG element. */
  String svg() {
    var fabrics = new TreeMap<String, List<Node>>();
    for (var node : estate.nodes()) {
      fabrics.computeIfAbsent(fabric(node), id -> new ArrayList<>()).add(node);
    }
    var regions = new ArrayList<Shelves.Shape>();
    fabrics.forEach((id, nodes) -> regions.add(region(id, nodes)));
    var shelves = Shelves.of(regions, WIDTH, GAP);
    var svg = new StringBuilder();
    double height = Shelves.draw(svg, shelves, 0, 0);
    return "<svg class=\"estate\" viewBox=\"-1 -1 %s %s\" role=\"img\" aria-label=\"the estate\">%s</svg>"
        .formatted(pixels(WIDTH + 2), pixels(height + 2), svg);
  }

  /** The fastest RDMA fabric of a node, else what it has. */
  private static String fabric(Node node) {
    return node.nics().stream()
        .min(
            Comparator.comparing((Nic nic) -> nic.kind().rdma() ? 0 : 1)
                .thenComparing(Comparator.comparingDouble(Nic::gbps).reversed())
                .thenComparing(Nic::fabricId))
        .map(Nic::fabricId)
        .orElse(ALONE);
  }

  private Shelves.Shape region(String id, List<Node> nodes) {
    var leaves = new TreeMap<String, List<Node>>();
    for (var node : nodes) {
      leaves
          .computeIfAbsent(String.join(" / ", node.tierPath()), path -> new ArrayList<>())
          .add(node);
    }
    var boxes = new ArrayList<Shelves.Shape>();
    leaves.forEach((path, own) -> boxes.add(leaf(path, own)));
    var kind = estate.fabrics().get(id);
    var head =
        "%s <tspan class=\"soft\">%s · %s %s</tspan>"
            .formatted(
                text(id),
                kind == null ? "no network" : words(kind),
                Html.count(nodes.size()),
                nodes.size() == 1 ? "node" : "nodes");
    return framed(
        "region " + (kind == null ? "none" : style(kind)),
        head,
        Shelves.of(boxes, WIDTH - 2 * PAD, GAP));
  }

  private static String words(NicKind kind) {
    return switch (kind) {
      case IB -> "InfiniBand";
      case ROCE -> "RoCE";
      case ETH -> "Ethernet";
    };
  }

  private static String style(NicKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private Shelves.Shape leaf(String path, List<Node> nodes) {
    List<Shelves.Shape> cells =
        estate.nodes().size() > MOST_CELLS
            ? List.of(summary(nodes))
            : nodes.stream().map(this::cell).toList();
    // Boxes about twice as wide as high.
    int columns = (int) Math.ceil(Math.sqrt(2 * cells.size() * cell.height / cell.width));
    double width = Math.max(1, columns) * (cell.width + 3);
    var shelves = Shelves.of(cells, Math.min(WIDTH - 4 * PAD, Math.max(width, cell.width + 3)), 3);
    double inner = shelves.stream().mapToDouble(Shelves.Shelf::width).max().orElse(0);
    return framed("leaf", heading(path, Math.max(inner, 60)), shelves);
  }

  /** The path as far as there is room, at least its inner end. */
  private static String heading(String path, double width) {
    return Words.fits(path, width)
        ? text(path)
        : Words.fitted(path.substring(path.lastIndexOf(" / ") + 1).replaceFirst("^/ ", ""), width);
  }

  private Shelves.Shape summary(List<Node> nodes) {
    long used = nodes.stream().filter(node -> !occupancy.of(node.name()).isEmpty()).count();
    return new Shelves.Shape() {
      @Override
      public double width() {
        return 96;
      }

      @Override
      public double height() {
        return 18;
      }

      @Override
      public void draw(StringBuilder svg, double x, double y) {
        rect(svg, "cell free", x, y, width(), height(), "");
        rect(svg, "cell job-0", x, y, width() * used / nodes.size(), height(), "");
        svg.append(
            "<text x=\"%s\" y=\"%s\">%d of %d</text>"
                .formatted(pixels(x + 5), pixels(y + 13), used, nodes.size()));
      }
    };
  }

  private Shelves.Shape cell(Node node) {
    return new Shelves.Shape() {
      @Override
      public double width() {
        return cell.width;
      }

      @Override
      public double height() {
        return cell.height;
      }

      @Override
      public void draw(StringBuilder svg, double x, double y) {
        drawCell(svg, node, x, y);
      }
    };
  }

  private void drawCell(StringBuilder svg, Node node, double x, double y) {
    var parts = occupancy.of(node.name());
    svg.append("<g><title>").append(text(title(node, parts))).append("</title>");
    rect(svg, node.healthy() ? "cell free" : "cell down", x, y, cell.width, cell.height, "");
    int used = parts.stream().mapToInt(Occupancy.Part::slots).sum();
    boolean full = parts.size() == 1 && used >= node.gpus();
    fill(
        svg,
        node,
        parts,
        x,
        full ? y : y + cell.height * 0.8,
        full ? cell.height : cell.height * 0.2);
    if (cell.named) {
      svg.append(
          "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>"
              .formatted(
                  full ? "host on" : "host",
                  pixels(x + 6),
                  pixels(y + 14),
                  Words.fitted(node.name(), cell.width - 10)));
      svg.append(
          "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>"
              .formatted(
                  full ? "what on" : "what",
                  pixels(x + 6),
                  pixels(y + 25.5),
                  parts.isEmpty()
                      ? node.gpus() + " GPUs"
                      : "stage "
                          + parts.stream()
                              .map(Occupancy.Part::stages)
                              .collect(Collectors.joining(", "))));
    }
    if (node.nics().stream().anyMatch(nic -> !nic.healthy())) {
      double size = Math.min(9, cell.height * 0.6);
      svg.append(
          "<path class=\"broken\" d=\"M%s %sl%s 0l0 %sz\"/>"
              .formatted(pixels(x + cell.width - size), pixels(y), pixels(size), pixels(size)));
    }
    svg.append("</g>");
  }

  /** The colours of the jobs side by side, as wide as their GPUs. */
  private void fill(
      StringBuilder svg, Node node, List<Occupancy.Part> parts, double x, double y, double height) {
    double from = x;
    for (var part : parts) {
      double width = cell.width * part.slots() / Math.max(1, node.gpus());
      width = Math.min(width, x + cell.width - from);
      rect(svg, "cell " + Occupancy.hue(part.job()), from, y, width, height, "");
      from += width;
    }
  }

  private static String title(Node node, List<Occupancy.Part> parts) {
    var lines = new ArrayList<String>();
    lines.add("%s: %d GPUs %s".formatted(node.name(), node.gpus(), node.gpuModel()).strip());
    for (var nic : node.nics()) {
      lines.add(
          "%s %s %s %s Gb/s%s"
              .formatted(
                  nic.name(),
                  nic.kind(),
                  nic.fabricId(),
                  pixels(nic.gbps()),
                  nic.healthy() ? "" : " DOWN"));
    }
    for (var part : parts) {
      lines.add("%s: %d ranks of stage %s".formatted(part.name(), part.slots(), part.stages()));
    }
    return String.join("\n", lines);
  }

  /** Shelves in a frame with a heading. */
  private static Shelves.Shape framed(String kind, String head, List<Shelves.Shelf> shelves) {
    double inner = shelves.stream().mapToDouble(Shelves.Shelf::width).max().orElse(0);
    double height =
        shelves.stream().mapToDouble(shelf -> shelf.height() + shelf.gap()).sum()
            - (shelves.isEmpty() ? 0 : shelves.get(0).gap());
    // A heading is no part of the layout, but should not stick out.
    double least = kind.startsWith("region") ? 210 : 60;
    double top = head.isEmpty() ? PAD : HEAD + 4;
    return new Shelves.Shape() {
      @Override
      public double width() {
        return Math.max(inner, least) + 2 * PAD;
      }

      @Override
      public double height() {
        return top + height + PAD;
      }

      @Override
      public void draw(StringBuilder svg, double x, double y) {
        rect(svg, kind, x, y, width(), height(), "6");
        if (!head.isEmpty()) {
          svg.append(
              "<text class=\"head\" x=\"%s\" y=\"%s\">%s</text>"
                  .formatted(pixels(x + PAD), pixels(y + 16), head));
        }
        Shelves.draw(svg, shelves, x + PAD, y + top);
      }
    };
  }

  private static void rect(
      StringBuilder svg, String kind, double x, double y, double width, double height, String rx) {
    svg.append(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"%s/>"
            .formatted(
                kind,
                pixels(x),
                pixels(y),
                pixels(width),
                pixels(height),
                rx.isEmpty() ? "" : " rx=\"" + rx + "\""));
  }
}
