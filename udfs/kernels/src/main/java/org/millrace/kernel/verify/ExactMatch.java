package org.millrace.kernel.verify;

/** Correct if text and target are equal, white space around them aside. */
public final class ExactMatch implements Verifier {

  private static final long serialVersionUID = 1L;

  @Override
  public Judgement judge(String prompt, String target, String text) {
    var wanted = Texts.required(target, "target");
    if (Texts.missing(text)) {
      return Judgement.MISSING;
    }
    var answer = text.strip();
    return Judgement.of(answer, answer.equals(wanted));
  }

  @Override
  public String name() {
    return "exact";
  }

  @Override
  public String version() {
    return "1";
  }
}
