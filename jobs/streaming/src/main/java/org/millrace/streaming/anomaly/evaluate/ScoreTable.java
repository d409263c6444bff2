package org.millrace.streaming.anomaly.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.millrace.streaming.anomaly.evaluate.Scores.Scope;

/** {@link Scores} as text for a terminal, and as comma-separated values. */
public final class ScoreTable {

  /** What stands for a score that there is not. */
  private static final String NOTHING = "-";

  private static final String HEADER =
      "scope,name,rows,nab_standard,nab_low_fp,nab_low_fn,"
          + "events,hit,opens,false_opens,precision,recall,f1";

  private ScoreTable() {}

  /** All and the categories, in columns; ends with a line end. */
  public static String text(Scores scores) {
    boolean nab = scores.lines().stream().anyMatch(line -> !line.nab().isEmpty());
    var table = new ArrayList<List<String>>();
    var header = new ArrayList<>(List.of("", "rows"));
    if (nab) {
      header.addAll(List.of("NAB standard", "low FP", "low FN"));
    }
    header.addAll(List.of(nab ? "windows" : "events", "hit", "opens", "false"));
    header.addAll(List.of("precision", "recall", "F1"));
    table.add(header);
    for (var line : scores.lines()) {
      if (line.scope() != Scope.DEVICE) {
        table.add(cells(line, nab));
      }
    }
    return columns(table);
  }

  private static List<String> cells(Scores.Line line, boolean nab) {
    var cells = new ArrayList<>(List.of(line.name(), String.valueOf(line.rows())));
    if (nab) {
      for (var profile : NabProfile.values()) {
        var score = line.nab().get(profile);
        cells.add(score == null ? NOTHING : decimals(score, 1));
      }
    }
    var events = line.events();
    for (int count : new int[] {events.events(), events.hits(), events.opens()}) {
      cells.add(String.valueOf(count));
    }
    cells.add(String.valueOf(events.falseOpens()));
    for (double share : new double[] {events.precision(), events.recall(), events.f1()}) {
      cells.add(decimals(share, 2));
    }
    return cells;
  }

  /** The first column to the left, the others to the right. */
  private static String columns(List<List<String>> table) {
    var widths = new int[table.get(0).size()];
    for (var row : table) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    var text = new StringBuilder();
    for (var row : table) {
      text.append(row.get(0)).append(" ".repeat(widths[0] - row.get(0).length()));
      for (int column = 1; column < widths.length; column++) {
        text.append("  ").append(" ".repeat(widths[column] - row.get(column).length()));
        text.append(row.get(column));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** All lines after a header; what is not scored is empty. */
  public static String csv(Scores scores) {
    return scores.lines().stream()
        .map(ScoreTable::csv)
        .collect(Collectors.joining("\n", HEADER + "\n", "\n"));
  }

  private static String csv(Scores.Line line) {
    var cells = new ArrayList<String>();
    cells.add(line.scope().name().toLowerCase(Locale.ROOT));
    cells.add('"' + line.name().replace("\"", "\"\"") + '"');
    cells.add(String.valueOf(line.rows()));
    for (var profile : NabProfile.values()) {
      var score = line.nab().get(profile);
      cells.add(score == null ? "" : decimals(score, 4));
    }
    var events = line.events();
    cells.add(String.valueOf(events.events()));
    cells.add(String.valueOf(events.hits()));
    cells.add(String.valueOf(events.opens()));
    cells.add(String.valueOf(events.falseOpens()));
    cells.add(decimals(events.precision(), 4));
    cells.add(decimals(events.recall(), 4));
    cells.add(decimals(events.f1(), 4));
    return String.join(",", cells);
  }

  private static String decimals(double number, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }
}
