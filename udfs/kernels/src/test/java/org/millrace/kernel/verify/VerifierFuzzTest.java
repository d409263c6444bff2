package org.millrace.kernel.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.kernel.verify.Countdown.NumbersUsed;

/** Every verifier gives a verdict on every text; only a prompt or target may be refused. */
class VerifierFuzzTest {

  /** A verifier with a prompt and a target that it takes. */
  record Case(Verifier verifier, String prompt, String target) {

    Judgement judge(String text) {
      return verifier.judge(prompt, target, text);
    }

    @Override
    public String toString() {
      return verifier.name() + " " + verifier.version();
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case(new ExactMatch(), null, "7"),
          new Case(new RegexExtraction("(a|aa)+b|[0-9]+"), null, "7"),
          new Case(new RegexExtraction("answer:(.*)"), null, "7"),
          new Case(new MultipleChoice(MultipleChoice.DEFAULT_LETTERS), null, "A"),
          new Case(new NumberMatch(), null, "1/3"),
          new Case(new Game24(), "1 2 3 4", null),
          new Case(new Countdown(NumbersUsed.SUBSET), "[5, 7, 2]", "24"),
          new Case(new Countdown(NumbersUsed.ALL), "[5, 7, 2]", "24"),
          new Case(new Sudoku(), "1... ..1. .1.. ...1", null),
          new Case(new NashCells(), null, "[('A1','B1')]"));

  /** Pieces of what the verifiers look for. */
  private static final String[] PIECES = {
    "answer: ",
    "Answer",
    " is ",
    "A",
    "(b)",
    "C.**",
    "\\boxed{",
    "\\text{",
    "}",
    "$",
    "####",
    "1/0",
    "-",
    "+",
    "*",
    "/",
    "(",
    ")",
    "[",
    "]",
    "{,}",
    "\\frac{1}{0}",
    "\\frac{3}{4}",
    ",",
    ".",
    "%",
    "1,250",
    "0.5",
    ".",
    "12",
    "(1+2+3)*4",
    "=",
    "24",
    "\n",
    "\r",
    " ",
    "\t",
    "Operations: [",
    "Exploring Operation: ",
    "5+7=12",
    "12*2=24",
    "0/0=0",
    "Goal Reached",
    "[('A1','B1')]",
    "('A2',",
    "1234 3412 2143 4321",
    "[invalid]",
    "\u0130",
    "\u00df",
    "\ud83d\ude00",
    "\ud800",
    "\u0000",
    "\u0663",
    "\u2212",
    "\u00a0",
    "99999999999999999999"
  };

  @Provide
  Arbitrary<Case> cases() {
    return Arbitraries.of(CASES);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(60),
        Arbitraries.strings().withChars("()[]{}0123456789+-*/=., \n$\\%AbC'\"").ofMaxLength(60),
        Arbitraries.of(PIECES).list().ofMaxSize(14).map(pieces -> String.join("", pieces)));
  }

  @Property(tries = 4000)
  void everyTextGetsAVerdict(@ForAll("cases") Case taken, @ForAll("texts") String text) {
    var judgement = taken.judge(text);

    assertThat(judgement.verdict()).isNotNull();
    if (judgement.verdict() == Verdict.MISSING || judgement.verdict() == Verdict.UNPARSED) {
      assertThat(judgement.answer()).as("answer").isNull();
    }
    if (judgement.verdict() == Verdict.CORRECT) {
      assertThat(judgement.answer()).as("answer").isNotBlank();
    }
    assertThat(taken.judge(text)).as("once more").isEqualTo(judgement);
  }

  @Property(tries = 4000)
  void everyPromptAndTargetIsTakenOrRefused(
      @ForAll("cases") Case taken,
      @ForAll("texts") String prompt,
      @ForAll("texts") String target,
      @ForAll("texts") String text) {
    var problem = new Case(taken.verifier(), prompt, target);

    var thrown = catchThrowable(() -> assertThat(problem.judge(text).verdict()).isNotNull());

    if (thrown != null) {
      assertThat(thrown).isExactlyInstanceOf(IllegalArgumentException.class);
      assertThat(thrown.getMessage()).isNotBlank();
    }
  }

  @Property(tries = 4000)
  void aRefusalSaysWhyInOneLine(
      @ForAll("cases") Case taken, @ForAll("texts") String prompt, @ForAll("texts") String target) {
    var thrown = catchThrowable(() -> taken.verifier().judge(prompt, target, "7"));

    if (thrown != null) {
      assertThat(thrown.getMessage().lines()).as(thrown.getMessage()).hasSize(1);
    }
  }

  static Stream<Case> all() {
    return CASES.stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void longAndDeepTextsGetAVerdict(Case taken) {
    for (var piece : PIECES) {
      // Spaces within a text have a test of their own in NumberMatchTest.
      var text = piece.isBlank() ? piece.repeat(5_000) : piece.repeat(100_000 / piece.length());
      for (var whole : List.of(text, "answer: " + text, "7" + text + "7", text + "\n7 = 7")) {
        assertThat(taken.judge(whole).verdict()).as(shown(whole)).isNotNull();
      }
    }
  }

  static Stream<String> nested() {
    return Stream.of(
        "(".repeat(10_000),
        "(".repeat(10_000) + "24" + ")".repeat(10_000),
        "[".repeat(10_000) + "]".repeat(10_000),
        "{".repeat(10_000) + "7" + "}".repeat(10_000),
        "\\boxed{".repeat(10_000) + "7" + "}".repeat(10_000),
        "\\frac{".repeat(10_000) + "1}{2}" + "}{2}".repeat(10_000),
        "-".repeat(10_000) + "7",
        "1" + "0".repeat(100_000) + "/" + "3".repeat(100_000),
        "1" + ",000".repeat(30_000),
        "0." + "3".repeat(100_000) + "%",
        "9" + "^9".repeat(50_000),
        "9*".repeat(50_000) + "9",
        "1/7+".repeat(25_000) + "1/7");
  }

  @ParameterizedTest
  @MethodSource("nested")
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void hostileTextsGetAVerdictAlsoAsPromptsAndTargets(String text) {
    for (var taken : CASES) {
      assertThat(taken.judge(text).verdict()).as("%s: %s", taken, shown(text)).isNotNull();

      var thrown = catchThrowable(() -> taken.verifier().judge(text, text, text));
      if (thrown != null) {
        assertThat(thrown).isExactlyInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  private static String shown(String text) {
    return text.substring(0, Math.min(text.length(), 40)) + "... of " + text.length();
  }
}
