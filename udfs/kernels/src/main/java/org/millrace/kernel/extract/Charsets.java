package org.millrace.kernel.extract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Finds out in which charset a page is written. In this order: a byte order mark; what HTTP
 * declares, what a {@code <meta>} or the XML declaration declares, if all bytes are well-formed in
 * it; UTF-8 if they are in that; a declared multi-byte charset or UTF-8 with hardly any malformed
 * byte; what Mozilla's detector takes it for; what is declared, or else UTF-8, each malformed place
 * a U+FFFD.
 *
 * <p>A declared charset other than UTF-8 yields to well-formed UTF-8 with characters beyond ASCII:
 * almost any bytes are well-formed in GB 18030 or windows-1252, text of another charset almost
 * never in UTF-8, and servers declare defaults. Declared names mean what the WHATWG Encoding
 * Standard says.
 */
public final class Charsets {

  /**
   * A decoded page.
   *
   * @param text without a byte order mark
   * @param charset Java's canonical name of the charset it was decoded from
   */
  public record Decoded(String text, String charset) {}

  /** A declaration is looked for in so many first bytes. */
  private static final int HEAD = 4096;

  /** Of so many characters beyond ASCII one may be malformed in a charset that is nearly right. */
  private static final int NEARLY = 50;

  /** The detector reads so many bytes at most. */
  private static final int DETECTED = 1 << 18;

  private static final char MALFORMED = '\uFFFD';
  private static final Pattern META =
      Pattern.compile(
          "<(?:meta\\b[^>]{0,1000}?\\bcharset|\\?xml\\b[^>]{0,200}?\\bencoding)"
              + "\\s{0,10}=\\s{0,10}[\"']?\\s{0,10}([A-Za-z0-9_:.-]{1,40})",
          Pattern.CASE_INSENSITIVE);

  private Charsets() {}

  /**
   * Decodes a page, whatever its bytes are.
   *
   * @param bytes not null
   * @param declared charset of the HTTP header; null or unknown: as if there were none
   */
  public static Decoded decode(byte[] bytes, String declared) {
    requireNonNull(bytes, "bytes is null");
    var marked = marked(bytes);
    if (marked != null) {
      return marked;
    }
    var utf8 = strictly(bytes, 0, UTF_8);
    boolean ascii = utf8 != null && utf8.length() == bytes.length;
    var declarations = declarations(bytes, declared);
    if (utf8 == null || ascii) {
      for (var charset : declarations) {
        var text = strictly(bytes, 0, charset);
        if (text != null) {
          return new Decoded(text, charset.name());
        }
      }
    }
    return utf8 == null ? guessed(bytes, declarations) : new Decoded(utf8, UTF_8.name());
  }

  /** The charset that a declared name means; null if it means none. */
  public static Charset named(String label) {
    return Labels.charset(label);
  }

  private static Decoded marked(byte[] bytes) {
    if (begins(bytes, 0xEF, 0xBB, 0xBF)) {
      return leniently(bytes, 3, UTF_8);
    }
    if (begins(bytes, 0xFF, 0xFE)) {
      return leniently(bytes, 2, UTF_16LE);
    }
    return begins(bytes, 0xFE, 0xFF) ? leniently(bytes, 2, UTF_16BE) : null;
  }

  private static boolean begins(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** What the header and the page declare; UTF-16 only of bytes that have zeros among them. */
  private static List<Charset> declarations(byte[] bytes, String declared) {
    var head = new String(bytes, 0, Math.min(HEAD, bytes.length), ISO_8859_1);
    boolean wide = head.indexOf('\0') >= 0;
    var found = new ArrayList<Charset>();
    var http = named(declared);
    if (http != null && (wide || !wide(http))) {
      found.add(http);
    }
    var meta = META.matcher(head);
    var page = meta.find() ? named(meta.group(1)) : null;
    if (page != null) {
      found.add(wide(page) ? UTF_8 : page);
    }
    return found;
  }

  private static boolean wide(Charset charset) {
    return charset.equals(UTF_16LE) || charset.equals(UTF_16BE);
  }

  private static Decoded guessed(byte[] bytes, List<Charset> declarations) {
    var likely = new ArrayList<>(declarations);
    likely.add(UTF_8);
    for (var charset : likely) {
      var decoded = leniently(bytes, 0, charset);
      if (decoded.text().length() < bytes.length && nearlyRight(decoded.text())) {
        return decoded;
      }
    }
    var detected = detected(bytes);
    return leniently(bytes, 0, detected == null ? likely.get(0) : detected);
  }

  private static boolean nearlyRight(String text) {
    long malformed = text.chars().filter(c -> c == MALFORMED).count();
    long beyondAscii = text.chars().filter(c -> c > 0x7F).count();
    return malformed * NEARLY <= beyondAscii;
  }

  private static Charset detected(byte[] bytes) {
    var detector = new UniversalDetector();
    detector.handleData(bytes, 0, Math.min(DETECTED, bytes.length));
    detector.dataEnd();
    return named(detector.getDetectedCharset());
  }

  private static Decoded leniently(byte[] bytes, int from, Charset charset) {
    return new Decoded(new String(bytes, from, bytes.length - from, charset), charset.name());
  }

  /** The text, or null if a byte is malformed. */
  private static String strictly(byte[] bytes, int from, Charset charset) {
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
