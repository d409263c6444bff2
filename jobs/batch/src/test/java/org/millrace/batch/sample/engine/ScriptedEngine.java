package org.millrace.batch.sample.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** An engine that does what a test says, and counts. */
final class ScriptedEngine implements SamplingEngine {

  private final int concurrency;
  private final ArrayDeque<Throwable> failures = new ArrayDeque<>();
  private Function<Request, CompletableFuture<List<Answer>>> script =
      request -> CompletableFuture.completedFuture(answers(request));
  private Consumer<Request> cancels = request -> {};
  private ExecutorService threads;
  private int inFlight;
  private int mostInFlight;
  private int closes;

  ScriptedEngine(int concurrency) {
    this.concurrency = concurrency;
  }

  /** Completes its calls on other threads, in an order drawn where there is a choice. */
  static ScriptedEngine shuffled(int concurrency, long seed) {
    var engine = new ScriptedEngine(concurrency);
    var random = new Random(seed);
    var waiting = new ArrayList<Runnable>();
    engine.threads = Executors.newFixedThreadPool(2);
    engine.script =
        request -> {
          var stage = new CompletableFuture<List<Answer>>();
          synchronized (waiting) {
            waiting.add(() -> stage.complete(answers(request)));
          }
          engine.threads.execute(
              () -> {
                Runnable completion;
                synchronized (waiting) {
                  completion = waiting.remove(random.nextInt(waiting.size()));
                }
                completion.run();
              });
          return stage;
        };
    return engine;
  }

  /** The answers that it gives by default: 3 tokens read and 5 written each. */
  static List<Answer> answers(Request request) {
    return IntStream.range(request.firstIndex(), request.endIndex())
        .mapToObj(
            i -> {
              String text = request.promptId() + "#" + i;
              return new Answer(i, text, FinishReason.STOP, 3L, 5L, null, null);
            })
        .toList();
  }

  void script(Function<Request, CompletableFuture<List<Answer>>> script) {
    this.script = script;
  }

  void cancels(Consumer<Request> cancels) {
    this.cancels = cancels;
  }

  @Override
  public void cancel(Request request) {
    cancels.accept(request);
  }

  /** Fails the next calls, one each. */
  void failures(Throwable... failures) {
    this.failures.addAll(Arrays.asList(failures));
  }

  synchronized int mostInFlight() {
    return mostInFlight;
  }

  int closes() {
    return closes;
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public CompletionStage<List<Answer>> sample(Request request) {
    if (!failures.isEmpty()) {
      return CompletableFuture.failedFuture(failures.remove());
    }
    synchronized (this) {
      mostInFlight = Math.max(mostInFlight, ++inFlight);
    }
    CompletableFuture<List<Answer>> stage = script.apply(request);
    return stage == null ? null : stage.whenComplete((answers, failure) -> ended());
  }

  private synchronized void ended() {
    inFlight--;
  }

  @Override
  public int maxConcurrency() {
    return concurrency;
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.shutdown();
    }
    closes++;
  }
}
