package org.millrace.batch.sample.engine.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.batch.sample.engine.Answer;
import org.millrace.batch.sample.engine.FinishReason;
import org.millrace.batch.sample.engine.Parameters;
import org.millrace.batch.sample.engine.Request;
import org.millrace.batch.sample.engine.RetryPolicy;
import org.millrace.batch.sample.engine.Sampler;

/** The engine against a server that has good and bad days. */
class OpenAiEngineTest {

  private static final String CHAT = "/v1/chat/completions";

  @RegisterExtension
  static final WireMockExtension SERVER =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().containerThreads(16))
          .build();

  @TempDir private Path folder;

  /** Waits that the sampler was asked for; they end at once. */
  private final List<Duration> waits = new ArrayList<>();

  private OpenAiEngine engine(String... more) {
    var options = new HashMap<String, String>();
    options.put("url", SERVER.baseUrl() + "/v1");
    options.put("model", "small");
    options.put("timeout-seconds", "20");
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return new OpenAiEngine(options, 1);
  }

  private static Request request(int first, int n) {
    return new Request("p1", "How many?", first, n, new Parameters(0.7, 0.9, 100, 42));
  }

  private List<Answer> sampled(OpenAiEngine engine, Request request) {
    var sampler =
        new Sampler(
            engine,
            List.of(request).iterator(),
            RetryPolicy.DEFAULT,
            wait -> {
              waits.add(wait);
              return CompletableFuture.completedFuture(null);
            });
    try (sampler) {
      return sampler.next().answers();
    }
  }

  private static String choice(int index, String content, String finish) {
    return """
        {"index": %d, "finish_reason": "%s", "message": {"role": "assistant", "content": "%s"}}"""
        .formatted(index, finish, content);
  }

  private static String completion(String usage, String... choices) {
    return """
        {"id": "x", "object": "chat.completion", "created": 1, "model": "small", %s
         "choices": [%s]}"""
        .formatted(usage, String.join(",", choices));
  }

  private static final String USAGE =
      "\"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 30, \"total_tokens\": 39},";

  private static void stub(ResponseDefinitionBuilder response) {
    SERVER.stubFor(post(CHAT).willReturn(response));
  }

  private static ResponseDefinitionBuilder three() {
    return okJson(
        completion(
            USAGE,
            choice(0, "one", "stop"),
            choice(1, "one and two", "length"),
            choice(2, "", "stop")));
  }

  @Test
  void asksForAllAnswersInOneCallAndSharesItsTokens() {
    stub(three());

    var answers = sampled(engine(), request(5, 3));

    assertThat(answers).extracting(Answer::sampleIndex).containsExactly(5, 6, 7);
    assertThat(answers).extracting(Answer::text).containsExactly("one", "one and two", "");
    assertThat(answers)
        .extracting(Answer::finishReason)
        .containsExactly(FinishReason.STOP, FinishReason.LENGTH, FinishReason.STOP);
    assertThat(answers).extracting(Answer::promptTokens).containsExactly(9L, 0L, 0L);
    assertThat(answers.stream().mapToLong(Answer::completionTokens).sum()).isEqualTo(30);
    assertThat(answers.get(1).completionTokens()).isGreaterThan(answers.get(0).completionTokens());
    SERVER.verify(
        1,
        postRequestedFor(urlEqualTo(CHAT))
            .withHeader("Authorization", equalTo("Bearer none"))
            .withRequestBody(matchingJsonPath("$.model", equalTo("small")))
            .withRequestBody(matchingJsonPath("$.n", equalTo("3")))
            .withRequestBody(matchingJsonPath("$.temperature", equalTo("0.7")))
            .withRequestBody(matchingJsonPath("$.top_p", equalTo("0.9")))
            .withRequestBody(matchingJsonPath("$.max_tokens", equalTo("100")))
            .withRequestBody(matchingJsonPath("$.messages[0].content", equalTo("How many?"))));
  }

  @Test
  void callsHaveSeedsOfTheirOwnWhichComeAgain() {
    stub(three());

    sampled(engine(), request(0, 3));
    sampled(engine(), request(3, 3));
    sampled(engine(), request(0, 3));

    var seeds =
        SERVER.findAll(postRequestedFor(urlEqualTo(CHAT))).stream()
            .map(call -> call.getBodyAsString().replaceAll("(?s).*\"seed\":(\\d+).*", "$1"))
            .toList();
    assertThat(seeds).hasSize(3).allMatch(seed -> Long.parseLong(seed) < 1L << 31);
    assertThat(seeds.get(2)).isEqualTo(seeds.get(0)).isNotEqualTo(seeds.get(1));
  }

  @Test
  void aServerThatGivesOneAnswerACallIsAskedForTheRest() {
    stub(okJson(completion(USAGE, choice(0, "one", "stop"))));

    var answers = sampled(engine(), request(0, 3));

    assertThat(answers).extracting(Answer::sampleIndex).containsExactly(0, 1, 2);
    assertThat(answers).extracting(Answer::promptTokens).containsExactly(9L, 9L, 9L);
    SERVER.verify(3, postRequestedFor(urlEqualTo(CHAT)));
  }

  @Test
  void moreChoicesThanAskedForAreLeft() {
    stub(three());

    assertThat(sampled(engine(), request(0, 2))).hasSize(2);
  }

  @Test
  void withoutUsageTokensAreNotCounted() {
    stub(okJson(completion("", choice(0, "one", "stop"))));

    var answer = sampled(engine(), request(0, 1)).get(0);

    assertThat(answer.promptTokens()).isNull();
    assertThat(answer.completionTokens()).isNull();
  }

  @Test
  void reasoningAndLogprobsAreBesideTheText() {
    stub(
        okJson(
            completion(
                USAGE,
                """
                {"index": 0, "finish_reason": "stop",
                 "message": {"role": "assistant", "content": "4", "reasoning_content": "2 + 2"},
                 "logprobs": {"content": [{"token": "4", "logprob": -0.5, "bytes": [52],
                   "top_logprobs": [{"token": "4", "logprob": -0.5, "bytes": [52]},
                                    {"token": "5", "logprob": -1.5, "bytes": [53]}]}]}}""")));

    var trace = sampled(engine("top-logprobs", "2"), request(0, 1)).get(0).trace();

    assertThat(trace.reasoning()).isEqualTo("2 + 2");
    assertThat(trace.logprobs()).containsExactly(-.5);
    assertThat(trace.confidences().get(0)).isCloseTo(1, within(1e-12));
    assertThat(trace.tokens()).containsExactly("4");
  }

  @Test
  void completionsSendThePromptAsItIs() {
    SERVER.stubFor(
        post("/v1/completions")
            .willReturn(
                okJson(
                    """
                    {"id": "x", "object": "text_completion", "created": 1, "model": "small",
                     "choices": [{"index": 0, "text": " 4", "finish_reason": "length",
                       "logprobs": {"tokens": [" 4"], "token_logprobs": [-0.25],
                         "top_logprobs": [{" 4": -0.25, " 5": -2.25}], "text_offset": [0]}}],
                     "usage": {"prompt_tokens": 3, "completion_tokens": 1, "total_tokens": 4}}""")));

    var answer = sampled(engine("api", "completions", "top-logprobs", "2"), request(0, 1)).get(0);

    assertThat(answer.text()).isEqualTo(" 4");
    assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(answer.trace().logprobs()).containsExactly(-.25);
    assertThat(answer.trace().confidences()).containsExactly(1.25);
    assertThat(answer.trace().tokens()).containsExactly(" 4");
    SERVER.verify(
        postRequestedFor(urlEqualTo("/v1/completions"))
            .withRequestBody(matchingJsonPath("$.prompt", equalTo("How many?"))));
  }

  @Test
  void streamsGiveTextInPiecesAndTheUsageAtTheEnd() {
    stub(
        ok(String.join(
                "\n\n",
                "data: "
                    + piece(
                        "{\"index\": 0, \"delta\": {\"role\": \"assistant\", \"content\": \"on\"}}",
                        ""),
                "data: "
                    + piece(
                        "{\"index\": 1, \"delta\": {\"role\": \"assistant\", \"content\": \"two\"}}",
                        ""),
                "data: "
                    + piece(
                        "{\"index\": 0, \"delta\": {\"content\": \"e\"}, \"finish_reason\": \"stop\"}",
                        ""),
                "data: "
                    + piece("{\"index\": 1, \"delta\": {}, \"finish_reason\": \"length\"}", ""),
                "data: " + piece("", USAGE),
                "data: [DONE]",
                ""))
            .withHeader("Content-Type", "text/event-stream"));

    var answers = sampled(engine("stream", "true"), request(0, 2));

    assertThat(answers).extracting(Answer::text).containsExactly("one", "two");
    assertThat(answers)
        .extracting(Answer::finishReason)
        .containsExactly(FinishReason.STOP, FinishReason.LENGTH);
    assertThat(answers.stream().mapToLong(Answer::completionTokens).sum()).isEqualTo(30);
    SERVER.verify(
        postRequestedFor(urlEqualTo(CHAT))
            .withRequestBody(matchingJsonPath("$.stream_options.include_usage", equalTo("true"))));
  }

  @Test
  void aStreamWhoseAnswersFollowEachOtherIsWhole() {
    var one = "{\"index\": 0, \"delta\": {\"content\": \"one\"}, \"finish_reason\": \"stop\"}";
    var two = "{\"index\": 1, \"delta\": {\"content\": \"two\"}, \"finish_reason\": \"stop\"}";
    stub(events(piece(one, ""), piece(two, ""), "[DONE]"));

    assertThat(sampled(engine("stream", "true"), request(0, 2)))
        .extracting(Answer::text)
        .containsExactly("one", "two");
  }

  @Test
  void aStreamThatEndsBeforeItsAnswerIsAFailedCall() {
    stub(events(piece("{\"index\": 0, \"delta\": {\"content\": \"on\"}}", "")));

    assertThat(sampled(engine("stream", "true"), request(0, 1)).get(0).error())
        .contains("the stream ends before its answers do");
  }

  private static ResponseDefinitionBuilder events(String... data) {
    return ok("data: " + String.join("\n\ndata: ", data) + "\n\n")
        .withHeader("Content-Type", "text/event-stream");
  }

  private static String piece(String choice, String usage) {
    return ("{\"id\": \"x\", \"object\": \"chat.completion.chunk\", \"created\": 1,"
            + " \"model\": \"small\", %s \"choices\": [%s]}")
        .formatted(usage, choice);
  }

  @Test
  void aStormOf429IsWaitedOut() {
    SERVER.stubFor(
        post(CHAT)
            .inScenario("storm")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "7"))
            .willSetStateTo("later"));
    SERVER.stubFor(
        post(CHAT)
            .inScenario("storm")
            .whenScenarioStateIs("later")
            .willReturn(aResponse().withStatus(503))
            .willSetStateTo("over"));
    SERVER.stubFor(post(CHAT).inScenario("storm").whenScenarioStateIs("over").willReturn(three()));

    var answers = sampled(engine(), request(0, 3));

    assertThat(answers).allMatch(answer -> answer.finishReason().isAnswer());
    assertThat(waits).hasSize(2).first().isEqualTo(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void aPromptThatTheServerRefusesIsRejectedAtOnce(int status) {
    stub(
        aResponse()
            .withStatus(status)
            .withHeader("Content-Type", "application/json")
            .withBody("{\"error\": {\"message\": \"longer than the context\"}}"));

    var answers = sampled(engine(), request(0, 2));

    assertThat(answers).extracting(Answer::finishReason).containsOnly(FinishReason.REJECTED);
    assertThat(answers.get(0).error()).contains("HTTP " + status, "longer than the context");
    SERVER.verify(1, postRequestedFor(urlEqualTo(CHAT)));
  }

  @Test
  void aWrongKeyIsNotTriedAgainAndNotQuoted() throws IOException {
    var key = Files.writeString(folder.resolve("key"), "secret-key\n");
    stub(
        aResponse()
            .withStatus(401)
            .withHeader("Content-Type", "application/json")
            .withBody("{\"error\": {\"message\": \"wrong key: secret-key\"}}"));

    var answers = sampled(engine("key-file", key.toString()), request(0, 2));

    assertThat(answers).extracting(Answer::finishReason).containsOnly(FinishReason.ERROR);
    assertThat(answers.get(0).error()).contains("HTTP 401").doesNotContain("secret");
    SERVER.verify(
        1,
        postRequestedFor(urlEqualTo(CHAT))
            .withHeader("Authorization", equalTo("Bearer secret-key")));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aBrokenConnectionIsTriedAgain(Fault fault) {
    SERVER.stubFor(
        post(CHAT)
            .inScenario("fault")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withFault(fault))
            .willSetStateTo("over"));
    SERVER.stubFor(post(CHAT).inScenario("fault").whenScenarioStateIs("over").willReturn(three()));

    assertThat(sampled(engine(), request(0, 3)))
        .allMatch(answer -> answer.finishReason().isAnswer());
    assertThat(waits).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"choices\": [", "[]", "{}", "{\"choices\": []}", "no JSON"})
  void aMalformedResponseIsAFailedCallAndInTheEndAnError(String body) {
    stub(okJson(body));

    var answers = sampled(engine(), request(0, 1));

    assertThat(answers.get(0).finishReason()).isEqualTo(FinishReason.ERROR);
    assertThat(answers.get(0).error()).contains("openai failed after 5 attempts");
    SERVER.verify(5, postRequestedFor(urlEqualTo(CHAT)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void bytesThatTrickleAreGivenUpInTime(String stream) {
    stub(three().withChunkedDribbleDelay(100, 60_000));

    var engine = engine("timeout-seconds", "0.3", "stream", stream);
    var sampler = new Sampler(engine, List.of(request(0, 3)).iterator(), RetryPolicy.NEVER);

    assertThat(sampler.next().answers().get(0).error()).contains("no answer within");
    sampler.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void aCallThatIsStoppedEndsAtOnceAndCountsWhatIsKnown(String stream) throws Exception {
    var one = piece("{\"index\": 0, \"delta\": {\"content\": \"one\"}}", "");
    // Of a minute's length, as it comes in chunks.
    var endless = events(one, " ".repeat(20_000)).withChunkedDribbleDelay(60, 60_000);
    stub(endless);
    var engine = engine("stream", stream, "timeout-seconds", "600");

    var answers = engine.sample(request(4, 1)).toCompletableFuture();
    Awaitility.await().until(() -> !SERVER.findAll(postRequestedFor(urlEqualTo(CHAT))).isEmpty());
    engine.cancel(request(4, 1));

    var answer = answers.get(20, TimeUnit.SECONDS).get(0);
    assertThat(answer.sampleIndex()).isEqualTo(4);
    assertThat(answer.finishReason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(answer.promptTokens()).isNull();
    assertThat(answer.completionTokens())
        .satisfies(
            tokens -> {
              if (stream.equals("true")) {
                assertThat(tokens).isBetween(0L, 1L);
              } else {
                assertThat(tokens).isNull();
              }
            });
    engine.close();
  }

  @Test
  void theNameOfACallStaysHere() {
    stub(three());

    sampled(engine(), request(0, 3));

    SERVER.verify(1, postRequestedFor(urlEqualTo(CHAT)).withoutHeader(JdkTransport.CALL));
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws IOException {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    var answers = sampled(engine("url", "http://127.0.0.1:" + free + "/v1"), request(0, 1));

    assertThat(answers.get(0).error())
        .isEqualTo(
            "openai failed after 5 attempts: no server listens at 127.0.0.1:%d; start it, or name"
                + " another by --engine-option url=…",
            free);
  }

  @Test
  void optionsThatAreWrongAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine("url", "localhost:8000"))
        .withMessageContaining("url is http(s)://HOST:PORT/v1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine("concurrency", "many"))
        .withMessageContaining("concurrency is a number from 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine("body", "[1]"))
        .withMessageContaining("body is a JSON object");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine("key-env", "MILLRACE_NO_SUCH_KEY"))
        .withMessageContaining("MILLRACE_NO_SUCH_KEY");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine("api", "voice"))
        .withMessageContaining("api is chat or completions, not 'voice'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OpenAiEngine(Map.of(), 1))
        .withMessageContaining("model=NAME");
  }
}
