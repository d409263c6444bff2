package org.millrace.streaming.anomaly.evaluate.report;

import static org.millrace.streaming.anomaly.evaluate.report.Outline.number;
import static org.millrace.streaming.page.Html.text;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.millrace.streaming.anomaly.evaluate.Episode;
import org.millrace.streaming.anomaly.evaluate.LabelledDevice;
import org.millrace.streaming.anomaly.evaluate.Window;
import org.millrace.streaming.page.Html;

/**
 * A variable of a device as a drawing: its values, the labels behind them, the episodes before
 * them. Rows are evenly spaced whatever their times are.
 *
 * @param probation first rows that do not count
 * @param tolerance milliseconds that an opening may lie outside its event
 */
record Panel(LabelledDevice device, String variable, int probation, long tolerance) {

  private static final int BUCKETS = 640;
  private static final double LEAST_WIDTH = 2;
  private static final int MARK = 5;
  private static final long DAYS = 86_400_000;
  private static final DateTimeFormatter SECONDS = format("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter MINUTES = format("MM-dd HH:mm");
  private static final DateTimeFormatter DATES = format("yyyy-MM-dd");

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /** What an episode's opening is worth. */
  private enum Worth {
    RIGHT("in a labelled event"),
    FALSE("no label near: false"),
    EARLY("in the probation: not counted");

    private final String words;

    Worth(String words) {
      this.words = words;
    }
  }

  /** An SVG element. */
  String svg() {
    var values = device.variables().get(variable);
    var frame = Frame.of(values);
    var svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
            .formatted(Frame.WIDTH, Frame.HEIGHT, text(variable + " of " + device.name())));
    if (probation > 0) {
      svg.append(box("probation", frame, new Window(0, probation - 1), "probation: not counted"));
    }
    for (var event : device.events()) {
      device.rowsOf(event).ifPresent(rows -> svg.append(label(frame, event, rows)));
    }
    axes(svg, frame);
    svg.append("<path class=\"line\" d=\"")
        .append(Outline.path(values, frame, BUCKETS))
        .append("\"/>");
    device.episodes().forEach(episode -> svg.append(mark(frame, episode)));
    return svg.append("</svg>").toString();
  }

  private String label(Frame frame, Window event, Window rows) {
    boolean hit =
        device.episodes().stream()
            .filter(episode -> episode.first() >= probation)
            .anyMatch(episode -> event.covers(openedAt(episode), tolerance));
    var title =
        "%s: %s to %s"
            .formatted(hit ? "found" : "missed", seconds(event.first()), seconds(event.last()));
    return box(hit ? "window found" : "window missed", frame, rows, title);
  }

  private static String box(String kind, Frame frame, Window rows, String title) {
    double from = frame.x(rows.first() - .5);
    double width = Math.max(LEAST_WIDTH, frame.x(rows.last() + .5) - from);
    return "<rect class=\"%s\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"><title>%s</title></rect>"
        .formatted(
            kind, number(from), Frame.TOP, number(width), Frame.BOTTOM - Frame.TOP, text(title));
  }

  private String mark(Frame frame, Episode episode) {
    var worth = worth(episode);
    double x = frame.x(episode.first());
    double end = Math.max(x + LEAST_WIDTH, frame.x(episode.last()));
    var kind = worth.name().toLowerCase(Locale.ROOT);
    boolean own = episode.variables().contains(variable);
    var title =
        "%s, %s\nopened %s, last reported %s\n%s"
            .formatted(
                episode.severity(),
                worth.words,
                seconds(openedAt(episode)),
                seconds(device.times()[episode.last()]),
                episode.variables().stream().sorted().collect(Collectors.joining(", ")));
    return ("<g class=\"episode %s%s\"><title>%s</title><path class=\"stem\" d=\"M%s %dV%d\"/>"
            + "<path class=\"bar\" d=\"M%s %dH%s\"/><path class=\"mark\" d=\"%s\"/></g>")
        .formatted(
            kind,
            own ? "" : " other",
            text(title),
            number(x),
            Frame.TOP,
            Frame.BOTTOM,
            number(x),
            Frame.BOTTOM,
            number(end),
            shape(worth, x));
  }

  /** A cross for what is wrong, else a triangle that points to the row. */
  private static String shape(Worth worth, double x) {
    int middle = Frame.TOP - MARK - 1;
    var left = number(x - MARK);
    var right = number(x + MARK);
    int top = middle - MARK;
    int bottom = middle + MARK;
    return worth == Worth.FALSE
        ? "M%s %dL%s %dM%s %dL%s %d".formatted(left, top, right, bottom, left, bottom, right, top)
        : "M%s %dH%sL%s %dZ".formatted(left, top, right, number(x), bottom);
  }

  private Worth worth(Episode episode) {
    if (episode.first() < probation) {
      return Worth.EARLY;
    }
    long at = openedAt(episode);
    return device.events().stream().anyMatch(event -> event.covers(at, tolerance))
        ? Worth.RIGHT
        : Worth.FALSE;
  }

  private long openedAt(Episode episode) {
    return device.times()[episode.first()];
  }

  private void axes(StringBuilder svg, Frame frame) {
    svg.append(
        "<path class=\"axis\" d=\"M%d %dH%d\"/>".formatted(Frame.LEFT, Frame.BOTTOM, Frame.RIGHT));
    label(svg, "y", Frame.LEFT - 6, frame.y(frame.high()) + 4, Html.axis(frame.high()));
    if (frame.high() > frame.low()) {
      label(svg, "y", Frame.LEFT - 6, frame.y(frame.low()) + 4, Html.axis(frame.low()));
    }
    int last = device.rows() - 1;
    if (last < 0) {
      return;
    }
    boolean dates = device.times()[last] - device.times()[0] > 4 * DAYS;
    for (int quarter = 0; quarter <= 4; quarter++) {
      int row = (int) ((long) last * quarter / 4);
      var place = quarter == 0 ? "first" : quarter == 4 ? "last" : "middle";
      var time = Instant.ofEpochMilli(device.times()[row]);
      label(svg, place, frame.x(row), Frame.HEIGHT - 6, (dates ? DATES : MINUTES).format(time));
    }
  }

  private static void label(StringBuilder svg, String kind, double x, double y, String text) {
    svg.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>"
            .formatted(kind, number(x), number(y), text(text)));
  }

  private static String seconds(long millis) {
    return SECONDS.format(Instant.ofEpochMilli(millis));
  }
}
