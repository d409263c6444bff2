package org.millrace.kernel.tokens;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Opens tokenizers by what the user names: a Hugging Face {@code tokenizer.json}, a SentencePiece
 * {@code .model}, or one of OpenAI's vocabularies that jtokkit brings.
 *
 * <p>A {@code tokenizer.json} that {@link BpeModel#writeTokenizerJson} wrote is read without native
 * code, several times as fast. Nothing is fetched from a network. All other files of the first two
 * kinds run the originals' native code by DJL, whose jar holds it for Linux and macOS on x86-64
 * (Linux alone) and AArch64 and for Windows; DJL unpacks it once to {@code .djl.ai} in the home
 * folder, to the temporary folder where that can't be written, or to the folder that {@code
 * ENGINE_CACHE_DIR} names as variable or system property.
 */
public final class Tokenizers {

  private static final String OFFLINE = "ai.djl.offline";

  private Tokenizers() {}

  /**
   * Opens a tokenizer whose end-of-document token has a usual name.
   *
   * @param spec a path that ends in {@code .json} or {@code .model}, or {@code r50k_base}, {@code
   *     p50k_base}, {@code cl100k_base} or {@code o200k_base}
   * @throws IllegalArgumentException if it's none of these, or the file is missing or broken
   */
  public static Tokenizer open(String spec) {
    return opened(spec, null);
  }

  /**
   * Opens a tokenizer.
   *
   * @param spec as of {@link #open(String)}
   * @param endOfDocument name of the token that ends a document
   * @throws IllegalArgumentException if it's none of these, the file is missing or broken, or the
   *     vocabulary lacks that token
   */
  public static Tokenizer open(String spec, String endOfDocument) {
    return opened(spec, requireNonNull(endOfDocument, "endOfDocument is null"));
  }

  private static Tokenizer opened(String spec, String endOfDocument) {
    if (spec.endsWith(".json")) {
      var path = Path.of(spec);
      var own = BpeJson.read(path);
      return own.isPresent()
          ? own.get().opened(spec, endOfDocument)
          : HuggingFace.open(path, endOfDocument);
    }
    if (spec.endsWith(".model")) {
      return SentencePiece.open(Path.of(spec), endOfDocument);
    }
    return Gpt.named(spec)
        .<Tokenizer>map(vocabulary -> new GptTokenizer(vocabulary, endOfDocument))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no tokenizer \"%s\"; give a tokenizer.json, a SentencePiece .model or one of %s"
                        .formatted(spec, Gpt.names())));
  }

  /**
   * Has DJL load native code, offline: else it would look for a newer build on the network where it
   * finds a GPU. A user's own setting stays.
   *
   * @throws IllegalStateException if it can't be unpacked or isn't made for this platform
   */
  static void load(Runnable library) {
    if (System.getProperty(OFFLINE) == null) {
      System.setProperty(OFFLINE, "true");
    }
    try {
      library.run();
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalStateException(
          "can't load the native code of tokenizers on %s %s (%s); have ENGINE_CACHE_DIR name a"
                  .formatted(
                      System.getProperty("os.name"), System.getProperty("os.arch"), e.getMessage())
              + " folder that can be written, or use one of "
              + Gpt.names(),
          e);
    }
  }
}
