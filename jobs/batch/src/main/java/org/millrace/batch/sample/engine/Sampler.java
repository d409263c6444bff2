package org.millrace.batch.sample.engine;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs requests over an engine and gives the responses in the requests' order. At most {@link
 * SamplingEngine#maxConcurrency()} requests are under way (in a call, or waiting to repeat one) and
 * at most {@value #WINDOW} times as many are held, so memory is bounded however long the input is.
 *
 * <p>A call that fails is repeated by the {@link RetryPolicy}, for the missing sample indices only;
 * what still lacks then becomes an answer with {@link FinishReason#ERROR}, or {@link
 * FinishReason#REJECTED} where the engine rejects the prompt. The iterator itself throws only what
 * the input iterator throws, and {@link CancellationException} where its thread is interrupted. The
 * engine is closed with the sampler: after the last response, on such an exception, or by {@link
 * #close()}.
 *
 * <p>Requests may be made of responses: the input iterator is asked again after each one read.
 *
 * <p>Used by one thread; the engine may complete its calls on any.
 */
public final class Sampler implements Iterator<Response>, AutoCloseable {

  /** Responses held per call slot, so that one slow call does not idle the others. */
  static final int WINDOW = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

  private final SamplingEngine engine;
  private final Iterator<Request> requests;
  private final RetryPolicy policy;
  private final Pause pause;
  private final BiConsumer<Request, List<Answer>> arrivals;
  private final int slots;
  private final ArrayDeque<PendingResponse> pending = new ArrayDeque<>();
  // What engine and pauses report, to be run on this sampler's thread: no other state is shared.
  private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
  private int underWay;
  private boolean closed;
  private long calls;
  private long failedCalls;
  private long answers;
  private long failedAnswers;
  private long promptTokens;
  private long completionTokens;

  /**
   * A sampler that waits by the wall clock.
   *
   * @param engine closed by this sampler
   * @param requests read one at a time, as call slots come free
   * @param policy of repeated calls
   */
  public Sampler(SamplingEngine engine, Iterator<Request> requests, RetryPolicy policy) {
    this(engine, requests, policy, Pause.wallClock());
  }

  /**
   * A sampler that tells of answers when they come in, which may be long before their turn.
   *
   * @param arrivals gets a prompt's request and answers to it, on the sampler's thread
   */
  public Sampler(
      SamplingEngine engine,
      Iterator<Request> requests,
      RetryPolicy policy,
      BiConsumer<Request, List<Answer>> arrivals) {
    this(engine, requests, policy, Pause.wallClock(), arrivals);
  }

  /**
   * A sampler with its own way to wait.
   *
   * @param engine closed by this sampler
   * @param requests read one at a time, as call slots come free
   * @param policy of repeated calls
   * @param pause waits before a repeated call
   * @throws IllegalArgumentException if the engine allows no call at all
   */
  public Sampler(
      SamplingEngine engine, Iterator<Request> requests, RetryPolicy policy, Pause pause) {
    this(engine, requests, policy, pause, (request, answers) -> {});
  }

  Sampler(
      SamplingEngine engine,
      Iterator<Request> requests,
      RetryPolicy policy,
      Pause pause,
      BiConsumer<Request, List<Answer>> arrivals) {
    this.arrivals = arrivals;
    this.engine = requireNonNull(engine, "engine is null");
    this.requests = requireNonNull(requests, "requests is null");
    this.policy = requireNonNull(policy, "policy is null");
    this.pause = requireNonNull(pause, "pause is null");
    this.slots = engine.maxConcurrency();
    if (slots < 1) {
      throw new IllegalArgumentException(
          "engine %s allows %d calls at once".formatted(engine.name(), slots));
    }
  }

  @Override
  public boolean hasNext() {
    if (closed) {
      return false;
    }
    advance(events.poll());
    if (pending.isEmpty()) {
      close();
    }
    return !pending.isEmpty();
  }

  @Override
  public Response next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no request is left");
    }
    while (!pending.element().isComplete()) {
      advance(nextEvent());
    }
    return pending.remove().response();
  }

  /**
   * Stops what is under way of a prompt. What lacks of its answers becomes {@link
   * FinishReason#CANCELLED}; calls that have ended by then keep theirs.
   */
  public void cancel(String promptId) {
    for (var response : pending) {
      if (response.promptId().equals(promptId) && !response.isComplete()) {
        response.cancel();
        if (response.underWay() == null) {
          // It waits to be repeated.
          end(response);
        } else {
          engine.cancel(response.underWay());
        }
      }
    }
  }

  /** Fills up a response that nobody waits for. */
  private void end(PendingResponse response) {
    failedAnswers += response.fill(index -> Answer.cancelled(index, null, null));
    underWay--;
  }

  /** What has been used so far; stays readable after the end. */
  public Usage usage() {
    return new Usage(calls, failedCalls, answers, failedAnswers, promptTokens, completionTokens);
  }

  /**
   * Closes the engine, once; responses not read yet are dropped. An engine that does not close
   * cleanly is logged, since its answers are good all the same.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    pending.clear();
    try {
      engine.close();
    } catch (RuntimeException e) {
      LOG.warn("engine {} did not close cleanly", engine.name(), e);
    }
  }

  /** Handles an event (null for none) and all others at hand, then starts what has room. */
  private void advance(Runnable event) {
    try {
      for (Runnable next = event; next != null; next = events.poll()) {
        next.run();
      }
      startCalls();
    } catch (RuntimeException | Error fatal) {
      close();
      throw fatal;
    }
  }

  private void startCalls() {
    while (underWay < slots && pending.size() < (long) WINDOW * slots && requests.hasNext()) {
      var response = new PendingResponse(requests.next());
      pending.add(response);
      underWay++;
      call(response);
    }
  }

  private Runnable nextEvent() {
    try {
      return events.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new CancellationException("interrupted while waiting for engine " + engine.name());
    }
  }

  private void call(PendingResponse response) {
    if (response.isComplete()) {
      return;
    }
    Request missing = response.call();
    calls++;
    try {
      requireNonNull(engine.sample(missing), "the engine gave no stage")
          .whenComplete(
              (received, failure) ->
                  events.add(() -> returned(response, missing, received, failure)));
    } catch (Exception e) {
      events.add(() -> failed(response, e));
    }
  }

  private void returned(
      PendingResponse response, Request asked, List<Answer> received, Throwable failure) {
    response.ended();
    if (failure != null) {
      failed(response, cause(failure));
      return;
    }
    String breach = PendingResponse.breach(asked, received);
    if (breach != null) {
      failed(response, EngineFailure.passing(breach));
      return;
    }
    received.forEach(this::count);
    arrivals.accept(asked, received);
    response.add(received);
    if (response.isComplete()) {
      underWay--;
    } else if (response.isCancelled()) {
      end(response);
    } else {
      call(response);
    }
  }

  private void failed(PendingResponse response, Throwable failure) {
    failedCalls++;
    response.ended();
    if (response.isCancelled()) {
      end(response);
      return;
    }
    int failures = response.countFailure();
    if (failure instanceof EngineFailure known && known.isRejection()) {
      failedAnswers += response.fill(index -> Answer.rejected(index, message(failure)));
      underWay--;
      return;
    }
    if (failure instanceof EngineFailure known && known.isCeiling()) {
      failedAnswers += response.fill(index -> Answer.unasked(index, message(failure)));
      underWay--;
      return;
    }
    boolean permanent = failure instanceof EngineFailure known && known.isPermanent();
    if (permanent || failures >= policy.attempts()) {
      String tries = failures == 1 ? "1 attempt" : failures + " attempts";
      String error = "%s failed after %s: %s".formatted(engine.name(), tries, message(failure));
      failedAnswers += response.fill(index -> Answer.failed(index, error));
      underWay--;
      return;
    }
    var delay = policy.delay(failures, response.promptId());
    if (failure instanceof EngineFailure known && known.retryAfter().compareTo(delay) > 0) {
      delay = known.retryAfter();
    }
    pause.of(delay).whenComplete((over, ignored) -> events.add(() -> call(response)));
  }

  private void count(Answer answer) {
    if (answer.finishReason().isAnswer()) {
      answers++;
    } else {
      failedAnswers++;
    }
    promptTokens += answer.promptTokens() == null ? 0 : answer.promptTokens();
    completionTokens += answer.completionTokens() == null ? 0 : answer.completionTokens();
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    String text = message == null || message.isBlank() ? failure.getClass().getName() : message;
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
