package org.millrace.kernel.tokens;

import ai.djl.sentencepiece.jni.LibUtils;
import ai.djl.sentencepiece.jni.SentencePieceLibrary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.millrace.kernel.tokens.SentencePieceFile.Kind;
import org.millrace.kernel.tokens.SentencePieceFile.Piece;

/**
 * A SentencePiece model by its own native code. Decoding is done here, as the native one gives
 * characters beyond U+FFFF back broken; control tokens are spelled out, the unknown one is " ⁇ ".
 */
final class SentencePiece implements Tokenizer {

  private static final char SPACE = '\u2581';
  private static final String UNKNOWN = " \u2047 ";

  private final String name;
  private final SentencePieceFile file;
  private final EndOfDocument endOfDocument;
  private final NativeHandle handle;

  private SentencePiece(
      String name, SentencePieceFile file, EndOfDocument endOfDocument, NativeHandle handle) {
    this.name = name;
    this.file = file;
    this.endOfDocument = endOfDocument;
    this.handle = handle;
  }

  static SentencePiece open(Path path, String endOfDocument) {
    try {
      var model = Files.readAllBytes(path);
      var file = read(model, path);
      var end = EndOfDocument.find(endOfDocument, path.toString(), file::id);
      return new SentencePiece(path.toString(), file, end, load(model, path.toString()));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("no tokenizer file " + path, e);
    } catch (IOException e) {
      throw new IllegalArgumentException("can't read " + path + ": " + e.getMessage(), e);
    }
  }

  private static SentencePieceFile read(byte[] model, Path path) {
    try {
      return new SentencePieceFile(model);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(path + " is no SentencePiece model: " + e.getMessage(), e);
    }
  }

  private static NativeHandle load(byte[] model, String name) {
    Tokenizers.load(LibUtils::loadLibrary);
    var library = SentencePieceLibrary.LIB;
    var handle =
        new NativeHandle(
            library.createSentencePieceProcessor(), library::deleteSentencePieceProcessor, name);
    try {
      library.loadModelFromBytes(handle.get(), model);
      return handle;
    } catch (RuntimeException e) {
      handle.close();
      throw new IllegalArgumentException(name + " is no SentencePiece model: " + e.getMessage(), e);
    }
  }

  @Override
  public int[] encode(String text) {
    return SentencePieceLibrary.LIB.encode(handle.get(), WellFormed.of(text));
  }

  @Override
  public String decode(int[] tokens) {
    var bytes = new ByteArrayOutputStream();
    for (int token : tokens) {
      if (token < 0 || token >= vocabularySize()) {
        throw new IllegalArgumentException(
            "%s has no token %d; its ids are 0 to %d".formatted(name, token, vocabularySize() - 1));
      }
      var piece = file.pieces().get(token);
      if (piece.kind() == Kind.BYTE) {
        bytes.write(Integer.decode(piece.text().substring(1, piece.text().length() - 1)));
      } else {
        bytes.writeBytes(surface(piece).getBytes(StandardCharsets.UTF_8));
      }
    }
    var text = bytes.toString(StandardCharsets.UTF_8);
    return file.spaceInFront() && text.startsWith(" ") ? text.substring(1) : text;
  }

  @Override
  public int vocabularySize() {
    return file.pieces().size();
  }

  @Override
  public int endOfDocument() {
    return endOfDocument.id();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() {
    handle.close();
  }

  private static String surface(Piece piece) {
    return switch (piece.kind()) {
      case UNKNOWN -> UNKNOWN;
      case CONTROL -> piece.text();
      default -> piece.text().replace(SPACE, ' ');
    };
  }
}
