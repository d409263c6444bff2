package org.millrace.kernel.tokens;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A {@code tokenizer.json} by Hugging Face's own native code. It's called below DJL's class of the
 * same purpose, which makes a Java string and an offset of each token. A long text is encoded in
 * pieces of some 64 Ki characters where that can't change the result ({@link Cuttable}), so that
 * native memory is that of one piece. Other tokenizers, such as those that see white space as part
 * of a token (Metaspace, as of Llama 2 and T5), get the text whole: some 300 bytes a character, 3
 * GB for 10 MB.
 */
final class HuggingFace implements Tokenizer {

  private static final int PIECE = 1 << 16;

  private final String name;
  private final HuggingFaceFile file;
  private final EndOfDocument endOfDocument;
  private final NativeHandle handle;

  private HuggingFace(
      String name, HuggingFaceFile file, EndOfDocument endOfDocument, NativeHandle handle) {
    this.name = name;
    this.file = file;
    this.endOfDocument = endOfDocument;
    this.handle = handle;
  }

  static HuggingFace open(Path path, String endOfDocument) {
    var file = HuggingFaceFile.read(path);
    var end = EndOfDocument.find(endOfDocument, path.toString(), file::id);
    Tokenizers.load(LibUtils::checkStatus);
    try {
      long address = TokenizersLibrary.LIB.createTokenizerFromString(file.text());
      var handle =
          new NativeHandle(address, TokenizersLibrary.LIB::deleteTokenizer, path.toString());
      return new HuggingFace(path.toString(), file, end, handle);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          path + " is no Hugging Face tokenizer.json: " + e.getMessage(), e);
    }
  }

  @Override
  public int[] encode(String text) {
    var wellFormed = WellFormed.of(text);
    var tokens = new Ints();
    int from = 0;
    while (from < wellFormed.length()) {
      int to = file.cuttable() ? TextCuts.next(wellFormed, from + PIECE) : wellFormed.length();
      for (long id : ids(wellFormed.substring(from, to))) {
        tokens.add((int) id);
      }
      from = to;
    }
    return tokens.toArray();
  }

  @Override
  public String decode(int[] tokens) {
    var text = new StringBuilder();
    int from = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || tokens[i] >= file.size()) {
        throw new IllegalArgumentException(
            "%s has no token %d; its ids are 0 to %d".formatted(name, tokens[i], file.size() - 1));
      }
      var special = file.special().get(tokens[i]);
      if (special != null) {
        text.append(plain(tokens, from, i)).append(special);
        from = i + 1;
      }
    }
    return text.append(plain(tokens, from, tokens.length)).toString();
  }

  @Override
  public int vocabularySize() {
    return file.size();
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

  private long[] ids(String text) {
    long encoding = TokenizersLibrary.LIB.encode(handle.get(), text, false);
    try {
      return TokenizersLibrary.LIB.getTokenIds(encoding);
    } finally {
      TokenizersLibrary.LIB.deleteEncoding(encoding);
    }
  }

  private String plain(int[] tokens, int from, int to) {
    if (from == to) {
      return "";
    }
    long[] ids = Arrays.stream(tokens, from, to).asLongStream().toArray();
    return TokenizersLibrary.LIB.decode(handle.get(), ids, false);
  }
}
