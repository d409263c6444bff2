package org.millrace.kernel.tokens;

import java.util.List;
import java.util.function.ToIntFunction;

/** The token that ends a document: one that the user named or the first usual one. */
final class EndOfDocument {

  /** What vocabularies call it; the first that is there is taken. */
  static final List<String> USUAL =
      List.of("<|endoftext|>", "<|end_of_text|>", "</s>", "<eod>", "<|eod|>", "<eos>", "<|eos|>");

  private static final int NONE = -1;

  private final int id;
  private final String missing;

  private EndOfDocument(int id, String missing) {
    this.id = id;
    this.missing = missing;
  }

  /**
   * Looks for it.
   *
   * @param asked its name, null for the usual ones
   * @param tokenizer for the message
   * @param ids of a name, -1 if the vocabulary lacks it
   * @throws IllegalArgumentException if there is none by the name that was asked for
   */
  static EndOfDocument find(String asked, String tokenizer, ToIntFunction<String> ids) {
    var names = asked == null ? USUAL : List.of(asked);
    var missing =
        "%s has no end-of-document token %s; name one that its vocabulary has"
            .formatted(tokenizer, String.join(", ", names));
    int id = names.stream().mapToInt(ids).filter(i -> i >= 0).findFirst().orElse(NONE);
    if (id == NONE && asked != null) {
      throw new IllegalArgumentException(missing);
    }
    return new EndOfDocument(id, missing);
  }

  /** The token's id. */
  int id() {
    if (id == NONE) {
      throw new IllegalArgumentException(missing);
    }
    return id;
  }
}
