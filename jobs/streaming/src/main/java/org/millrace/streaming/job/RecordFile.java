package org.millrace.streaming.job;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import org.millrace.command.UserError;
import org.millrace.command.Utf8;

/**
 * A file of records, opened: its header is read, then a record at a time. What it throws names the
 * file: a {@link UserError} where no other try will do better, an {@link IOException} where one
 * may.
 */
final class RecordFile<T> implements AutoCloseable {

  private final String path;
  private final Lines lines;

  /** Null: the file has not even a header. */
  private Decoder<T> decoder;

  private RecordFile(String path) throws IOException {
    this.path = path;
    this.lines = new Lines(Paths.open(path));
  }

  /**
   * Opens a file and reads its header, if the format has one.
   *
   * @throws UserError if the header can't be used
   */
  static <T> RecordFile<T> open(String path, Format<T> format) throws IOException {
    var file = new RecordFile<T>(path);
    try {
      if (format.header() == Format.Header.NONE) {
        file.decoder = format.decoder(path, null);
      } else if (file.advance()) {
        file.decoder = format.decoder(path, file.header());
      }
      return file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private String header() {
    if (lines.cut()) {
      throw new UserError("%s: its header is over %d bytes long", path, Lines.LONGEST);
    }
    try {
      var header = Utf8.text(lines.bytes(), lines.length());
      if (header.indexOf('\0') >= 0) {
        throw utf16();
      }
      return header;
    } catch (CharacterCodingException e) {
      throw new UserError(
          "%s: its header is not UTF-8; convert the file, iconv -f ENCODING -t UTF-8", path);
    }
  }

  private UserError utf16() {
    return new UserError("%s: UTF-16, not UTF-8; convert the file, iconv -f UTF-16 -t UTF-8", path);
  }

  /** Whether there is a header, or none is needed. */
  boolean hasHeader() {
    return decoder != null;
  }

  /** Goes on until a line was read; false if the file ends before. */
  boolean skipTo(long line) throws IOException {
    while (lines.number() < line) {
      if (!advance()) {
        return false;
      }
    }
    return true;
  }

  /** Goes to the next line that is not blank; false at the end. */
  boolean advanceToRecord() throws IOException {
    while (decoder != null && advance()) {
      if (!lines.blank()) {
        return true;
      }
    }
    return false;
  }

  /** Decodes the next record; false at the end. */
  boolean next(Rejects.Collecting<T> found) throws IOException {
    if (!advanceToRecord()) {
      return false;
    }
    if (lines.cut()) {
      found.begin(path, lines.number());
      found.rejected(
          "line too long: over " + Lines.LONGEST + " bytes", lines.bytes(), lines.length());
    } else {
      Rejects.decode(decoder, path, lines.number(), lines.bytes(), lines.length(), found);
    }
    return true;
  }

  private boolean advance() throws IOException {
    boolean any;
    try {
      any = lines.advance();
    } catch (IOException e) {
      throw Paths.failure(path, e);
    }
    if (any && lines.number() == 1 && lines.startsWithUtf16Mark()) {
      throw utf16();
    }
    return any;
  }

  /** Number of the line that was read last, from 1; 0 before the first. */
  long line() {
    return lines.number();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
