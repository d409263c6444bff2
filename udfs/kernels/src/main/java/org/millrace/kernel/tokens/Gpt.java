package org.millrace.kernel.tokens;

import com.knuddels.jtokkit.api.EncodingType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The vocabularies of OpenAI's models with their special tokens (tiktoken). */
enum Gpt {
  R50K(EncodingType.R50K_BASE, 50_257, Map.of("<|endoftext|>", 50_256)),
  P50K(EncodingType.P50K_BASE, 50_281, Map.of("<|endoftext|>", 50_256)),
  CL100K(
      EncodingType.CL100K_BASE,
      100_277,
      Map.of(
          "<|endoftext|>", 100_257,
          "<|fim_prefix|>", 100_258,
          "<|fim_middle|>", 100_259,
          "<|fim_suffix|>", 100_260,
          "<|endofprompt|>", 100_276)),
  O200K(
      EncodingType.O200K_BASE,
      200_019,
      Map.of("<|endoftext|>", 199_999, "<|endofprompt|>", 200_018));

  private final EncodingType type;
  private final int size;
  private final Map<String, Integer> special;

  Gpt(EncodingType type, int size, Map<String, Integer> special) {
    this.type = type;
    this.size = size;
    this.special = special;
  }

  EncodingType type() {
    return type;
  }

  /** The largest id and 1. */
  int size() {
    return size;
  }

  Map<String, Integer> special() {
    return special;
  }

  static Optional<Gpt> named(String name) {
    return Arrays.stream(values()).filter(gpt -> gpt.type.getName().equals(name)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(gpt -> gpt.type.getName()).toList();
  }
}
