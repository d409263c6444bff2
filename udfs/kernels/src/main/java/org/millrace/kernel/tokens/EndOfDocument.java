package org.millrace.kernel.tokens;

import java.util.List;
import java.util.function.ToIntFunction;

/** The name of the token that ends a document: one that the user gave or the first usual one. */
final class EndOfDocument {

  /** By which vocabularies call it, the first that is there is taken. */
  static final List<String> USUAL =
      List.of("<|endoftext|>", "<|end_of_text|>", "</s>", "<eod>", "<|eod|>", "<eos>", "<|eos|>");

  private EndOfDocument() {}

  /**
   * Id of the token.
   *
   * @param asked name by the user, null for the usual ones
   * @param tokenizer for the message
   * @param ids of a name, -1 if the vocabulary lacks it
   */
  static int id(String asked, String tokenizer, ToIntFunction<String> ids) {
    var names = asked == null ? USUAL : List.of(asked);
    for (String name : names) {
      int id = ids.applyAsInt(name);
      if (id >= 0) {
        return id;
      }
    }
    throw new IllegalArgumentException(
        "%s has no end-of-document token %s; name one that its vocabulary has"
            .formatted(tokenizer, String.join(", ", names)));
  }
}
