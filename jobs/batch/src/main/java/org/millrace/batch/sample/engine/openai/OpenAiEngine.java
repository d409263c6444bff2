package org.millrace.batch.sample.engine.openai;

import com.openai.client.OpenAIClientAsync;
import com.openai.client.OpenAIClientAsyncImpl;
import com.openai.core.ClientOptions;
import com.openai.core.JsonValue;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionCreateParams;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.millrace.batch.sample.engine.Answer;
import org.millrace.batch.sample.engine.Draws;
import org.millrace.batch.sample.engine.Pause;
import org.millrace.batch.sample.engine.Request;
import org.millrace.batch.sample.engine.SamplingEngine;

/**
 * Asks a server that speaks OpenAI's HTTP interface. Repeating what failed is the sampler's; so the
 * client library does not. Calls wait, without a thread, for the limits of requests and tokens a
 * minute.
 */
public final class OpenAiEngine implements SamplingEngine {

  /** The name that users choose it by. */
  public static final String NAME = "openai";

  /** The names of its options. */
  public static final List<String> OPTIONS = OpenAiSettings.NAMES;

  /** Those of them that change nothing about the answers. */
  public static final List<String> TRANSPORT =
      List.of(
          "url",
          "stream",
          "concurrency",
          "timeout-seconds",
          "requests-per-minute",
          "tokens-per-minute",
          "key-env",
          "key-file");

  private static final double CHARACTERS_A_TOKEN = 3.5;

  private final OpenAiSettings settings;
  private final JdkTransport transport;
  private final OpenAIClientAsync client;
  private final Failures failures;
  private final ExecutorService streams;
  private final Pause pause = Pause.wallClock();
  private final RateLimit requests;
  private final RateLimit tokens;
  private final Map<Request, JdkTransport.Call> underWay = new ConcurrentHashMap<>();
  private volatile double writtenPerAnswer;

  /**
   * An engine.
   *
   * @param options by {@link #OPTIONS}
   * @param share of the limits a minute that this engine has: there is one an executor's task
   * @throws IllegalArgumentException naming the option that is wrong
   */
  public OpenAiEngine(Map<String, String> options, double share) {
    settings = OpenAiSettings.of(options, share);
    var key = settings.readKey();
    failures = new Failures(settings.url(), settings.timeout(), key);
    streams =
        Executors.newCachedThreadPool(
            task -> {
              var thread = new Thread(task, "openai-stream");
              thread.setDaemon(true);
              return thread;
            });
    transport = new JdkTransport(settings.timeout(), settings.stream());
    client =
        new OpenAIClientAsyncImpl(
            ClientOptions.builder()
                .httpClient(transport)
                .baseUrl(settings.url())
                .apiKey(key)
                .timeout(settings.timeout())
                .maxRetries(0)
                .streamHandlerExecutor(streams)
                .build());
    requests = new RateLimit(settings.requestsPerMinute(), System::nanoTime);
    tokens = new RateLimit(settings.tokensPerMinute(), System::nanoTime);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return settings.version();
  }

  @Override
  public int maxConcurrency() {
    return settings.concurrency();
  }

  @Override
  public CompletionStage<List<Answer>> sample(Request request) {
    double expected =
        request.prompt().length() / CHARACTERS_A_TOKEN + request.n() * writtenPerAnswer;
    var wait = requests.take(1);
    var forTokens = tokens.take(expected);
    wait = forTokens.compareTo(wait) > 0 ? forTokens : wait;
    var call = transport.open();
    underWay.put(request, call);
    var answers =
        wait.isZero()
            ? answers(request, call, expected)
            : pause.of(wait).thenCompose(over -> answers(request, call, expected));
    return answers.whenComplete(
        (received, failure) -> {
          underWay.remove(request);
          call.close();
        });
  }

  @Override
  public void cancel(Request request) {
    var call = underWay.get(request);
    if (call != null) {
      call.cut();
    }
  }

  private CompletionStage<List<Answer>> answers(
      Request request, JdkTransport.Call call, double expected) {
    if (call.isCut()) {
      tokens.giveBack(expected);
      return CompletableFuture.completedFuture(request.cancelled(0L, 0L));
    }
    long started = System.nanoTime();
    var pieces = new StreamedReply();
    return reply(request, call.id(), pieces)
        .handle(
            (reply, failure) -> {
              if (call.isCut() && (failure != null || reply.choices().isEmpty())) {
                return request.cancelled(null, streams() ? pieces.written() : null);
              }
              if (failure != null) {
                throw failures.of(failure);
              }
              tokens.giveBack(expected - reply.tokens());
              reply.usage().ifPresent(u -> learn((double) u.completionTokens() / request.n()));
              return reply.answers(request, (System.nanoTime() - started) / 1_000_000);
            });
  }

  /** What an answer takes on average, so that the limit holds before the server has counted. */
  private void learn(double written) {
    writtenPerAnswer = writtenPerAnswer == 0 ? written : 0.9 * writtenPerAnswer + 0.1 * written;
  }

  private CompletableFuture<Reply> reply(Request request, String call, StreamedReply pieces) {
    if (settings.completions()) {
      return client.completions().create(completion(request, call)).thenApply(Reply::of);
    }
    var params = chat(request, call);
    return streams()
        ? streamed(params, pieces)
        : client.chat().completions().create(params).thenApply(Reply::of);
  }

  private boolean streams() {
    return settings.stream() && !settings.completions();
  }

  private CompletableFuture<Reply> streamed(
      ChatCompletionCreateParams params, StreamedReply pieces) {
    var stream = client.chat().completions().createStreaming(params);
    stream.subscribe(pieces::add);
    var whole =
        stream
            .onCompleteFuture()
            .thenApply(end -> pieces.whole())
            .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    whole.whenComplete(
        (reply, failure) -> {
          if (failure instanceof TimeoutException) {
            stream.close();
          }
        });
    return whole;
  }

  private ChatCompletionCreateParams chat(Request request, String call) {
    var params = ChatCompletionCreateParams.builder().model(settings.model());
    params.putAdditionalHeader(JdkTransport.CALL, call);
    if (settings.system() != null) {
      params.addSystemMessage(settings.system());
    }
    params
        .addUserMessage(request.prompt())
        .n(request.n())
        .temperature(request.parameters().temperature())
        .topP(request.parameters().topP())
        .seed(seed(request))
        // The newer name is not known to most servers of one's own.
        .putAdditionalBodyProperty("max_tokens", JsonValue.from(request.parameters().maxTokens()));
    if (settings.topLogprobs() > 0) {
      params.logprobs(true).topLogprobs(settings.topLogprobs());
    }
    if (settings.stream()) {
      params.streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
    }
    settings
        .body()
        .forEach(
            (name, value) -> params.putAdditionalBodyProperty(name, JsonValue.fromJsonNode(value)));
    return params.build();
  }

  private CompletionCreateParams completion(Request request, String call) {
    var params =
        CompletionCreateParams.builder()
            .model(settings.model())
            .prompt(request.prompt())
            .n(request.n())
            .temperature(request.parameters().temperature())
            .topP(request.parameters().topP())
            .maxTokens(request.parameters().maxTokens())
            .seed(seed(request))
            .putAdditionalHeader(JdkTransport.CALL, call);
    if (settings.topLogprobs() > 0) {
      params.logprobs(settings.topLogprobs());
    }
    settings
        .body()
        .forEach(
            (name, value) -> params.putAdditionalBodyProperty(name, JsonValue.fromJsonNode(value)));
    return params.build();
  }

  /** Another one for every call, the same in every run; of 31 bits, as all servers take. */
  private static long seed(Request request) {
    long key = Draws.fold(request.parameters().seed(), Draws.hash(request.promptId()));
    return Draws.fold(key, request.firstIndex()) >>> 33;
  }

  @Override
  public void close() {
    streams.shutdownNow();
    client.close();
  }
}
