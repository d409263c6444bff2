package org.millrace.batch.inference.model;

/**
 * What came of one input.
 *
 * @param value null where the input was null or faulty
 * @param fault why the model couldn't be asked, in one line; null where it could
 */
public record Result<O>(O value, String fault) {

  private static final Result<?> NONE = new Result<>(null, null);

  @SuppressWarnings("unchecked")
  static <O> Result<O> none() {
    return (Result<O>) NONE;
  }
}
