package org.millrace.kernel.bestofn;

/** Who wins a vote that ends in a tie. Peers disagree, so all of their rules are here. */
public enum Ties {
  /** The tied answers share the credit: the expectation of a fair draw. */
  SHARED,
  /** The answer seen first (search-and-learn, compute-optimal-tts, Qwen2.5-Math). */
  FIRST,
  /** The answer whose text is smallest. */
  SMALLEST,
  /** The answer that has the shortest sample (short-m@k). */
  SHORTEST,
  /** Nobody: a tie is wrong. */
  STRICT,
  /** Mean credit of the tied answers, the smallest text being reported (NeMo-Skills). */
  MEAN
}
