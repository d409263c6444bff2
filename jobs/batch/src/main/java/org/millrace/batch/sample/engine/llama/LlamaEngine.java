package org.millrace.batch.sample.engine.llama;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.millrace.batch.sample.engine.Answer;
import org.millrace.batch.sample.engine.Draws;
import org.millrace.batch.sample.engine.EngineFailure;
import org.millrace.batch.sample.engine.FinishReason;
import org.millrace.batch.sample.engine.Request;
import org.millrace.batch.sample.engine.SamplingEngine;

/**
 * Runs a GGUF file in this process. Every answer has a seed of its own, from the run's seed, the
 * prompt and the sample's index. Answers of one prompt follow each other, so that what the model
 * has read of it is used again.
 */
public final class LlamaEngine implements SamplingEngine {

  /** The name that users choose it by. */
  public static final String NAME = "llama";

  /** The names of its options. */
  public static final List<String> OPTIONS = LlamaSettings.NAMES;

  private final LlamaSettings settings;
  private final Map<Request, AtomicBoolean> stops = new ConcurrentHashMap<>();
  private SharedLlama shared;

  /**
   * An engine; the model is loaded by the first call.
   *
   * @param options by {@link #OPTIONS}
   * @throws IllegalArgumentException naming the option that is wrong
   */
  public LlamaEngine(Map<String, String> options) {
    settings = LlamaSettings.of(options);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return settings.model().getFileName().toString();
  }

  @Override
  public int maxConcurrency() {
    return settings.sequences();
  }

  @Override
  public CompletionStage<List<Answer>> sample(Request request) {
    if (shared == null) {
      try {
        shared = SharedLlama.of(settings);
      } catch (RuntimeException | LinkageError e) {
        throw EngineFailure.permanent(
            "can't load %s: %s".formatted(settings.model(), e.getMessage()));
      }
    }
    var prompt = settings.chat() ? inTemplate(request) : request.prompt();
    var stop = new AtomicBoolean();
    stops.put(request, stop);
    var answers = new ArrayList<CompletableFuture<Answer>>();
    for (int i = request.firstIndex(); i < request.endIndex(); i++) {
      int index = i;
      answers.add(
          CompletableFuture.supplyAsync(
              () -> answer(request, prompt, index, stop), shared.sequences()));
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .whenComplete((all, failure) -> stops.remove(request))
        .thenApply(all -> answers.stream().map(CompletableFuture::join).toList());
  }

  @Override
  public void cancel(Request request) {
    var stop = stops.get(request);
    if (stop != null) {
      stop.set(true);
    }
  }

  /** The prompt as a user's message in the model's template, which generating doesn't apply. */
  private String inTemplate(Request request) {
    return shared.inTemplate(
        new InferenceParameters("")
            .setMessages(settings.system(), List.of(new Pair<>("user", request.prompt()))));
  }

  private Answer answer(Request request, String prompt, int index, AtomicBoolean stop) {
    if (stop.get()) {
      return Answer.cancelled(index, 0L, 0L);
    }
    long started = System.nanoTime();
    var text = new StringBuilder();
    // The last output is the end.
    long written = -1;
    var parameters = parameters(request, prompt, index);
    // What comes after the first is read once for all.
    long read = index == request.firstIndex() ? shared.model().encode(prompt).length : 0L;
    var tokens = shared.model().generate(parameters).iterator();
    while (tokens.hasNext()) {
      text.append(tokens.next().text);
      written++;
      if (stop.get() && tokens.hasNext()) {
        tokens.cancel();
        return Answer.cancelled(index, read, written + 1);
      }
    }
    boolean cut = written >= request.parameters().maxTokens();
    return new Answer(
        index,
        text.toString(),
        cut ? FinishReason.LENGTH : FinishReason.STOP,
        read,
        written,
        (System.nanoTime() - started) / 1_000_000,
        null);
  }

  private static InferenceParameters parameters(Request request, String prompt, int index) {
    var how = request.parameters();
    return new InferenceParameters(prompt)
        .setNPredict(how.maxTokens())
        .setTemperature((float) how.temperature())
        .setTopP((float) how.topP())
        .setSeed(seed(request, index))
        .setCachePrompt(true);
  }

  private static int seed(Request request, int index) {
    long key = Draws.fold(request.parameters().seed(), Draws.hash(request.promptId()));
    return (int) (Draws.fold(key, index) >>> 33);
  }

  @Override
  public void close() {
    if (shared != null) {
      shared.release();
      shared = null;
    }
  }
}
