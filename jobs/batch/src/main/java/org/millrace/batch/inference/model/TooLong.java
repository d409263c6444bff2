package org.millrace.batch.inference.model;

/** What becomes of an input with more tokens than the model reads. */
public enum TooLong {
  /** It is a fault: a score of half an answer is no score of it. */
  FAULT,
  /** Its end is cut off. */
  CUT;

  void check(Encoded encoded, TextEncoder encoder) {
    if (this == FAULT && encoded.cut()) {
      throw new BadInput("more than max-tokens %d tokens", encoder.maxTokens());
    }
  }
}
