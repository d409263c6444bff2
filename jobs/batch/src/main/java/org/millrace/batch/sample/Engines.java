package org.millrace.batch.sample;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.millrace.batch.sample.engine.Answer;
import org.millrace.batch.sample.engine.ReplayEngine;
import org.millrace.batch.sample.engine.SamplingEngine;
import org.millrace.batch.sample.engine.SearchEngine;
import org.millrace.batch.sample.engine.llama.LlamaEngine;
import org.millrace.batch.sample.engine.openai.OpenAiEngine;

/** Makes engines by name, as a user writes them. */
public final class Engines {

  /** Option of {@code search}: most rollouts of one answer. */
  public static final String EFFORT = "effort";

  private static final List<String> NAMES =
      List.of(LlamaEngine.NAME, OpenAiEngine.NAME, ReplayEngine.NAME, SearchEngine.NAME);

  private Engines() {}

  /** The names known, sorted. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Makes an engine that needs no recordings.
   *
   * @param name one of {@link #names()}
   * @param options of the engine: {@code search} knows {@code effort}, a whole number of at least 1
   * @throws IllegalArgumentException for an unknown name or option, a value out of range, or {@code
   *     replay}
   */
  public static SamplingEngine create(String name, Map<String, String> options) {
    if (ReplayEngine.NAME.equals(name)) {
      throw new IllegalArgumentException("engine replay needs recordings");
    }
    return create(name, options, promptId -> List.of(), 1);
  }

  /**
   * Makes an engine.
   *
   * @param name one of {@link #names()}
   * @param options of the engine: {@code search} knows {@code effort}, a whole number of at least 1
   * @param recordings what {@code replay} replays, as of {@link ReplayEngine#ReplayEngine}; the
   *     others ignore it
   * @param share of the limits a minute that the engine has, above 0 and at most 1
   * @throws IllegalArgumentException for an unknown name or option, or a value out of range
   */
  public static SamplingEngine create(
      String name,
      Map<String, String> options,
      Function<String, List<Answer>> recordings,
      double share) {
    requireNonNull(name, "name is null");
    requireNonNull(options, "options is null");
    return switch (name) {
      case LlamaEngine.NAME -> {
        allow(name, options, LlamaEngine.OPTIONS);
        yield new LlamaEngine(options);
      }
      case OpenAiEngine.NAME -> {
        allow(name, options, OpenAiEngine.OPTIONS);
        yield new OpenAiEngine(options, share);
      }
      case ReplayEngine.NAME -> {
        allow(name, options, List.of());
        yield new ReplayEngine(recordings);
      }
      case SearchEngine.NAME -> {
        allow(name, options, List.of(EFFORT));
        yield new SearchEngine(effort(options));
      }
      default ->
          throw new IllegalArgumentException(
              "no engine '%s'; there are %s".formatted(name, String.join(", ", NAMES)));
    };
  }

  private static void allow(String name, Map<String, String> options, List<String> known) {
    for (String option : options.keySet()) {
      if (!known.contains(option)) {
        throw new IllegalArgumentException(
            "engine %s has no option '%s'; it has %s"
                .formatted(name, option, known.isEmpty() ? "none" : String.join(", ", known)));
      }
    }
  }

  private static int effort(Map<String, String> options) {
    String text = options.get(EFFORT);
    if (text == null) {
      return SearchEngine.DEFAULT_EFFORT;
    }
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("effort is no whole number: '" + text + "'", e);
    }
  }
}
