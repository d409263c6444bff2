package org.millrace.kernel.verify;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Countdown: reach a target from numbers, each used at most once. The text is an expression (its
 * last line, without "Answer:", up to the first "="), or a search trace in the form of
 * stream-of-search, whose steps are replayed on a multiset: each step takes its operands out and
 * puts its result in.
 */
public final class Countdown implements Verifier {

  private static final long serialVersionUID = 1L;

  /** Which of the numbers an answer must use. */
  public enum NumbersUsed {
    ALL,
    SUBSET
  }

  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}+");
  private static final Pattern BRACKETS = Pattern.compile("\\[([0-9,;\\s]*+)]");
  private static final Pattern STEP =
      Pattern.compile("([0-9]{1,18}+)([-+*/])([0-9]{1,18}+)=([0-9]{1,18}+)");
  private static final Pattern NOT_OF_A_STEP = Pattern.compile("[\\s'\"]");
  private static final String OPERATIONS = "Operations: [";
  private static final String EXPLORING = "Exploring Operation:";
  private static final String GOAL = "Goal Reached";
  private static final int MOST_NUMBERS = 100;
  private static final int[] MOST_NODES = {4, 48, 1_152, 46_080};

  private final NumbersUsed use;

  /**
   * @param use which of the numbers an answer must use
   */
  public Countdown(NumbersUsed use) {
    this.use = use;
  }

  /**
   * Score of a search that visited some nodes (stream-of-search): 1 - nodes / most nodes.
   *
   * @param nodes visited, at least 0
   * @param numbers of the problem, 2 to 5
   * @throws IllegalArgumentException if numbers is out of range
   */
  public static double score(long nodes, int numbers) {
    if (numbers < 2 || numbers > 5 || nodes < 0) {
      throw new IllegalArgumentException("a score is for 2 to 5 numbers and nodes from 0");
    }
    return 1 - (double) nodes / MOST_NODES[numbers - 2];
  }

  @Override
  public Judgement judge(String prompt, String target, String text) {
    var given = numbers(Texts.required(prompt, "prompt"));
    var goal = goal(target);
    if (Texts.missing(text)) {
      return Judgement.MISSING;
    }
    return text.contains(GOAL) || text.contains(OPERATIONS)
        ? trace(given, goal, text)
        : expression(given, goal, text);
  }

  private static List<BigInteger> numbers(String prompt) {
    var brackets = BRACKETS.matcher(prompt);
    var where = prompt;
    while (brackets.find()) {
      where = brackets.group(1);
    }
    var numbers = new ArrayList<BigInteger>();
    var matcher = WHOLE.matcher(where);
    while (matcher.find()) {
      numbers.add(new BigInteger(matcher.group()));
    }
    if (numbers.size() < 2 || numbers.size() > MOST_NUMBERS) {
      throw new IllegalArgumentException(
          "the prompt must give 2 to " + MOST_NUMBERS + " numbers, not " + numbers.size());
    }
    return numbers;
  }

  private static BigInteger goal(String target) {
    var goal = Texts.required(target, "target");
    if (!WHOLE.matcher(goal).matches()) {
      throw new IllegalArgumentException("the target is no whole number");
    }
    return new BigInteger(goal);
  }

  private Judgement expression(List<BigInteger> given, BigInteger goal, String text) {
    var expression = Texts.lastExpression(text);
    try {
      var result = Expression.evaluate(expression);
      var left = new ArrayList<>(given);
      boolean available = result.numbers().stream().allMatch(left::remove);
      boolean right =
          available
              && (use == NumbersUsed.SUBSET || left.isEmpty())
              && Rational.of(goal).equals(result.value());
      return Judgement.of(expression.replaceAll("\\s+", ""), right);
    } catch (Expression.SyntaxException e) {
      return Judgement.UNPARSED;
    }
  }

  /** The steps to the last state, and the one that is explored last. */
  private Judgement trace(List<BigInteger> given, BigInteger goal, String text) {
    int end = text.lastIndexOf(GOAL);
    if (end < 0) {
      return Judgement.UNPARSED;
    }
    var steps = steps(text, end);
    if (steps.isEmpty()) {
      return Judgement.UNPARSED;
    }
    var left = new ArrayList<>(given);
    BigInteger last = null;
    for (var step : steps) {
      last = replay(step, left);
      if (last == null) {
        return Judgement.of(String.join(",", steps), false);
      }
    }
    boolean right = last.equals(goal) && (use == NumbersUsed.SUBSET || left.size() == 1);
    return Judgement.of(String.join(",", steps), right);
  }

  /** The steps as they are written, without quotes and white space. */
  private static List<String> steps(String text, int end) {
    int state = text.lastIndexOf(OPERATIONS, end);
    int explored = text.lastIndexOf(EXPLORING, end);
    var steps = new ArrayList<String>();
    if (state >= 0) {
      int from = state + OPERATIONS.length();
      int close = text.indexOf(']', from);
      steps.addAll(
          List.of(text.substring(from, close < 0 ? end : Math.min(close, end)).split(",")));
    }
    if (explored > state) {
      int from = Math.min(explored + EXPLORING.length(), end);
      int comma = text.indexOf(',', from);
      steps.add(text.substring(from, comma < 0 ? end : Math.min(comma, end)));
    }
    steps.replaceAll(step -> NOT_OF_A_STEP.matcher(step).replaceAll(""));
    steps.removeIf(String::isEmpty);
    return steps;
  }

  /** Takes the operands of a step out and puts its result in; null if it is no legal step. */
  private static BigInteger replay(String step, List<BigInteger> left) {
    var matcher = STEP.matcher(step);
    if (!matcher.matches()) {
      return null;
    }
    var a = new BigInteger(matcher.group(1));
    var b = new BigInteger(matcher.group(3));
    var result = new BigInteger(matcher.group(4));
    if (!result.equals(result(a, matcher.group(2).charAt(0), b))
        || !left.remove(a)
        || !left.remove(b)) {
      return null;
    }
    left.add(result);
    return result;
  }

  /** The result, null where there is none. */
  private static BigInteger result(BigInteger a, char operation, BigInteger b) {
    return switch (operation) {
      case '+' -> a.add(b);
      case '*' -> a.multiply(b);
      case '-' -> a.subtract(b).abs();
      default -> b.signum() != 0 && a.mod(b).signum() == 0 ? a.divide(b) : null;
    };
  }

  @Override
  public String name() {
    return "countdown";
  }

  @Override
  public String version() {
    return "1-" + use.name().toLowerCase(Locale.ROOT);
  }
}
