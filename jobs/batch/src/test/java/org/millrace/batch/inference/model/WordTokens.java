package org.millrace.batch.inference.model;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A tokenizer.json for tests: words between white space are tokens, in the order given. */
public final class WordTokens {

  private WordTokens() {}

  /**
   * The file; an unknown word is token 0.
   *
   * @param words tokens from 1
   */
  public static String json(String... words) {
    var vocabulary =
        IntStream.range(0, words.length)
            .mapToObj(i -> "\"%s\": %d".formatted(words[i], i + 1))
            .collect(Collectors.joining(", "));
    return """
        {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
         "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"},
         "post_processor": null, "decoder": null,
         "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, %s}}}
        """
        .formatted(vocabulary);
  }
}
