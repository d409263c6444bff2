package org.millrace.batch.inference.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A model and how it is to be run; equal specs share one model in memory.
 *
 * @param source where it comes from
 * @param maxTokens longest input, special tokens counted; what is longer is cut or is a fault, as
 *     the task says
 * @param batchTokens at most so many tokens go through the model at once, padding among them
 *     (except that one input always does)
 */
public record ModelSpec(ModelSource source, int maxTokens, int batchTokens)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What BERT and its kin read. */
  public static final int DEFAULT_MAX_TOKENS = 512;

  /** Keeps a batch's output of a vocabulary of 32 Ki under 600 MB. */
  public static final int DEFAULT_BATCH_TOKENS = 4096;

  public ModelSpec {
    requireNonNull(source, "source is null");
    if (maxTokens < 1 || batchTokens < 1) {
      throw new IllegalArgumentException(
          "max-tokens and batch-tokens must be at least 1, not %d and %d"
              .formatted(maxTokens, batchTokens));
    }
  }

  /** With batches of the usual size. */
  public ModelSpec(ModelSource source, int maxTokens) {
    this(source, maxTokens, DEFAULT_BATCH_TOKENS);
  }
}
