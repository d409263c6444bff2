package org.millrace.kernel.verify;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A completed Sudoku of 4, 9 or 16 rows: the givens unchanged, every row, column and box a
 * permutation. Any valid completion is right, even if the puzzle has several. 0, a dot or an
 * underscore is an empty cell; all else between cells is ignored. Cells of 16 rows are numbers set
 * apart by anything.
 */
public final class Sudoku implements Verifier {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 20_000;
  private static final Pattern GRID_LINE = Pattern.compile("[-0-9._|+,;:\\s\\[\\]]*");
  private static final Pattern TOKEN = Pattern.compile("[0-9]{1,2}+|[._]");
  private static final Pattern CELL = Pattern.compile("[0-9._]");

  @Override
  public Judgement judge(String prompt, String target, String text) {
    var givens = cells(Texts.required(prompt, "puzzle"));
    if (givens == null) {
      throw new IllegalArgumentException("the puzzle is no grid of 4, 9 or 16 rows");
    }
    if (Texts.missing(text)) {
      return Judgement.MISSING;
    }
    var cells = text.length() > LONGEST ? null : cells(text);
    if (cells == null || cells.length != givens.length) {
      return Judgement.UNPARSED;
    }
    return Judgement.of(canonical(cells), solves(givens, cells));
  }

  private static boolean solves(int[] givens, int[] cells) {
    for (int i = 0; i < cells.length; i++) {
      if (givens[i] != 0 && givens[i] != cells[i]) {
        return false;
      }
    }
    int rows = (int) Math.sqrt(cells.length);
    int box = (int) Math.sqrt(rows);
    for (int group = 0; group < rows; group++) {
      var row = new BitSet();
      var column = new BitSet();
      var square = new BitSet();
      for (int i = 0; i < rows; i++) {
        row.set(cells[group * rows + i]);
        column.set(cells[i * rows + group]);
        int top = group / box * box;
        int left = group % box * box;
        square.set(cells[(top + i / box) * rows + left + i % box]);
      }
      if (!all(row, rows) || !all(column, rows) || !all(square, rows)) {
        return false;
      }
    }
    return true;
  }

  private static boolean all(BitSet seen, int rows) {
    return seen.nextClearBit(1) == rows + 1 && !seen.get(0) && seen.length() == rows + 1;
  }

  /** The cells by row, 0 for an empty one; null if the text is no grid. */
  private static int[] cells(String text) {
    var grid = new StringBuilder();
    text.lines()
        .filter(line -> GRID_LINE.matcher(line).matches())
        .forEach(line -> grid.append(line).append('\n'));
    for (var pattern : List.of(CELL, TOKEN)) {
      var cells = new ArrayList<Integer>();
      var matcher = pattern.matcher(grid);
      while (matcher.find()) {
        var cell = matcher.group();
        cells.add(Texts.digit(cell.charAt(0)) ? Integer.parseInt(cell) : 0);
      }
      int n = cells.size();
      if (pattern == CELL ? n == 16 || n == 81 : n == 16 || n == 81 || n == 256) {
        return cells.stream().mapToInt(Integer::intValue).toArray();
      }
    }
    return null;
  }

  private static String canonical(int[] cells) {
    var text = new StringBuilder();
    for (int cell : cells) {
      text.append(text.isEmpty() || cells.length < 256 ? "" : " ").append(cell);
    }
    return text.toString();
  }

  @Override
  public String name() {
    return "sudoku";
  }

  @Override
  public String version() {
    return "1";
  }
}
