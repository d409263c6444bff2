package org.millrace.batch.sample.engine.llama;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Which model, and how it runs.
 *
 * @param model the GGUF file, on every machine at the same place
 * @param chat whether the prompt is a user's message in the model's template, rather than text to
 *     go on with
 * @param system the system's message before it; null for none
 * @param sequences at once
 * @param context tokens of a sequence, prompt and answer
 * @param threads of the processor
 * @param gpuLayers layers that run on a GPU, where the library is built for one
 */
record LlamaSettings(
    Path model,
    boolean chat,
    String system,
    int sequences,
    int context,
    int threads,
    int gpuLayers) {

  /** The options' names. */
  static final List<String> NAMES =
      List.of("model", "api", "system", "sequences", "context", "threads", "gpu-layers");

  /**
   * Reads options.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  static LlamaSettings of(Map<String, String> options) {
    var file = Path.of(options.getOrDefault("model", ""));
    if (!options.containsKey("model") || !Files.isRegularFile(file)) {
      throw new IllegalArgumentException("model=FILE is a .gguf; there is no file '" + file + "'");
    }
    var api = options.getOrDefault("api", "chat");
    if (!api.equals("chat") && !api.equals("completions")) {
      throw new IllegalArgumentException("api is chat or completions, not '" + api + "'");
    }
    int processors = Runtime.getRuntime().availableProcessors();
    return new LlamaSettings(
        file.toAbsolutePath(),
        api.equals("chat"),
        options.get("system"),
        number(options, "sequences", 4, 1),
        number(options, "context", 4096, 16),
        number(options, "threads", processors, 1),
        number(options, "gpu-layers", 0, 0));
  }

  private static int number(Map<String, String> options, String name, int usual, int least) {
    var text = options.getOrDefault(name, String.valueOf(usual)).strip();
    try {
      int number = Integer.parseInt(text);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "%s is a whole number of at least %d, not '%s'".formatted(name, least, text));
  }
}
