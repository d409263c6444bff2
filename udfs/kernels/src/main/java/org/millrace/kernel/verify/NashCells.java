package org.millrace.kernel.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The set of pure Nash equilibria of a 2x2 game, written [("A2","B2")], or [] for none; order and
 * quotes don't matter. The text's last list is its answer.
 */
public final class NashCells implements Verifier {

  private static final long serialVersionUID = 1L;
  private static final String NAME = "\\s*+[\"']?([A-Za-z0-9_]{1,20})[\"']?\\s*+";
  private static final Pattern CELL = Pattern.compile("\\(" + NAME + "," + NAME + "\\)");
  private static final Pattern LIST =
      Pattern.compile("(?:\\s*+" + CELL.pattern() + "\\s*+(?:,|$))*+\\s*+");

  private static final int LONGEST = 1000;

  /** A game's cell: the row and column player's choices, 0 or 1 each. */
  public record Cell(int row, int column) {}

  @Override
  public Judgement judge(String prompt, String target, String text) {
    var wanted = cells(Texts.required(target, "target"));
    if (wanted == null) {
      throw new IllegalArgumentException(
          "the target is no list of cells such as [(\"A2\",\"B2\")]");
    }
    if (Texts.missing(text)) {
      return Judgement.MISSING;
    }
    var found = cells(text);
    return found == null ? Judgement.UNPARSED : Judgement.of(found, found.equals(wanted));
  }

  /** The last list in canonical form: sorted, without repeats; null if there is none. */
  private static String cells(String text) {
    int close = text.lastIndexOf(']');
    int open = close < 0 ? -1 : text.lastIndexOf('[', close);
    if (open < 0) {
      return null;
    }
    var inside = text.substring(open + 1, close);
    if (inside.length() > LONGEST || !LIST.matcher(inside).matches()) {
      return null;
    }
    var cells = new TreeSet<String>();
    var matcher = CELL.matcher(inside);
    while (matcher.find()) {
      cells.add("(" + matcher.group(1) + "," + matcher.group(2) + ")");
    }
    return cells.toString().replace(" ", "");
  }

  /**
   * The pure equilibria of a game: cells from which no player gains by leaving alone.
   *
   * @param payoffs [row][column][player], player 0 choosing the row
   */
  public static List<Cell> pure(int[][][] payoffs) {
    var cells = new ArrayList<Cell>();
    for (int row = 0; row < 2; row++) {
      for (int column = 0; column < 2; column++) {
        if (payoffs[row][column][0] >= payoffs[1 - row][column][0]
            && payoffs[row][column][1] >= payoffs[row][1 - column][1]) {
          cells.add(new Cell(row, column));
        }
      }
    }
    return cells;
  }

  @Override
  public String name() {
    return "nash";
  }

  @Override
  public String version() {
    return "1";
  }
}
