package org.millrace.kernel.bestofn;

/**
 * How sure a model was of what it wrote (arXiv 2502.18581): the divergence of its next-token
 * distributions from the uniform one, KL(U || p), mean over the tokens. 0 for a model that has no
 * idea, and more the surer it is. Its use is to rank the answers to one prompt, as Borda's votes.
 */
public final class SelfCertainty {

  private SelfCertainty() {}

  /**
   * Of one token: -(1/V) sum_j (log p_j + log V).
   *
   * @param logProbs natural logarithms of the probabilities of the whole vocabulary, V of them; a
   *     token that can't be is -infinity, and the result is infinite then
   * @return at least 0, up to rounding; NaN for an empty vocabulary
   */
  public static double ofToken(double[] logProbs) {
    double sum = 0;
    for (double logProb : logProbs) {
      sum += logProb;
    }
    return -sum / logProbs.length - Math.log(logProbs.length);
  }

  /**
   * Of a text: the mean of its tokens.
   *
   * @param logProbs one array a token, as of {@link #ofToken}
   * @return NaN for a text without tokens
   */
  public static double of(double[][] logProbs) {
    double sum = 0;
    for (var token : logProbs) {
      sum += ofToken(token);
    }
    return sum / logProbs.length;
  }

  /**
   * Of a text of whose tokens only the likeliest were kept: the divergence from the uniform
   * distribution over those alone, KL(U_k || p). It ranks the answers to a prompt as their mean
   * confidence does, and is the paper's where k is the vocabulary.
   *
   * @param confidence mean over the tokens of {@link TraceConfidence#ofToken}
   * @param k how many were kept a token, at least 1
   * @return at least 0, up to rounding
   */
  public static double ofLikeliest(double confidence, int k) {
    return confidence - Math.log(k);
  }
}
