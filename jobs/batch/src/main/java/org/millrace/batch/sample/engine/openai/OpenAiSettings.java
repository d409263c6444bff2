package org.millrace.batch.sample.engine.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which server is asked, and how.
 *
 * @param url of the server, up to and with {@code /v1}
 * @param model as the server names it
 * @param revision of the model, part of the engine's version; may be empty
 * @param completions whether the prompt goes to {@code /completions} as it is, rather than to
 *     {@code /chat/completions} as a user's message
 * @param system the system's message before it; null for none
 * @param stream whether answers are streamed, with the usage in the last piece
 * @param topLogprobs the likeliest tokens whose log probabilities are asked for; 0 for none at all
 * @param body further fields of the call, as the server knows them
 * @param concurrency calls in flight at once, of one task
 * @param timeout of a call, from its start to its last byte
 * @param requestsPerMinute of this task; 0 for no limit
 * @param tokensPerMinute of this task, read and written ones; 0 for no limit
 * @param key where the key is: {@code env:NAME} or {@code file:PATH}
 */
record OpenAiSettings(
    String url,
    String model,
    String revision,
    boolean completions,
    String system,
    boolean stream,
    int topLogprobs,
    Map<String, JsonNode> body,
    int concurrency,
    Duration timeout,
    double requestsPerMinute,
    double tokensPerMinute,
    String key) {

  /** The options' names. */
  static final List<String> NAMES =
      List.of(
          "url",
          "model",
          "revision",
          "api",
          "system",
          "stream",
          "top-logprobs",
          "body",
          "concurrency",
          "timeout-seconds",
          "requests-per-minute",
          "tokens-per-minute",
          "key-env",
          "key-file");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_LOGPROBS = 20;
  private static final String DEFAULT_KEY = "OPENAI_API_KEY";

  /**
   * Reads options.
   *
   * @param options by {@link #NAMES}
   * @param share of the limits a minute that this task has, above 0 and at most 1
   * @throws IllegalArgumentException naming the option that is wrong
   */
  static OpenAiSettings of(Map<String, String> options, double share) {
    var given = new Given(options);
    if (given.text("model", "").isEmpty()) {
      throw new IllegalArgumentException("give --engine-option model=NAME, as the server names it");
    }
    return new OpenAiSettings(
        given.url(),
        given.text("model", ""),
        given.text("revision", ""),
        given.oneOf("api", "chat", "completions").equals("completions"),
        options.get("system"),
        given.oneOf("stream", "false", "true").equals("true"),
        (int) given.number("top-logprobs", 0, 0, MOST_LOGPROBS),
        given.body(),
        (int) given.number("concurrency", 32, 1, 10_000),
        Duration.ofMillis((long) (1000 * given.number("timeout-seconds", 600, 0.001, 86_400))),
        share * given.number("requests-per-minute", 0, 0, 1e12),
        share * given.number("tokens-per-minute", 0, 0, 1e15),
        given.key());
  }

  /** The version that answers carry. */
  String version() {
    return revision.isEmpty() ? model : model + "@" + revision;
  }

  /**
   * The key, read anew; it is in no option, log or manifest.
   *
   * @return a word that no server takes for a key, where the default variable isn't set: servers of
   *     one's own ask for none
   * @throws IllegalArgumentException if it is not where it was said to be
   */
  String readKey() {
    var place = key.substring(key.indexOf(':') + 1);
    if (key.startsWith("file:")) {
      try {
        return Files.readString(Path.of(place)).strip();
      } catch (IOException e) {
        throw new IllegalArgumentException("key-file: can't read " + place);
      }
    }
    var value = System.getenv(place);
    if (value == null && !place.equals(DEFAULT_KEY)) {
      throw new IllegalArgumentException("key-env: the environment has no " + place);
    }
    return value == null ? "none" : value;
  }

  /** Options as they were given. */
  private record Given(Map<String, String> options) {

    String text(String name, String ifAbsent) {
      return options.getOrDefault(name, ifAbsent).strip();
    }

    String oneOf(String name, String usual, String other) {
      var value = text(name, usual);
      if (!value.equals(usual) && !value.equals(other)) {
        throw new IllegalArgumentException(
            "%s is %s or %s, not '%s'".formatted(name, usual, other, value));
      }
      return value;
    }

    double number(String name, double usual, double least, double most) {
      var value = text(name, "");
      try {
        double number = value.isEmpty() ? usual : Double.parseDouble(value);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Told below.
      }
      throw new IllegalArgumentException(
          "%s is a number from %s to %s, not '%s'".formatted(name, least, most, value));
    }

    String url() {
      var url = text("url", "http://localhost:8000/v1");
      try {
        var scheme = URI.create(url).getScheme();
        if ("http".equals(scheme) || "https".equals(scheme)) {
          return url.replaceFirst("/+$", "");
        }
      } catch (IllegalArgumentException e) {
        // Told below.
      }
      throw new IllegalArgumentException(
          "url is http(s)://HOST:PORT/v1 of the server, not '" + url + "'");
    }

    Map<String, JsonNode> body() {
      var fields = new LinkedHashMap<String, JsonNode>();
      var text = text("body", "{}");
      try {
        var tree = JSON.readTree(text);
        if (tree.isObject()) {
          tree.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
          return fields;
        }
      } catch (JsonProcessingException e) {
        // Told below.
      }
      throw new IllegalArgumentException("body is a JSON object, not '" + text + "'");
    }

    String key() {
      if (options.containsKey("key-file")) {
        return "file:" + text("key-file", "");
      }
      return "env:" + text("key-env", DEFAULT_KEY);
    }
  }
}
