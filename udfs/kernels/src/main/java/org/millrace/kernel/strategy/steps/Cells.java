package org.millrace.kernel.strategy.steps;

import java.util.ArrayList;
import java.util.List;

/** Cuts a line at its tabs. */
final class Cells {

  private static final char TAB = '\t';
  private static final char QUOTE = '"';

  private Cells() {}

  /**
   * The cells of a line, without the quotes around a cell and the spaces around it. Step names may
   * begin with a quote that nothing closes: quotes hold a cell's tabs together only where that
   * gives the wanted number of cells.
   */
  static List<String> of(String line, int wanted) {
    var cells = split(line, false);
    if (cells.size() > wanted && line.indexOf(QUOTE) >= 0) {
      var quoted = split(line, true);
      cells = quoted.size() == wanted ? quoted : cells;
    }
    cells.replaceAll(Cells::plain);
    return cells;
  }

  private static List<String> split(String line, boolean quotes) {
    var cells = new ArrayList<String>();
    int from = 0;
    while (from <= line.length()) {
      int to =
          quotes && from < line.length() && line.charAt(from) == QUOTE ? close(line, from) : -1;
      if (to < 0) {
        to = line.indexOf(TAB, from);
      }
      if (to < 0) {
        to = line.length();
      }
      cells.add(line.substring(from, to));
      from = to + 1;
    }
    return cells;
  }

  /** The place after the quote that closes a cell, if a tab or the end is there; else -1. */
  private static int close(String line, int open) {
    int at = line.indexOf(QUOTE, open + 1);
    while (at >= 0) {
      boolean doubled = at + 1 < line.length() && line.charAt(at + 1) == QUOTE;
      if (!doubled && (at + 1 == line.length() || line.charAt(at + 1) == TAB)) {
        return at + 1;
      }
      at = line.indexOf(QUOTE, at + (doubled ? 2 : 1));
    }
    return -1;
  }

  private static String plain(String cell) {
    var stripped = cell.strip();
    int last = stripped.length() - 1;
    if (last < 1 || stripped.charAt(0) != QUOTE || stripped.charAt(last) != QUOTE) {
      return stripped;
    }
    return stripped.substring(1, last).replace("\"\"", "\"").strip();
  }
}
