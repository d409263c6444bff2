package org.millrace.batch.sample.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SamplerTest {

  private static final RetryPolicy THREE =
      new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(60));

  private final List<Duration> pauses = new ArrayList<>();
  private final Pause noPause =
      time -> {
        pauses.add(time);
        return CompletableFuture.completedFuture(null);
      };

  @Property(tries = 50)
  void keepsTheOrderAndTheBoundWhateverOrderCallsEndIn(
      @ForAll @IntRange(min = 1, max = 8) int concurrency,
      @ForAll @IntRange(max = 100) int requests,
      @ForAll long seed) {
    var engine = ScriptedEngine.shuffled(concurrency, seed);

    try (var sampler = new Sampler(engine, requests(requests, 2), THREE, noPause)) {
      var responses = drain(sampler);

      assertThat(responses)
          .extracting(response -> response.request().promptId())
          .containsExactlyElementsOf(IntStream.range(0, requests).mapToObj(i -> "p" + i).toList());
      assertThat(responses)
          .allSatisfy(
              response ->
                  assertThat(response.answers())
                      .containsExactlyElementsOf(ScriptedEngine.answers(response.request())));
      assertThat(engine.mostInFlight()).isLessThanOrEqualTo(concurrency);
      assertThat(engine.closes()).isEqualTo(1);
    }
  }

  @Test
  void usesEverySlotWhileTheFirstCallIsSlow() {
    var engine = new ScriptedEngine(2);
    var slow = new CompletableFuture<List<Answer>>();
    engine.script(
        request -> {
          if (request.promptId().equals("p0")) {
            return slow;
          }
          if (request.promptId().equals("p7")) {
            slow.complete(ScriptedEngine.answers(request("p0", 0, 1)));
          }
          return CompletableFuture.completedFuture(ScriptedEngine.answers(request));
        });
    var read = new AtomicInteger();
    var sampler = new Sampler(engine, counted(requests(100, 1), read), THREE, noPause);

    Response first = sampler.next();

    // Seven more calls ran while the first one waited; the window of 4 x 2 allows no further.
    assertThat(first.request().promptId()).isEqualTo("p0");
    assertThat(read).hasValue(8);
    sampler.close();
  }

  @Test
  void readsTheInputOnlyAsFarAsItsWindow() {
    var read = new AtomicInteger();
    var engine = new ScriptedEngine(3);
    var sampler = new Sampler(engine, counted(endless(), read), THREE, noPause);

    for (int i = 1; i <= 1000; i++) {
      assertThat(sampler.next().request().promptId()).isEqualTo("p" + (i - 1));
      assertThat(read.get()).isBetween(i, i + 4 * 3);
    }
    sampler.close();

    assertThat(engine.closes()).isEqualTo(1);
    assertThat(sampler.hasNext()).isFalse();
    assertThatThrownBy(sampler::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void repeatsAFailedCallAndWaitsLongerEachTime() {
    var engine = new ScriptedEngine(1);
    engine.failures(EngineFailure.passing("HTTP 503"), new RuntimeException("broken pipe"));
    var sampler = new Sampler(engine, requests(1, 2), THREE, noPause);

    assertThat(sampler.next().answers()).isEqualTo(ScriptedEngine.answers(request("p0", 0, 2)));
    assertThat(pauses).hasSize(2);
    assertThat(pauses.get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(pauses.get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    // Each answer of the scripted engine counts 3 tokens read and 5 written.
    assertThat(sampler.usage()).isEqualTo(new Usage(3, 2, 2, 0, 6, 10));
  }

  @Test
  void waitsAsLongAsABusyEngineAsks() {
    var engine = new ScriptedEngine(1);
    engine.failures(EngineFailure.busy("HTTP 429", Duration.ofSeconds(20)));

    assertThat(drain(new Sampler(engine, requests(1, 1), THREE, noPause))).hasSize(1);
    assertThat(pauses).containsExactly(Duration.ofSeconds(20));
  }

  @Test
  void turnsTheLastFailureIntoErrorAnswersAndGoesOn() {
    var engine = new ScriptedEngine(1);
    var refusal = EngineFailure.passing("HTTP 503:\n  overloaded");
    engine.failures(refusal, refusal, refusal);

    var responses = drain(new Sampler(engine, requests(2, 2), THREE, noPause));

    String error = "scripted failed after 3 attempts: HTTP 503: overloaded";
    assertThat(responses.get(0).answers())
        .containsExactly(Answer.failed(0, error), Answer.failed(1, error));
    assertThat(responses.get(1).answers()).isEqualTo(ScriptedEngine.answers(request("p1", 0, 2)));
  }

  @Test
  void doesNotRepeatAPermanentFailure() {
    var engine = new ScriptedEngine(1);
    engine.failures(EngineFailure.permanent("HTTP 401"));
    var sampler = new Sampler(engine, requests(1, 1), THREE, noPause);

    assertThat(sampler.next().answers())
        .containsExactly(Answer.failed(0, "scripted failed after 1 attempt: HTTP 401"));
    assertThat(pauses).isEmpty();
    assertThat(sampler.usage()).isEqualTo(new Usage(1, 1, 0, 1, 0, 0));
  }

  @Test
  void aRejectedPromptIsNotRepeatedAndNoFailedCallsAnswer() {
    var engine = new ScriptedEngine(1);
    engine.failures(EngineFailure.rejection("HTTP 400: prompt too long"));

    var responses = drain(new Sampler(engine, requests(2, 2), THREE, noPause));

    assertThat(responses.get(0).answers())
        .containsExactly(
            Answer.rejected(0, "HTTP 400: prompt too long"),
            Answer.rejected(1, "HTTP 400: prompt too long"));
    assertThat(responses.get(1).answers()).isEqualTo(ScriptedEngine.answers(request("p1", 0, 2)));
    assertThat(pauses).isEmpty();
  }

  @Test
  void takesThrownExceptionsMissingStagesAndEmptyListsForFailedCalls() {
    assertThat(errorOf(SamplerTest::refused)).endsWith("after 3 attempts: closed");
    assertThat(errorOf(request -> null)).endsWith("after 3 attempts: the engine gave no stage");
    assertThat(errorOf(request -> CompletableFuture.completedFuture(null)))
        .endsWith("after 3 attempts: the call gave no answer");
    assertThat(errorOf(request -> completed()))
        .endsWith("after 3 attempts: the call gave no answer");
    assertThat(errorOf(request -> completed(Answer.of(9, "x"))))
        .endsWith("after 3 attempts: the call gave sample 9, which was not asked for");
    assertThat(errorOf(request -> completed(Answer.of(0, "x"), Answer.of(0, "y"))))
        .endsWith("after 3 attempts: the call gave sample 0 twice");
    assertThat(errorOf(request -> CompletableFuture.failedFuture(new RuntimeException())))
        .endsWith("after 3 attempts: java.lang.RuntimeException");
  }

  @Test
  void asksAgainOnlyForWhatLacks() {
    var asked = new ArrayList<String>();
    var engine = new ScriptedEngine(1);
    engine.script(
        request -> {
          asked.add(request.firstIndex() + "+" + request.n());
          // At most two answers a call, the last of those asked for first.
          int first = Math.max(request.firstIndex(), request.endIndex() - 2);
          return CompletableFuture.completedFuture(
              ScriptedEngine.answers(request.indices(first, request.endIndex())));
        });
    var resumed = List.of(request("p", 10, 5)).iterator();

    var responses = drain(new Sampler(engine, resumed, RetryPolicy.NEVER, noPause));

    assertThat(responses.get(0).answers()).isEqualTo(ScriptedEngine.answers(request("p", 10, 5)));
    assertThat(asked).containsExactly("10+5", "10+3", "10+1");
    assertThat(pauses).isEmpty();
  }

  @Test
  void keepsTheAnswersReceivedBeforeACallFailed() {
    var engine = new ScriptedEngine(1);
    engine.script(
        request ->
            request.firstIndex() == 0
                ? completed(Answer.of(0, "first"))
                : CompletableFuture.failedFuture(EngineFailure.permanent("quota used up")));

    var responses = drain(new Sampler(engine, requests(1, 3), THREE, noPause));

    String error = "scripted failed after 1 attempt: quota used up";
    assertThat(responses.get(0).answers())
        .containsExactly(Answer.of(0, "first"), Answer.failed(1, error), Answer.failed(2, error));
  }

  @Test
  void doesNotRepeatAnErrorAnswer() {
    var engine = ReplayEngine.ofTexts(promptId -> List.of("a"));
    var sampler = new Sampler(engine, requests(1, 2), THREE, noPause);

    assertThat(sampler.next().answers())
        .extracting(Answer::finishReason)
        .containsExactly(FinishReason.STOP, FinishReason.ERROR);
    assertThat(sampler.usage()).isEqualTo(new Usage(1, 0, 1, 1, 0, 0));
  }

  @Test
  void stopsWhatIsUnderWayOfAPromptAndKeepsWhatHadEnded() {
    var engine = new ScriptedEngine(4);
    var underWay = new HashMap<Request, CompletableFuture<List<Answer>>>();
    engine.script(
        request -> {
          underWay.put(request, new CompletableFuture<>());
          if (underWay.size() == 4) {
            underWay.forEach(
                (call, stage) -> {
                  if (call.firstIndex() == 2 || call.promptId().equals("q")) {
                    stage.complete(ScriptedEngine.answers(call));
                  }
                });
          }
          return underWay.get(request);
        });
    var requests =
        List.of(request("p", 0, 1), request("p", 1, 1), request("p", 2, 1), request("q", 0, 1));
    engine.cancels(
        request ->
            underWay
                .get(request)
                .complete(List.of(Answer.cancelled(request.firstIndex(), 3L, 1L))));
    var stopping = new ArrayList<Sampler>();
    var sampler =
        new Sampler(
            engine,
            requests.iterator(),
            RetryPolicy.NEVER,
            (request, answers) -> {
              if (request.firstIndex() == 2) {
                stopping.get(0).cancel("p");
              }
            });
    stopping.add(sampler);

    var responses = drain(sampler);

    assertThat(responses)
        .extracting(response -> response.answers().get(0).finishReason())
        .containsExactly(
            FinishReason.CANCELLED, FinishReason.CANCELLED, FinishReason.STOP, FinishReason.STOP);
    // Two answers at 3 and 5 tokens, and what the two stopped ones had cost.
    assertThat(sampler.usage()).isEqualTo(new Usage(4, 0, 2, 2, 12, 12));
  }

  @Test
  void aCallThatWaitsToBeRepeatedIsNotMadeAgainOnceStopped() {
    var engine = new ScriptedEngine(2);
    var wait = new CompletableFuture<Void>();
    engine.failures(EngineFailure.passing("HTTP 503"));
    var stopping = new ArrayList<Sampler>();
    var answered = new ArrayList<Integer>();
    engine.script(
        request -> {
          answered.add(request.firstIndex());
          return CompletableFuture.completedFuture(ScriptedEngine.answers(request));
        });
    var sampler =
        new Sampler(
            engine,
            List.of(request("p", 0, 1), request("p", 1, 1)).iterator(),
            THREE,
            time -> wait,
            (request, answers) -> stopping.get(0).cancel("p"));
    stopping.add(sampler);

    var first = sampler.next();
    wait.complete(null);
    var second = sampler.next();

    assertThat(first.answers().get(0).finishReason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(second.answers()).isEqualTo(ScriptedEngine.answers(request("p", 1, 1)));
    assertThat(sampler.hasNext()).isFalse();
    assertThat(answered).containsExactly(1);
  }

  @Test
  void closesTheEngineAndRethrowsWhereTheInputFails() {
    var engine = new ScriptedEngine(1);
    // The second prompt id is empty, which a request refuses.
    var broken = Stream.of("p0", "").map(id -> request(id, 0, 1)).iterator();
    var sampler = new Sampler(engine, broken, THREE, noPause);

    assertThatThrownBy(() -> drain(sampler)).hasMessage("promptId is empty");
    assertThat(engine.closes()).isEqualTo(1);
    assertThat(sampler.hasNext()).isFalse();
  }

  @Test
  void endsWhereItsThreadIsInterrupted() {
    var engine = new ScriptedEngine(1);
    engine.script(request -> new CompletableFuture<>());
    var sampler = new Sampler(engine, requests(1, 1), THREE, noPause);

    Thread.currentThread().interrupt();

    assertThatThrownBy(sampler::next)
        .isInstanceOf(CancellationException.class)
        .hasMessage("interrupted while waiting for engine scripted");
    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    assertThat(engine.closes()).isEqualTo(1);
  }

  @Test
  void givesTheSameAnswersOfASearchInOneRunAndResumed() {
    var whole = drain(new Sampler(new SearchEngine(3), puzzles(0, 8), THREE, noPause));
    var first = drain(new Sampler(new SearchEngine(3), puzzles(0, 3), THREE, noPause));
    var rest = drain(new Sampler(new SearchEngine(3), puzzles(3, 5), THREE, noPause));

    for (int i = 0; i < whole.size(); i++) {
      assertThat(whole.get(i).answers())
          .containsExactlyElementsOf(
              Stream.concat(first.get(i).answers().stream(), rest.get(i).answers().stream())
                  .toList());
    }
  }

  private static CompletableFuture<List<Answer>> refused(Request request) {
    throw new IllegalStateException("closed");
  }

  private String errorOf(Function<Request, CompletableFuture<List<Answer>>> script) {
    var engine = new ScriptedEngine(1);
    engine.script(script);
    var responses = drain(new Sampler(engine, requests(1, 2), THREE, noPause));
    return responses.get(0).answers().get(1).error();
  }

  private static CompletableFuture<List<Answer>> completed(Answer... answers) {
    return CompletableFuture.completedFuture(List.of(answers));
  }

  private static List<Response> drain(Sampler sampler) {
    var responses = new ArrayList<Response>();
    sampler.forEachRemaining(responses::add);
    return responses;
  }

  private static Request request(String promptId, int firstIndex, int n) {
    return new Request(promptId, "?", firstIndex, n, Parameters.DEFAULT);
  }

  private static Iterator<Request> requests(int count, int n) {
    return IntStream.range(0, count).mapToObj(i -> request("p" + i, 0, n)).iterator();
  }

  private static Iterator<Request> endless() {
    return Stream.iterate(0, i -> i + 1).map(i -> request("p" + i, 0, 1)).iterator();
  }

  private static Iterator<Request> puzzles(int firstIndex, int n) {
    return Puzzles.game24(10, 1).stream()
        .map(puzzle -> new Request(puzzle.id(), puzzle.prompt(), firstIndex, n, Parameters.DEFAULT))
        .iterator();
  }

  private static Iterator<Request> counted(Iterator<Request> requests, AtomicInteger read) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return requests.hasNext();
      }

      @Override
      public Request next() {
        read.incrementAndGet();
        return requests.next();
      }
    };
  }
}
