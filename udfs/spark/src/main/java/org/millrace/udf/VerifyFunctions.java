package org.millrace.udf;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.kernel.verify.Verifiers;

/** The rule verifiers as SQL functions. */
final class VerifyFunctions {

  private VerifyFunctions() {}

  static List<SqlFunction> all() {
    return List.of(
        againstTarget(
            "exact",
            "Verdict on a text that must equal the target, white space around aside.",
            "verify_exact('Paris', ' Paris ').verdict"),
        new SqlFunction(
            "verify_regex",
            "target, text, pattern",
            "Verdict on the last match of a regular expression (its group 1 where it has one).",
            "verify_regex('42', 'x = 41, so x = 42', 'x = ([0-9]+)').verdict",
            "correct",
            VerifyFunction.TYPE,
            (UDF3<String, String, String, Row>)
                (target, text, pattern) ->
                    pattern == null
                        ? null
                        : new VerifyFunction(Verifiers.of("regex", Map.of("pattern", pattern)))
                            .call(null, target, text)),
        againstTarget(
            "choice",
            "Verdict on a multiple-choice answer such as B, (B), B.** or 'Answer: B'.",
            "verify_choice('B', 'Answer: (B)').verdict"),
        againstTarget(
            "number",
            "Verdict on the final number of a text, compared exactly.",
            "verify_number('1250', 'It costs 1,250 dollars').verdict"),
        ofPrompt(
            "game24",
            "Verdict on a Game of 24 answer: its last line must use each number once and give 24.",
            "verify_game24('4 5 6 10', 'Answer: (10 - 4) * 5 - 6 = 24').verdict"),
        new SqlFunction(
            "verify_countdown",
            "prompt, target, text",
            "Verdict on a Countdown answer: an expression of the prompt's numbers, each used at"
                + " most once, that gives the target.",
            "verify_countdown('[3, 5, 7, 25]', '34', '25 + 5 + 7 - 3').verdict",
            "correct",
            VerifyFunction.TYPE,
            new VerifyFunction(Verifiers.of("countdown", Map.of()))),
        ofPrompt(
            "sudoku",
            "Verdict on a completed Sudoku grid; the prompt holds the givens.",
            "verify_sudoku('1... ..1. .1.. ...1', '1234 3412 2143 4321').verdict"),
        againstTarget(
            "nash",
            "Verdict on a set of pure Nash cells of a 2x2 game, in any order.",
            "verify_nash('[(\"A1\",\"B2\")]', '[(\"A1\", \"B2\")]').verdict"),
        new SqlFunction(
            "answer_key",
            "answer",
            "Cheap exact normal form of an answer: equal keys are equal answers, and most equal"
                + " answers have equal keys.",
            "answer_key('$\\\\boxed{1,250.50}$.')",
            "1250.5",
            DataTypes.StringType,
            new AnswerKeyFunction()));
  }

  private static SqlFunction againstTarget(String verifier, String description, String example) {
    var function = new VerifyFunction(Verifiers.of(verifier, Map.of()));
    return new SqlFunction(
        "verify_" + verifier,
        "target, text",
        description,
        example,
        "correct",
        VerifyFunction.TYPE,
        (UDF2<String, String, Row>) (target, text) -> function.call(null, target, text));
  }

  private static SqlFunction ofPrompt(String verifier, String description, String example) {
    var function = new VerifyFunction(Verifiers.of(verifier, Map.of()));
    return new SqlFunction(
        "verify_" + verifier,
        "prompt, text",
        description,
        example,
        "correct",
        VerifyFunction.TYPE,
        (UDF2<String, String, Row>) (prompt, text) -> function.call(prompt, null, text));
  }
}
