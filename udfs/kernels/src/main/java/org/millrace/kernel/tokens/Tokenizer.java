package org.millrace.kernel.tokens;

/**
 * A vocabulary and its rule: text to token ids and back. What {@link Tokenizers} opens may be used
 * by any number of threads at once; close it after the last of them is done, as some hold native
 * memory.
 */
public interface Tokenizer extends AutoCloseable {

  /**
   * Ids of a text's tokens, all of it in order. No special token is added, and one that is spelled
   * out in the text is text: only {@link #endOfDocument} ends a document. Time and memory are in
   * proportion to the text, up to a logarithm.
   *
   * @param text not null; a lone surrogate counts as U+FFFD
   * @return 0 to {@link #vocabularySize} - 1 each; empty for an empty text
   */
  int[] encode(String text);

  /**
   * The text of token ids, special ones spelled out; bytes that are no UTF-8 become U+FFFD. It is
   * the encoded text for byte-level vocabularies; others may fold characters or white space.
   *
   * @param tokens not null
   * @throws IllegalArgumentException if an id isn't of the vocabulary
   */
  String decode(int[] tokens);

  /** The largest id and 1, special tokens among them. */
  int vocabularySize();

  /**
   * Id of the token that ends a document.
   *
   * @throws IllegalArgumentException if the vocabulary has none by the names that were asked for
   */
  int endOfDocument();

  /** What the tokenizer was opened by, for a report. */
  String name();

  /** Frees native memory; harmless the second time. */
  @Override
  void close();
}
