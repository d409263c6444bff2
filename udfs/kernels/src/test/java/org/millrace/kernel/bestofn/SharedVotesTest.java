package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The reference numbers of the GSM8K verifier votes: questions with a right row and 32 rows. */
class SharedVotesTest {

  private static final int[] KS = {2, 4, 8, 16, 32};

  private record Question(Ballot ballot, List<double[]> votes) {

    Ballot scored(Function<double[], Double> score) {
      var scores = votes.stream().mapToDouble(score::apply).toArray();
      return new Ballot(ballot.texts(), ballot.answers(), scores, ballot.sizes(), ballot.credits());
    }
  }

  private static List<Question> questions() throws IOException {
    var rows = new LinkedHashMap<String, List<String[]>>();
    for (var line : SharedData.lines("gsm8k_genrm_dev.tsv.gz").stream().skip(1).toList()) {
      var fields = line.split("\t", -1);
      rows.computeIfAbsent(fields[0], id -> new ArrayList<>()).add(fields);
    }
    var questions = new ArrayList<Question>();
    for (var question : rows.values()) {
      if (question.size() >= 32 && question.stream().anyMatch(row -> row[4].equals("1"))) {
        questions.add(
            new Question(
                Ballot.of(
                    question.stream().map(row -> row[2]).toArray(String[]::new),
                    new double[question.size()],
                    question.stream().mapToDouble(row -> Double.parseDouble(row[6])).toArray(),
                    question.stream().mapToDouble(row -> Double.parseDouble(row[4])).toArray()),
                question.stream().map(row -> Votes.parse(row[7])).toList()));
      }
    }
    return questions;
  }

  private static double[] mean(List<Question> questions, Function<Question, double[]> curve) {
    var mean = new double[KS.length];
    for (var question : questions) {
      var values = curve.apply(question);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += values[i] / questions.size();
      }
    }
    return mean;
  }

  private static Function<Question, double[]> best(Function<double[], Double> score) {
    return question ->
        BestOfK.curve(question.scored(score).scores(), question.ballot().credits(), KS);
  }

  private static Function<Question, double[]> firstK(Ties ties) {
    return question -> new Rule.Majority().firstK(question.ballot(), KS, ties);
  }

  @Test
  void gsm8kCurves() throws IOException {
    var questions = questions();
    Function<double[], Double> share = v -> Votes.score(v, 4, MissingVotes.LEFT_OUT);

    assertThat(questions).hasSize(3_291);
    check(
        questions,
        q -> PassAtK.curve(q.ballot().credits(), KS),
        .90476,
        .96509,
        .98809,
        .99623,
        .99990);
    check(questions, best(share), .89207, .95297, .97902, .98871, .99302);
    check(
        questions,
        best(v -> Votes.score(v, 4, MissingVotes.NO)),
        .89194,
        .95314,
        .97983,
        .99020,
        .99509);
    check(
        questions,
        best(v -> Votes.score(v, 1, MissingVotes.LEFT_OUT)),
        .85455,
        .91667,
        .95380,
        .96938,
        .97452);
    check(questions, q -> byLength(q, -1), .77947, .76147, .73580, .70609, .67233);
    check(questions, q -> byLength(q, 1), .78058, .76286, .73388, .69807, .65700);
    check(
        questions,
        q -> MajorityAtK.curve(q.ballot().answers(), q.ballot().credits(), KS),
        .78002,
        .89259,
        .93411,
        .95302,
        .96369);
    check(questions, firstK(Ties.FIRST), .79003, .88271, .92920, .95533, .96749);
    check(questions, firstK(Ties.SMALLEST), .78517, .88301, .92981, .95746, .96840);
    check(questions, firstK(Ties.SHARED), .79581, .88545, .93149, .95703, .96850);
    check(questions, firstK(Ties.SHORTEST), .78426, .88545, .92829, .95594, .96779);
    check(questions, firstK(Ties.STRICT), .69219, .86843, .92191, .95290, .96627);
    check(
        questions,
        q -> new Rule.WeightedMajority(Normalization.NONE).firstK(q.scored(share), KS, Ties.FIRST),
        .88970,
        .93953,
        .97599,
        .99119,
        .99848);
  }

  private static double[] byLength(Question question, int sign) {
    var keys = question.ballot().sizes().clone();
    for (int i = 0; i < keys.length; i++) {
      keys[i] *= sign;
    }
    return BestOfK.curve(keys, question.ballot().credits(), KS);
  }

  private static void check(
      List<Question> questions, Function<Question, double[]> curve, double... expected) {
    assertThat(mean(questions, curve)).containsExactly(expected, within(1e-5));
  }
}
