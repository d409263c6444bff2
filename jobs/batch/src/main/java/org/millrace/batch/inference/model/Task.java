package org.millrace.batch.inference.model;

import java.io.Serializable;

/**
 * What is asked of a model: how an input becomes tokens, and what of the model's output is the
 * answer. Implementations are immutable.
 *
 * @param <I> input, such as a text or an answer to a prompt
 * @param <O> output, such as a vector or a score
 */
public interface Task<I, O> extends Serializable {

  /**
   * An input's tokens.
   *
   * @param input not null
   * @throws BadInput if the model can't be asked about it
   */
  Encoded encode(I input, TextEncoder encoder);

  /**
   * Reads what the model says of one input.
   *
   * @param output of a batch
   * @param row of the input in it
   * @param input its tokens; what stands behind their length in the output is padding
   * @throws BadInput if it is no answer, such as a score that isn't finite
   * @throws IllegalArgumentException if a model of such outputs can't do the task
   */
  O read(Tensor output, int row, Encoded input, TextEncoder encoder);
}
