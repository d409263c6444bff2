package org.millrace.kernel.verify;

/**
 * What a verifier makes of a sample.
 *
 * @param answer the canonical answer: equal answers have equal ones; null where there is none
 * @param verdict never null
 */
public record Judgement(String answer, Verdict verdict) {

  static final Judgement MISSING = new Judgement(null, Verdict.MISSING);
  static final Judgement UNPARSED = new Judgement(null, Verdict.UNPARSED);

  static Judgement of(String answer, boolean correct) {
    return new Judgement(answer, correct ? Verdict.CORRECT : Verdict.INCORRECT);
  }
}
