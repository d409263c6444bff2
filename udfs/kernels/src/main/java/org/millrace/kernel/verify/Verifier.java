package org.millrace.kernel.verify;

import java.io.Serializable;

/**
 * Judges a text by rule. Implementations are immutable, hence thread-safe, and bounded: any text,
 * of whatever length and nesting, gets a judgement in time linear in its length.
 */
public interface Verifier extends Serializable {

  /**
   * Judges one text.
   *
   * @param prompt the question, for verifiers that check against it; may be null for others
   * @param target the reference answer, for verifiers that compare with it; may be null for others
   * @param text the sampled answer, not null
   * @throws IllegalArgumentException if the prompt or the target can't be verified against; the
   *     message says why in one line
   */
  Judgement judge(String prompt, String target, String text);

  /** Name as in {@link Verifiers#of}. */
  String name();

  /** Changes whenever a verdict may change. */
  String version();
}
