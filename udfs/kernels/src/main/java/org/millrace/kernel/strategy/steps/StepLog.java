package org.millrace.kernel.strategy.steps;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.function.Consumer;

/**
 * Reads a whole step log, line by line in constant memory. An engine that has the lines already
 * uses {@link StepColumns} and {@link StepLines}.
 */
public final class StepLog {

  /** Bytes of a line at most; a longer one is rejected. */
  public static final int LONGEST_LINE = 1 << 20;

  private final BufferedInputStream in;
  private final Charset charset;
  private long number;
  private boolean tooLong;

  private StepLog(InputStream in, Charset charset) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.charset = charset;
  }

  /**
   * Reads a log to its end.
   *
   * @param in not closed
   * @param charset of the file, UTF-8 unless known otherwise
   * @param model of the skills as of {@link StepColumns#of}, or null
   * @param rows takes every line after the header but empty ones, in order
   * @return the columns it has
   * @throws IllegalArgumentException one line, if the header lacks a column or there is none
   * @throws IOException of the stream
   */
  public static StepColumns read(
      InputStream in, Charset charset, String model, Consumer<StepRow> rows) throws IOException {
    return new StepLog(in, charset).read(model, rows);
  }

  private StepColumns read(String model, Consumer<StepRow> rows) throws IOException {
    var first = line();
    if (first == null) {
      throw new IllegalArgumentException("the step log is empty: it wants a header line");
    }
    if (first.length > 1 && (first[0] & 0xFF) + (first[1] & 0xFF) == 0xFE + 0xFF) {
      throw new IllegalArgumentException("the step log is in UTF-16: convert it to UTF-8");
    }
    var header = new String(first, charset);
    var columns = StepColumns.of(header.strip(), model);
    var lines = StepLines.of(columns, charset);
    for (var line = line(); line != null; line = line()) {
      if (tooLong) {
        rows.accept(new Rejected(number, "the line is longer than " + LONGEST_LINE + " bytes"));
      } else if (!blank(line)) {
        rows.accept(lines.parse(line, number));
      }
    }
    return columns;
  }

  private static boolean blank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  /** The next line without its end; null after the last. */
  private byte[] line() throws IOException {
    int next = in.read();
    if (next < 0) {
      return null;
    }
    number++;
    tooLong = false;
    var line = new ByteArrayOutputStream(256);
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() < LONGEST_LINE) {
        line.write(next);
      } else {
        tooLong = true;
      }
    }
    return line.toByteArray();
  }
}
