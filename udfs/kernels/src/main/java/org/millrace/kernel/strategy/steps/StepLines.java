package org.millrace.kernel.strategy.steps;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the lines after a step log's header. A cell that is empty or a lone full stop is missing;
 * several skills are joined by {@code ~~}. A line that can't be read is rejected with its reason,
 * never guessed at: wrong number of cells, bytes of another encoding, no student or problem, an
 * outcome or a number that is none. Thread-safe.
 */
public final class StepLines implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int QUOTED = 40;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm[:ss][.SSSSSS][.SSS][.SS][.S]");

  private final StepColumns columns;
  private final String charset;

  private StepLines(StepColumns columns, String charset) {
    this.columns = columns;
    this.charset = charset;
  }

  /**
   * Lines under a header.
   *
   * @param columns of the header
   * @param charset of the file, UTF-8 unless known otherwise
   */
  public static StepLines of(StepColumns columns, Charset charset) {
    return new StepLines(requireNonNull(columns, "columns is null"), charset.name());
  }

  /**
   * Reads a line.
   *
   * @param line its bytes; a carriage return at the end is no part of it
   * @param number in the file, from 1, the header's
   * @return a step or why it is none
   */
  public StepRow parse(byte[] line, long number) {
    requireNonNull(line, "line is null");
    try {
      var text =
          Charset.forName(charset)
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(line))
              .toString();
      return parse(text, number);
    } catch (CharacterCodingException e) {
      return new Rejected(number, "the line is not in " + charset);
    }
  }

  /**
   * Reads a line that is decoded already.
   *
   * @param line not null
   * @param number in the file, from 1
   */
  public StepRow parse(String line, long number) {
    var text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    if (text.isBlank()) {
      return new Rejected(number, "the line is empty");
    }
    var cells = Cells.of(text, columns.count());
    if (cells.size() != columns.count()) {
      return new Rejected(
          number, "%d cells under a header of %d".formatted(cells.size(), columns.count()));
    }
    if (columns.isHeader(cells)) {
      return new Rejected(number, "the header once more");
    }
    try {
      return step(cells, number);
    } catch (BadCell e) {
      return new Rejected(number, e.getMessage());
    }
  }

  private Step step(List<String> cells, long number) throws BadCell {
    return new Step(
        number,
        order(cells, number),
        present(cells, columns.student(), "Anon Student Id"),
        value(cells, columns.hierarchy()),
        present(cells, columns.problem(), "Problem Name"),
        (int) whole(cells, columns.view(), "Problem View", 1, Integer.MAX_VALUE),
        value(cells, columns.step()),
        skills(value(cells, columns.skills())),
        outcome(value(cells, columns.outcome())));
  }

  private long order(List<String> cells, long number) throws BadCell {
    if (columns.row() != StepColumns.ABSENT) {
      return whole(cells, columns.row(), "Row", number, Long.MAX_VALUE);
    }
    var time = value(cells, columns.startTime());
    if (columns.startTime() == StepColumns.ABSENT) {
      return number;
    }
    if (time.isEmpty()) {
      return Long.MAX_VALUE;
    }
    try {
      return LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw new BadCell("Step Start Time is '%s', not like 2008-09-18 14:44:16.0", time);
    }
  }

  private static long whole(List<String> cells, int column, String name, long missing, long most)
      throws BadCell {
    var text = value(cells, column);
    if (text.isEmpty()) {
      return missing;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new BadCell(name + " is '%s', not a whole number", text);
  }

  private static String present(List<String> cells, int column, String name) throws BadCell {
    var text = value(cells, column);
    if (text.isEmpty()) {
      throw new BadCell(name + " is missing%s", "");
    }
    return text;
  }

  private static String value(List<String> cells, int column) {
    var text = column == StepColumns.ABSENT ? "" : cells.get(column);
    return text.equals(".") ? "" : text;
  }

  private static List<String> skills(String cell) {
    var skills = new ArrayList<String>();
    int from = 0;
    while (from <= cell.length()) {
      int to = cell.indexOf("~~", from);
      to = to < 0 ? cell.length() : to;
      var skill = cell.substring(from, to).strip();
      if (!skill.isEmpty() && !skill.equals(".")) {
        skills.add(skill);
      }
      from = to + 2;
    }
    return skills;
  }

  private Outcome outcome(String text) throws BadCell {
    if (text.isEmpty()) {
      return Outcome.UNKNOWN;
    }
    if (columns.outcomeIsNumber()) {
      switch (text) {
        case "0":
          return Outcome.INCORRECT;
        case "1":
          return Outcome.CORRECT;
        default:
          throw new BadCell(columns.outcomeName() + " is '%s', not 0 or 1", text);
      }
    }
    switch (text.toLowerCase(Locale.ROOT)) {
      case "correct":
        return Outcome.CORRECT;
      case "incorrect", "hint":
        return Outcome.INCORRECT;
      default:
        throw new BadCell(columns.outcomeName() + " is '%s', not correct, incorrect or hint", text);
    }
  }

  /** A cell that can't be read. */
  private static final class BadCell extends Exception {
    private static final long serialVersionUID = 1;

    BadCell(String format, String cell) {
      super(
          format.formatted(cell.length() <= QUOTED ? cell : cell.substring(0, QUOTED) + "..."),
          null,
          false,
          false);
    }
  }
}
