package org.millrace.batch.sample.engine;

import java.io.Serializable;
import java.util.List;

/**
 * What an engine tells of an answer beside its text.
 *
 * @param reasoning what the model wrote before the answer, where the server keeps it apart; may be
 *     null
 * @param logprobs natural logarithm of the probability of each token of the answer, at most 0;
 *     empty unless asked for
 * @param confidences by token the negative mean of the log probabilities of the likeliest tokens
 *     there (DeepConf, arXiv 2508.15260); empty unless asked for
 * @param tokens the text, cut as the model wrote it; empty unless asked for
 */
public record Trace(
    String reasoning, List<Double> logprobs, List<Double> confidences, List<String> tokens)
    implements Serializable {

  /** Nothing beside the text. */
  public static final Trace NONE = new Trace(null, List.of(), List.of(), List.of());

  /** Keeps immutable copies. */
  public Trace {
    logprobs = List.copyOf(logprobs);
    confidences = List.copyOf(confidences);
    tokens = List.copyOf(tokens);
  }
}
