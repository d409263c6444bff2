package org.millrace.batch.sample.engine;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Samples answers to prompts: a model behind HTTP, a recording, a solver. Opened once per
 * partition, called by one thread, closed at its end.
 */
public interface SamplingEngine extends AutoCloseable {

  /** Short name of the engine, as users choose it. */
  String name();

  /** Version of the engine or revision of the model; changes whenever its answers may change. */
  String version();

  /**
   * Starts one call. The stage completes on any thread and in bounded time, so a remote engine
   * keeps its own time limit.
   *
   * <ul>
   *   <li>Answers carry indices of the request, each at most once. An engine that gives fewer a
   *       call returns those it has, at least one; the {@link Sampler} asks for the rest.
   *   <li>A failed call fails the stage (or throws): {@link EngineFailure} says whether it is worth
   *       repeating; any other exception counts as passing.
   *   <li>An answer with {@link FinishReason#ERROR} is final for this run; a resumed one asks
   *       again.
   *   <li>A prompt that the engine can't answer at all is an {@link EngineFailure#rejection}: no
   *       run asks again.
   * </ul>
   *
   * @param request the prompt and the sample indices wanted
   * @return the answers, in any order
   */
  CompletionStage<List<Answer>> sample(Request request);

  /**
   * Stops a call under way whose answers are not wanted any more. Its stage completes soon, with
   * answers that are {@link FinishReason#CANCELLED} and count what tokens are known. A call that
   * has ended stays as it is. An engine that can't stop a call lets it end, as this does.
   *
   * @param request as it was sampled
   */
  default void cancel(Request request) {}

  /** Most calls that may be in flight at once, at least 1. */
  int maxConcurrency();

  /** Ends calls in flight and frees what the engine holds; the second time it does nothing. */
  @Override
  void close();
}
