package org.millrace.kernel.tokens;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A byte-level byte-pair vocabulary (Sennrich et al. 2016; bytes: GPT-2): the ids are the special
 * tokens in their order, then the 256 bytes, then the merges in the order in which they were
 * learned. Every text has tokens and {@code decode(encode(x))} is x. {@link BpeTrainer} makes one.
 *
 * <p>Immutable and thread-safe; it holds no native memory.
 */
public final class BpeModel implements Tokenizer {

  /** Tokens of one byte each. */
  static final int BYTES = 256;

  private final List<String> specialTokens;
  private final PairTable merges;
  private final byte[][] symbols;
  private final String name;
  private final EndOfDocument endOfDocument;

  /**
   * A vocabulary by its merges.
   *
   * @param merges a pair's number is its rank and 256 + that the symbol it makes
   */
  BpeModel(List<String> specialTokens, PairTable merges) {
    this.specialTokens = List.copyOf(specialTokens);
    this.merges = merges;
    name = "bpe-" + (specialTokens.size() + BYTES + merges.size());
    endOfDocument = EndOfDocument.find(null, name, this.specialTokens::indexOf);
    symbols = new byte[BYTES + merges.size()][];
    for (int b = 0; b < BYTES; b++) {
      symbols[b] = new byte[] {(byte) b};
    }
    for (int rank = 0; rank < merges.size(); rank++) {
      symbols[BYTES + rank] = join(symbols[merges.left(rank)], symbols[merges.right(rank)]);
    }
  }

  private BpeModel(BpeModel model, String name, String endOfDocument) {
    specialTokens = model.specialTokens;
    merges = model.merges;
    symbols = model.symbols;
    this.name = name;
    this.endOfDocument = EndOfDocument.find(endOfDocument, name, specialTokens::indexOf);
  }

  /**
   * The same vocabulary as it was opened.
   *
   * @param name by which it was
   * @param endOfDocument the special token to end documents with; null for a usual one
   * @throws IllegalArgumentException if it has no such token
   */
  BpeModel opened(String name, String endOfDocument) {
    return new BpeModel(this, name, endOfDocument);
  }

  @Override
  public int[] encode(String text) {
    var wellFormed = WellFormed.of(text);
    var merger = new WordMerger(merges);
    var tokens = new Ints();
    PreTokenizer.cut(
        wellFormed,
        (from, to) -> {
          var bytes = wellFormed.substring(from, to).getBytes(StandardCharsets.UTF_8);
          merger.merge(bytes, 0, bytes.length, specialTokens.size(), tokens);
        });
    return tokens.toArray();
  }

  @Override
  public String decode(int[] tokens) {
    var bytes = new ByteArrayOutputStream(tokens.length * 4);
    for (int token : tokens) {
      bytes.writeBytes(bytes(token));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public int vocabularySize() {
    return specialTokens.size() + symbols.length;
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
  public void close() {}

  /** The special tokens; the place in the list is the id. */
  public List<String> specialTokens() {
    return specialTokens;
  }

  /** Merges that were learned. */
  public int merges() {
    return merges.size();
  }

  /**
   * Bytes of a token, of a special one its name in UTF-8.
   *
   * @param token 0 to {@link #vocabularySize} - 1
   * @return a copy
   */
  public byte[] bytes(int token) {
    if (token < 0 || token >= vocabularySize()) {
      throw new IllegalArgumentException(
          "%s has no token %d; its ids are 0 to %d".formatted(name(), token, vocabularySize() - 1));
    }
    int special = specialTokens.size();
    return token < special
        ? specialTokens.get(token).getBytes(StandardCharsets.UTF_8)
        : symbols[token - special].clone();
  }

  /**
   * Writes a {@code tokenizer.json} as Hugging Face's tokenizers load it, with which they encode
   * and decode as this does.
   *
   * @param file to write; replaced if it exists
   */
  public void writeTokenizerJson(Path file) throws IOException {
    BpeJson.write(this, file);
  }

  /** The two ids that a merge joins, special tokens not counted. */
  int left(int rank) {
    return merges.left(rank);
  }

  int right(int rank) {
    return merges.right(rank);
  }

  /** A symbol as it's written; special tokens not counted. */
  String symbol(int symbol) {
    return ByteSymbols.of(symbols[symbol]);
  }

  private static byte[] join(byte[] left, byte[] right) {
    var both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }
}
