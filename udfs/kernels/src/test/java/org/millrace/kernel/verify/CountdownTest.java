package org.millrace.kernel.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.kernel.verify.Countdown.NumbersUsed;

class CountdownTest {

  private static final Verifier SUBSET = new Countdown(NumbersUsed.SUBSET);
  private static final Verifier ALL = new Countdown(NumbersUsed.ALL);

  /** The end of a search whose steps these are: all but the last are done, that is explored. */
  private static String trace(String numbers, String target, String... steps) {
    var done =
        Arrays.stream(steps, 0, steps.length - 1)
            .map(step -> "'" + step + "'")
            .collect(Collectors.joining(", ", "[", "]"));
    return """
    Current State: %1$s:%2$s, Operations: []
    Exploring Operation: 1+1=2, Resulting Numbers: [2]
    2,%1$s unequal: No Solution
    Moving to Node #0,0
    Current State: %1$s:[], Operations: %3$s
    Exploring Operation: %4$s, Resulting Numbers: [%1$s]
    %1$s,%1$s equal: Goal Reached
    """
        .formatted(target, numbers, done, steps[steps.length - 1]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // numbers   | target | expression                     | any numbers | all numbers
        "[2, 6, 9]   | 52     | 6*9-2                          | CORRECT     | CORRECT",
        "2 6 9       | 52     | Answer: 6 * 9 - 2 = 52         | CORRECT     | CORRECT",
        "[2, 6, 9]   | 52     | 'Try 2*9.\nThen:\n9*6 - 2'     | CORRECT     | CORRECT",
        "Make 52 of [2, 6, 9] | 52 | 6*9-2                     | CORRECT     | CORRECT",
        "[3, 3, 8, 8] | 24    | 8/(3-8/3)                      | CORRECT     | CORRECT",
        "[2, 6, 9]   | 54     | 6*9                            | CORRECT     | INCORRECT",
        "[2, 6, 9]   | 9      | 9                              | CORRECT     | INCORRECT",
        "[6, 6]      | 36     | 6*6                            | CORRECT     | CORRECT",
        "[2, 6, 9]   | 36     | 6*6                            | INCORRECT   | INCORRECT",
        "[2, 6, 9]   | 54     | (9-2+2)*6                      | INCORRECT   | INCORRECT",
        "[2, 6, 9]   | 48     | (9-1)*6                        | INCORRECT   | INCORRECT",
        "[2, 6, 9]   | 53     | 6*9-2                          | INCORRECT   | INCORRECT",
        "[2, 6, 9]   | 52     | 52                             | INCORRECT   | INCORRECT",
        "[2, 6, 6]   | 2      | 2/(6-6)                        | INCORRECT   | INCORRECT",
        "[2, 6, 9]   | 52     | 6(9)-2                         | UNPARSED    | UNPARSED",
        "[2, 6, 9]   | 52     | I can't.                       | UNPARSED    | UNPARSED",
        "[2, 6, 9]   | 52     | ' '                            | MISSING     | MISSING",
      })
  void expressions(String numbers, String target, String text, Verdict any, Verdict all) {
    assertThat(SUBSET.judge(numbers, target, text).verdict()).isEqualTo(any);
    assertThat(ALL.judge(numbers, target, text).verdict()).isEqualTo(all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // numbers   | target | steps                | any numbers | all numbers
        "[3, 8, 2]   | 22     | 8*3=24;24-2=22       | CORRECT     | CORRECT",
        "[5, 5, 2]   | 20     | 5+5=10;10*2=20       | CORRECT     | CORRECT",
        "[4, 2, 9]   | 11     | 4/2=2;2+9=11         | CORRECT     | CORRECT",
        "[3, 8, 2]   | 24     | 8*3=24               | CORRECT     | INCORRECT",
        // Differences are absolute.
        "[3, 8]      | 5      | 3-8=5                | CORRECT     | CORRECT",
        // An operand is used up, also where it is a result.
        "[3, 8, 2]   | 3      | 8*3=24;24/8=3        | INCORRECT   | INCORRECT",
        "[5, 2]      | 10     | 5+5=10               | INCORRECT   | INCORRECT",
        "[1, 2, 4]   | 6      | 1+2=3;3+3=6          | INCORRECT   | INCORRECT",
        "[3, 8, 2]   | 48     | 6*8=48               | INCORRECT   | INCORRECT",
        // Each step must evaluate.
        "[3, 8, 2]   | 23     | 8*3=25;25-2=23       | INCORRECT   | INCORRECT",
        "[3, 8]      | 2      | 8/3=2                | INCORRECT   | INCORRECT",
        "[4, 4, 7]   | 7      | 4-4=0;7/0=7          | INCORRECT   | INCORRECT",
        "[3, 8, 9]   | 17     | 3-8=-5;8+9=17        | INCORRECT   | INCORRECT",
        "[2, 3, 4]   | 7      | 2+3+4=7              | INCORRECT   | INCORRECT",
        "[2, 5]      | 7      | 1.5+2=7              | INCORRECT   | INCORRECT",
        "[2, 5]      | 7      | 5+2=7.5              | INCORRECT   | INCORRECT",
        "[3, 4]      | 7      | 1000000000000000000003+4=7 | INCORRECT | INCORRECT",
        // The last result must be the target, whatever the trace says.
        "[3, 8, 2]   | 23     | 8*3=24;24-2=22       | INCORRECT   | INCORRECT",
      })
  void traces(String numbers, String target, String steps, Verdict any, Verdict all) {
    var text = trace(numbers, target, steps.split(";"));

    assertThat(SUBSET.judge(numbers, target, text).verdict()).isEqualTo(any);
    assertThat(ALL.judge(numbers, target, text).verdict()).isEqualTo(all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Current State: 5:[3, 8], Operations: []",
        "'Current State: 5:[3, 8], Operations: []\nExploring Operation: 8-3=5, Resulting'",
        "'5,5 equal: Goal Reached'",
      })
  void aTraceThatDoesNotArriveIsNotRight(String text) {
    assertThat(SUBSET.judge("[3, 8]", "5", text).verdict()).isNotEqualTo(Verdict.CORRECT);
  }

  @Property(tries = 200)
  void aTraceOverAllNumbersIsRight(
      @ForAll @Size(min = 2, max = 6) List<@IntRange(min = 1, max = 50) Integer> numbers) {
    var steps = new String[numbers.size() - 1];
    long left = numbers.get(0);
    for (int i = 1; i < numbers.size(); i++) {
      long next = numbers.get(i);
      long result = i % 3 == 0 ? left * next : i % 3 == 1 ? left + next : Math.abs(left - next);
      steps[i - 1] = left + "*+-".substring(i % 3, i % 3 + 1) + next + "=" + result;
      left = result;
    }
    var prompt = numbers.toString();
    var target = String.valueOf(left);

    var text = trace(prompt, target, steps);

    assertThat(ALL.judge(prompt, target, text).verdict()).as(text).isEqualTo(Verdict.CORRECT);
    assertThat(SUBSET.judge(prompt, target, text).verdict()).isEqualTo(Verdict.CORRECT);
    assertThat(SUBSET.judge(prompt, target + "1", text).verdict()).isEqualTo(Verdict.INCORRECT);
  }

  @ParameterizedTest
  @CsvSource({"0, 2, 1", "4, 2, 0", "24, 3, .5", "288, 4, .75", "23040, 5, .5", "46080, 5, 0"})
  void scoresASearchByItsNodes(long nodes, int numbers, double expected) {
    assertThat(Countdown.score(nodes, numbers)).isCloseTo(expected, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 6", "-1, 3"})
  void scoresNoOtherSearches(long nodes, int numbers) {
    assertThatThrownBy(() -> Countdown.score(nodes, numbers))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "          | 52  | no prompt to verify against",
        "[2, 6, 9] |     | no target to verify against",
        "[2, 6, 9] | x   | the target is no whole number",
        "[2, 6, 9] | 5.5 | the target is no whole number",
        "[2]       | 2   | 'the prompt must give 2 to 100 numbers, not 1'",
        "two, six  | 8   | 'the prompt must give 2 to 100 numbers, not 0'",
      })
  void refusesWhatIsNoProblem(String prompt, String target, String message) {
    assertThatThrownBy(() -> SUBSET.judge(prompt, target, "1+1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
