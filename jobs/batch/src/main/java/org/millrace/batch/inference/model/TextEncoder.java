package org.millrace.batch.inference.model;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.millrace.kernel.tokens.WellFormed;

/**
 * Texts to the tokens that a model reads, by its {@code tokenizer.json}: with the special tokens of
 * its post-processor, without its padding, and cut at a length of our own. A special token that a
 * text spells out is one, as for every user of these files. Any number of threads may use it.
 */
public final class TextEncoder implements AutoCloseable {

  // The native code holds some 300 bytes a character, so it isn't to see what will be cut.
  private static final int READ_AT_LEAST = 1 << 16;
  private static final int READ_A_TOKEN = 64;

  private final HuggingFaceTokenizer tokenizer;
  private final int maxTokens;
  private final Map<String, Integer> lastIds = new ConcurrentHashMap<>();

  private TextEncoder(HuggingFaceTokenizer tokenizer, int maxTokens) {
    this.tokenizer = tokenizer;
    this.maxTokens = maxTokens;
  }

  /**
   * Opens one.
   *
   * @param file a {@code tokenizer.json}
   * @param maxTokens where an input is cut, special tokens counted, at least 1
   * @throws IllegalArgumentException if the file is missing or is none
   */
  public static TextEncoder open(Path file, int maxTokens) {
    var options =
        Map.of(
            "truncation",
            "longest_first",
            "padding",
            "false",
            "maxLength",
            Integer.toString(maxTokens),
            "modelMaxLength",
            Integer.toString(maxTokens));
    Offline.set();
    try (var in = Files.newInputStream(file)) {
      return new TextEncoder(HuggingFaceTokenizer.newInstance(in, options), maxTokens);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          file + " is no Hugging Face tokenizer.json that can be read: " + e.getMessage(), e);
    }
  }

  /** Tokens of a text; {@link Encoded#cut} says whether its end is missing. */
  public Encoded encode(String text) {
    var wellFormed = WellFormed.of(text);
    var start = start(wellFormed);
    var encoding = tokenizer.encode(start);
    if (start.length() < wellFormed.length() && !encoding.exceedMaxLength()) {
      encoding = tokenizer.encode(wellFormed);
    }
    return encoded(encoding);
  }

  /** Tokens of two texts as one input; the longer of them is cut first. */
  public Encoded encode(String first, String second) {
    var one = WellFormed.of(first);
    var two = WellFormed.of(second);
    var encoding = tokenizer.encode(start(one), start(two));
    boolean whole = start(one).length() == one.length() && start(two).length() == two.length();
    if (!whole && !encoding.exceedMaxLength()) {
      encoding = tokenizer.encode(one, two);
    }
    return encoded(encoding);
  }

  /** Names of a text's tokens as {@link #encode(String)} has them. */
  public List<String> tokenize(String text) {
    return List.of(tokenizer.encode(start(WellFormed.of(text))).getTokens());
  }

  /**
   * The last token of a text alone, without special tokens around it: of a tag that is one token,
   * that token.
   *
   * @throws IllegalArgumentException if it has none
   */
  public int lastId(String text) {
    return lastIds.computeIfAbsent(
        text,
        key -> {
          long[] ids = tokenizer.encode(key, false, false).getIds();
          if (ids.length == 0) {
            throw new IllegalArgumentException("the tokenizer has no token for '" + key + "'");
          }
          return (int) ids[ids.length - 1];
        });
  }

  /** Where an input is cut. */
  public int maxTokens() {
    return maxTokens;
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  private String start(String text) {
    int end = Math.max(READ_AT_LEAST, READ_A_TOKEN * maxTokens);
    if (text.length() <= end) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
  }

  private static Encoded encoded(Encoding encoding) {
    var ids = encoding.getIds();
    if (ids.length == 0) {
      throw new BadInput("the text has no token");
    }
    return new Encoded(ids, encoding.getTypeIds(), encoding.exceedMaxLength());
  }
}
