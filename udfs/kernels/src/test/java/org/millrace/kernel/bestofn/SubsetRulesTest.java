package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Closed forms, enumeration and draws of a rule against the rule itself on every subset. */
class SubsetRulesTest {

  private static final List<Rule> RULES =
      List.of(
          new Rule.Pass(),
          new Rule.Majority(),
          new Rule.WeightedMajority(Normalization.NONE),
          new Rule.WeightedMajority(Normalization.MIN_MAX),
          new Rule.WeightedMajority(Normalization.SIGMOID),
          new Rule.FilteredMajority(.1),
          new Rule.FilteredMajority(.5),
          new Rule.FilteredMajority(1),
          new Rule.Borda(0.5),
          new Rule.Borda(0),
          new Rule.Borda(-1),
          new Rule.ShortM(1),
          new Rule.ShortM(2),
          new Rule.ShortM(3));

  /** Up to 7 samples, all with the credit of their answer; some without answer, score or size. */
  private static Ballot ballot(long seed) {
    var random = new Random(seed);
    int n = 1 + random.nextInt(7);
    var texts = new String[n];
    var scores = new double[n];
    var sizes = new double[n];
    var credits = new double[n];
    for (int i = 0; i < n; i++) {
      int answer = random.nextInt(4);
      texts[i] = answer == 3 ? null : "abc".substring(answer, answer + 1);
      credits[i] = answer == 0 ? 1 : answer == 1 ? .25 : 0;
      scores[i] = random.nextInt(8) == 0 ? Double.NaN : random.nextInt(6) / 2.0 - 1;
      sizes[i] = random.nextInt(8) == 0 ? Double.NaN : random.nextInt(4);
    }
    return Ballot.of(texts, scores, sizes, credits);
  }

  private static Ballot part(Ballot ballot, int[] subset) {
    return Ballot.of(
        Arrays.stream(subset).mapToObj(i -> ballot.texts()[i]).toArray(String[]::new),
        Arrays.stream(subset).mapToDouble(i -> ballot.scores()[i]).toArray(),
        Arrays.stream(subset).mapToDouble(i -> ballot.sizes()[i]).toArray(),
        Arrays.stream(subset).mapToDouble(i -> ballot.credits()[i]).toArray());
  }

  @Property(tries = 400)
  void equalTheMeanOfTheRuleOverAllSubsets(@ForAll @LongRange(max = 1_000_000) long seed) {
    var ballot = ballot(seed);
    int n = ballot.size();
    var ks = IntStream.rangeClosed(1, n).toArray();

    for (var rule : RULES) {
      var curve = WeightedMajorityAtK.curve(rule, ballot, ks, "key");

      var expected =
          Arrays.stream(ks)
              .mapToDouble(
                  k ->
                      Subsets.mean(
                          n, k, s -> rule.choose(part(ballot, s), k, Ties.SHARED).credit()))
              .toArray();
      assertThat(curve.values()).as("%s", rule).containsExactly(expected, within(1e-12));
      assertThat(curve.errors()).containsOnly(0);
    }
  }

  @Property(tries = 200)
  void prefixesEqualTheRuleOnThem(@ForAll @LongRange(max = 1_000_000) long seed) {
    var ballot = ballot(seed);
    var ks = IntStream.rangeClosed(1, ballot.size() + 1).toArray();

    for (var rule : RULES) {
      for (var ties : List.of(Ties.FIRST, Ties.SHARED, Ties.STRICT, Ties.SHORTEST)) {
        var expected = new double[ks.length];
        Arrays.fill(expected, Double.NaN);
        for (int k = 1; k <= ballot.size(); k++) {
          var prefix = part(ballot, IntStream.range(0, k).toArray());
          expected[k - 1] = rule.choose(prefix, k, ties).credit();
        }

        assertThat(rule.firstK(ballot, ks, ties)).as("%s %s", rule, ties).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "weighted-majority",
        "weighted-majority:min-max",
        "filtered-majority:0.3",
        "borda",
        "short-3"
      })
  void drawsAgreeWithManyMoreDraws(String name) {
    var random = new Random(5);
    int n = 40;
    var texts = new String[n];
    var scores = random.doubles(n).toArray();
    var sizes = random.doubles(n).toArray();
    var credits = new double[n];
    for (int i = 0; i < n; i++) {
      boolean right = random.nextInt(5) < 2;
      texts[i] = right ? "right" : "wrong" + random.nextInt(3);
      credits[i] = right ? 1 : 0;
    }
    var ballot = Ballot.of(texts, scores, sizes, credits);
    var ks = new int[] {4, 10, 25};
    var rule = Rule.parse(name);

    var few = WeightedMajorityAtK.curve(rule, ballot, ks, "one");
    var many = WeightedMajorityAtK.curve(rule, ballot, ks, "two", 20_000);

    for (int i = 0; i < ks.length; i++) {
      assertThat(few.values()[i])
          .as("k=%d", ks[i])
          .isCloseTo(many.values()[i], within(5 * few.errors()[i] + 1e-3));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"weighted-majority", "borda", "short-3"})
  void aPointDoesNotDependOnTheOtherPointsOfItsCurve(String name) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < 50; i++) {
      texts.add("answer " + i * i % 7);
    }
    var numbers = IntStream.range(0, 50).mapToDouble(i -> i * 29 % 50).toArray();
    var credits = texts.stream().mapToDouble(t -> t.endsWith("1") ? 1 : 0).toArray();
    var ballot = Ballot.of(texts.toArray(String[]::new), numbers, numbers, credits);
    var rule = Rule.parse(name);

    var alone = WeightedMajorityAtK.curve(rule, ballot, new int[] {10}, "p");
    var among = WeightedMajorityAtK.curve(rule, ballot, new int[] {40, 10, 5}, "p");

    assertThat(alone.values()[0]).isEqualTo(among.values()[1]);
    assertThat(alone.errors()[0]).isPositive().isEqualTo(among.errors()[1]);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aStandardErrorWantsTwoDraws(int draws) {
    var rule = new Rule.Borda(1);

    assertThatThrownBy(
            () -> WeightedMajorityAtK.curve(rule, ballot(1), new int[] {1}, "key", draws))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 draws");
  }
}
