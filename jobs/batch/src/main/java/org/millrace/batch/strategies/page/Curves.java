package org.millrace.batch.strategies.page;

import static org.millrace.batch.page.Html.number;
import static org.millrace.batch.page.Html.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.millrace.batch.strategies.trial.Contest.Measured;

/** Accuracy against the size of the sample, a line a method and predictor. */
final class Curves {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 320;
  private static final int LEFT = 52;
  private static final int RIGHT = 170;
  private static final int TOP = 12;
  private static final int BOTTOM = 40;
  private static final int COLOURS = 8;
  private static final double TICK = .1;

  private final double leastSize;
  private final double mostSize;
  private final double floor;
  private final double ceiling;

  private Curves(List<Measured> measured) {
    leastSize = measured.stream().mapToDouble(Measured::size).min().orElse(1);
    mostSize =
        Math.max(leastSize + 1, measured.stream().mapToDouble(Measured::size).max().orElse(2));
    double least = measured.stream().mapToDouble(m -> m.accuracy().jaccard()).min().orElse(0);
    double most = measured.stream().mapToDouble(m -> m.accuracy().jaccard()).max().orElse(1);
    floor = Math.floor(least / TICK) * TICK;
    ceiling = Math.min(1, Math.max(floor + TICK, Math.ceil(most / TICK) * TICK));
  }

  static String svg(List<Measured> measured) {
    return new Curves(measured).draw(measured);
  }

  private String draw(List<Measured> measured) {
    var lines = new LinkedHashMap<String, TreeMap<Integer, Double>>();
    for (var each : measured) {
      // All of the data is the end of every line of its predictor.
      if (each.share() < 1) {
        line(lines, each).put(each.size(), each.accuracy().jaccard());
      }
    }
    for (var each : measured) {
      if (each.share() == 1) {
        lines.forEach(
            (name, line) -> {
              if (name.endsWith(", " + each.model())) {
                line.put(each.size(), each.accuracy().jaccard());
              }
            });
      }
    }
    var svg = new StringBuilder();
    svg.append(
        "<figure><svg viewBox=\"0 0 %d %d\" class=\"lines\" role=\"img\" aria-label=\"accuracy against sample size\">"
            .formatted(WIDTH, HEIGHT));
    grid(svg, measured);
    int colour = 0;
    double labelled = Double.NEGATIVE_INFINITY;
    for (var line : lines.entrySet()) {
      draw(svg, line.getKey(), line.getValue(), colour++ % COLOURS);
    }
    labels(svg, lines, labelled);
    return svg.append(
            "</svg><figcaption>Jaccard accuracy in % against instances in the sample</figcaption></figure>")
        .toString();
  }

  private static TreeMap<Integer, Double> line(
      LinkedHashMap<String, TreeMap<Integer, Double>> lines, Measured each) {
    return lines.computeIfAbsent(
        StrategiesPage.name(each) + ", " + each.model(), name -> new TreeMap<>());
  }

  private void grid(StringBuilder svg, List<Measured> measured) {
    for (double tick = floor; tick <= ceiling + TICK / 2; tick += TICK) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text class=\"tick\" x=\"%d\" y=\"%.1f\">%.0f</text>",
              LEFT,
              WIDTH - RIGHT,
              y(tick),
              y(tick),
              LEFT - 8,
              y(tick) + 4,
              100 * tick));
    }
    measured.stream()
        .mapToInt(Measured::size)
        .distinct()
        .sorted()
        .forEach(
            size ->
                svg.append(
                    String.format(
                        Locale.ROOT,
                        "<text class=\"tick mid\" x=\"%.1f\" y=\"%d\">%s</text>",
                        x(size),
                        HEIGHT - BOTTOM + 20,
                        number(size))));
  }

  private void draw(StringBuilder svg, String name, TreeMap<Integer, Double> line, int colour) {
    var points = new StringBuilder();
    line.forEach(
        (size, value) ->
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(size), y(value))));
    svg.append(
        "<polyline class=\"l%d\" points=\"%s\"/>".formatted(colour, points.toString().strip()));
    line.forEach(
        (size, value) ->
            svg.append(
                String.format(
                    Locale.ROOT,
                    "<circle class=\"c%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>%s: %,d instances, %.1f %%</title></circle>",
                    colour,
                    x(size),
                    y(value),
                    text(name),
                    size,
                    100 * value)));
  }

  /** Names to the right, from the top in the order in which the lines end, none over another. */
  private void labels(
      StringBuilder svg, LinkedHashMap<String, TreeMap<Integer, Double>> lines, double from) {
    var names = List.copyOf(lines.keySet());
    double next = from;
    var order =
        names.stream()
            .sorted((a, b) -> Double.compare(beforeLast(lines.get(b)), beforeLast(lines.get(a))))
            .toList();
    for (var name : order) {
      double at = Math.max(y(lines.get(name).lastEntry().getValue()), next + 16);
      next = at;
      svg.append(
          String.format(
              Locale.ROOT,
              "<text class=\"label t%d\" x=\"%d\" y=\"%.1f\">%s</text>",
              names.indexOf(name) % COLOURS,
              WIDTH - RIGHT + 12,
              at + 4,
              text(name)));
    }
  }

  private static double beforeLast(TreeMap<Integer, Double> line) {
    return line.firstEntry().getValue();
  }

  private double x(double size) {
    return LEFT
        + Math.log(size / leastSize) / Math.log(mostSize / leastSize) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return TOP + (ceiling - value) / (ceiling - floor) * (HEIGHT - TOP - BOTTOM);
  }
}
