package org.millrace.batch.sample.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An engine with a ceiling that holds whatever its answers turn out to cost: a call is made only if
 * all that is under way would stay within it at its dearest, a token for each byte of a prompt and
 * the most tokens for each answer. A call that has to wait for what others leave over waits without
 * a thread; one that can't be paid any more fails as unasked. Thread-safe.
 */
public final class MeteredEngine implements SamplingEngine {

  /** Tokens that a server may put around a prompt. */
  private static final int TEMPLATE = 64;

  private final SamplingEngine engine;
  private final Ceiling ceiling;
  private final Price price;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private double tokens;
  private double calls;
  private double money;
  private int underWay;

  /** A call that waits. */
  private record Waiting(Request request, CompletableFuture<List<Answer>> answers) {}

  /** An engine whose calls count. */
  public MeteredEngine(SamplingEngine engine, Ceiling ceiling, Price price) {
    this.engine = engine;
    this.ceiling = ceiling;
    this.price = price;
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public String version() {
    return engine.version();
  }

  @Override
  public int maxConcurrency() {
    return engine.maxConcurrency();
  }

  @Override
  public CompletionStage<List<Answer>> sample(Request request) {
    synchronized (this) {
      if (!reserved(request)) {
        if (underWay == 0) {
          return tooDear();
        }
        var later = new Waiting(request, new CompletableFuture<>());
        waiting.add(later);
        return later.answers();
      }
    }
    return call(request);
  }

  private static long promptTokens(Request request) {
    return request.prompt().getBytes(StandardCharsets.UTF_8).length + TEMPLATE;
  }

  private static long completionTokens(Request request) {
    return (long) request.n() * request.parameters().maxTokens();
  }

  private synchronized boolean reserved(Request request) {
    long read = promptTokens(request);
    long written = completionTokens(request);
    if (!ceiling.admits(tokens + read + written, calls + 1, money + price.of(read, written))) {
      return false;
    }
    tokens += read + written;
    calls++;
    money += price.of(read, written);
    underWay++;
    return true;
  }

  private CompletionStage<List<Answer>> call(Request request) {
    CompletionStage<List<Answer>> answers;
    try {
      answers = engine.sample(request);
    } catch (RuntimeException e) {
      answers = CompletableFuture.failedStage(e);
    }
    return answers.whenComplete((received, failure) -> settle(request, received));
  }

  /** Gives back what a call has not used; of a failed call nobody knows. */
  private void settle(Request request, List<Answer> received) {
    synchronized (this) {
      underWay--;
      if (received != null && received.stream().allMatch(MeteredEngine::counted)) {
        long read = received.stream().mapToLong(Answer::promptTokens).sum();
        long written = received.stream().mapToLong(Answer::completionTokens).sum();
        tokens += read + written - promptTokens(request) - completionTokens(request);
        money +=
            price.of(read, written) - price.of(promptTokens(request), completionTokens(request));
      }
    }
    wake();
  }

  private static boolean counted(Answer answer) {
    return answer.promptTokens() != null && answer.completionTokens() != null;
  }

  /** Lets those go on that can be paid now, or never. */
  private void wake() {
    while (true) {
      Waiting first;
      boolean paid;
      synchronized (this) {
        first = waiting.peek();
        if (first == null) {
          return;
        }
        paid = reserved(first.request());
        if (!paid && underWay > 0) {
          return;
        }
        waiting.remove();
      }
      var answers = first.answers();
      (paid ? call(first.request()) : tooDear())
          .whenComplete(
              (received, failure) -> {
                if (failure == null) {
                  answers.complete(received);
                } else {
                  answers.completeExceptionally(failure);
                }
              });
    }
  }

  /** Of a call that has been stopped only what is counted whole is given back. */
  @Override
  public void cancel(Request request) {
    Waiting dropped = null;
    synchronized (this) {
      for (var call : waiting) {
        dropped = call.request().equals(request) ? call : dropped;
      }
      waiting.remove(dropped);
    }
    if (dropped == null) {
      engine.cancel(request);
    } else {
      dropped.answers().complete(request.cancelled(0L, 0L));
    }
  }

  private static CompletionStage<List<Answer>> tooDear() {
    return CompletableFuture.failedStage(
        EngineFailure.ceiling("a call more could pass the ceiling"));
  }

  @Override
  public void close() {
    engine.close();
  }
}
