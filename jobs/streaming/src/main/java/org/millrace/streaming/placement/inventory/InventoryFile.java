package org.millrace.streaming.placement.inventory;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.millrace.command.UserError;

/** The text of an inventory on disk, as it is or compressed by gzip. */
public final class InventoryFile {

  /** A longer one is taken for a mistake: 256 MB, some million ports. */
  static final int LONGEST = 256_000_000;

  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private InventoryFile() {}

  /**
   * Reads a file as UTF-8; what is not UTF-8 becomes U+FFFD, since descriptions of devices may hold
   * anything.
   *
   * @throws UserError if it can't be read, is cut off or too long
   */
  public static String read(Path path) {
    return text(bytes(path));
  }

  /** Bytes as text, in the same way. */
  public static String text(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /**
   * Reads a file as it is, but for the compression.
   *
   * @throws UserError if it can't be read, is cut off or too long
   */
  public static byte[] bytes(Path path) {
    try (var in = new BufferedInputStream(Files.newInputStream(path))) {
      var bytes = plain(in).readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new UserError("%s: more than %,d bytes; is it an inventory?", path, LONGEST);
      }
      return bytes;
    } catch (IOException e) {
      throw new UserError(
          "%s: can't be read (%s); give the path of a readable file",
          path, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
  }

  private static InputStream plain(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
    in.reset();
    return gzip ? new GZIPInputStream(in) : in;
  }
}
