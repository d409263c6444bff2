package org.millrace.batch.inference.model;

/** How the vectors of a text's tokens become one; which one is right is the model's to say. */
public enum Pooling {
  /** The mean of all tokens, special ones among them, as sentence-transformers take it. */
  MEAN,
  /** The first token's, as BGE takes it. */
  CLS
}
