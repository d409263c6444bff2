package org.millrace.batch.sample.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MeteredEngineTest {

  // Of a prompt of one byte a call takes 65 + 10 tokens at most.
  private static final Parameters TEN = new Parameters(1, 1, 10, 42);
  private static final double ONE_CALL = 75;

  private final ScriptedEngine scripted = new ScriptedEngine(4);
  private final Map<Request, CompletableFuture<List<Answer>>> underWay = new HashMap<>();

  private MeteredEngine engine(double tokens) {
    scripted.script(request -> underWay.computeIfAbsent(request, r -> new CompletableFuture<>()));
    var none = Double.POSITIVE_INFINITY;
    return new MeteredEngine(scripted, new Ceiling(tokens, none, none), new Price(0, 0));
  }

  private static Request request(int index) {
    return new Request("p", "?", index, 1, TEN);
  }

  @Test
  void whatAStoppedCallHasNotUsedPaysForAnother() {
    var engine = engine(ONE_CALL + 20);
    scripted.cancels(request -> underWay.get(request).complete(request.cancelled(8L, 3L)));

    engine.sample(request(0));
    var waiting = engine.sample(request(1));
    assertThat(underWay).containsOnlyKeys(request(0));
    engine.cancel(request(0));

    assertThat(underWay).containsOnlyKeys(request(0), request(1));
    assertThat(waiting.toCompletableFuture()).isNotDone();
  }

  @Test
  void ofAStoppedCallThatIsNotCountedTheDearestIsTaken() {
    var engine = engine(ONE_CALL + 20);
    scripted.cancels(request -> underWay.get(request).complete(request.cancelled(null, 3L)));

    engine.sample(request(0));
    var waiting = engine.sample(request(1));
    engine.cancel(request(0));

    assertThat(underWay).containsOnlyKeys(request(0));
    assertThat(waiting.toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void aCallThatWaitsForMoneyIsStoppedWithoutBeingMade() {
    var engine = engine(ONE_CALL + 20);

    engine.sample(request(0));
    var waiting = engine.sample(request(1));
    engine.cancel(request(1));

    assertThat(waiting.toCompletableFuture())
        .isCompletedWithValue(List.of(Answer.cancelled(1, 0L, 0L)));
    assertThat(underWay).containsOnlyKeys(request(0));
  }
}
