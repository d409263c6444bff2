package org.millrace.batch.strategies.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;

/**
 * An LSTM that reads vectors, and one that goes on from its state and writes tokens (Sutskever,
 * Vinyals and Le, NIPS 2014). Training and prediction are the same layers.
 */
final class PredictorNetwork {

  private final Lstm encoder;
  private final NDArray embedding;
  private final Lstm decoder;
  private final NDArray output;
  private final NDArray bias;

  PredictorNetwork(Weights weights, int dimensions, int latent, int vocabulary) {
    encoder = new Lstm(weights, "encoder", dimensions, latent);
    embedding = weights.embedding("embedding", vocabulary, latent);
    decoder = new Lstm(weights, "decoder", latent, latent);
    output = weights.matrix("output", vocabulary, latent);
    bias = weights.vector("outputBias", new double[vocabulary]);
  }

  /**
   * Reads.
   *
   * @param vectors rows x vectors x dimensions
   * @return the state to write from
   */
  NDList read(NDArray vectors, Dropout dropout) {
    return encoder.forward(dropout.apply(vectors), encoder.start(vectors)).state();
  }

  /**
   * Writes the token after each given one.
   *
   * @param tokens rows x steps
   * @return as outputs, a number a token of the vocabulary, before the softmax
   */
  Lstm.Passed write(NDArray tokens, NDList state, Dropout dropout) {
    var embedded = Embedding.embedding(tokens, embedding, SparseFormat.DENSE).singletonOrThrow();
    var passed = decoder.forward(dropout.apply(embedded), state);
    var outputs = Linear.linear(dropout.apply(passed.outputs()), output, bias).singletonOrThrow();
    return new Lstm.Passed(outputs, passed.state());
  }
}
