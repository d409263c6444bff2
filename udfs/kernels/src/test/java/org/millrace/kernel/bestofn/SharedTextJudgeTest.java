package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The reference numbers of a judge that rated ten texts a prompt five times. */
class SharedTextJudgeTest {

  private static final int VOTES = 5;

  /** A text's list of ratings as columns of critiques; one text has only four. */
  private static CritiqueVote vote(JsonNode prompt) {
    var texts = prompt.get("ratings");
    var ratings = new double[VOTES][texts.size()];
    for (int text = 0; text < texts.size(); text++) {
      for (int i = 0; i < VOTES; i++) {
        var rating = texts.get(text).get(i);
        ratings[i][text] = rating == null ? Double.NaN : rating.asDouble();
      }
    }
    return new CritiqueVote(ratings, MissingRating.MEAN);
  }

  private static List<CritiqueVote> votes() throws IOException {
    return SharedData.records("text_judge_100x10x5.jsonl").stream()
        .map(SharedTextJudgeTest::vote)
        .toList();
  }

  @Test
  void winnersAndTiesOfTheSumOfFive() throws IOException {
    var best = votes().stream().map(vote -> CritiqueVote.best(vote.sums(VOTES))).toList();

    var sizes = new TreeMap<Integer, Integer>();
    best.forEach(winners -> sizes.merge(winners.length, 1, Integer::sum));
    assertThat(sizes.toString()).isEqualTo("{1=78, 2=17, 3=3, 4=1, 6=1}");
    assertThat(best.stream().limit(10).map(winners -> winners[0]))
        .containsExactly(7, 2, 2, 0, 2, 9, 8, 4, 0, 1);
  }

  @Test
  void fewerVotesFindFewerOfTheWinners() throws IOException {
    var votes = votes();

    var shares =
        IntStream.rangeClosed(1, 4)
            .mapToDouble(k -> votes.stream().mapToDouble(v -> share(v, k)).average().orElseThrow())
            .toArray();

    assertThat(shares).containsExactly(new double[] {.524738, .6815, .814833, .8625}, within(1e-6));
  }

  /** How much of the top set of the first votes is in that of all. */
  private static double share(CritiqueVote vote, int k) {
    var all = CritiqueVote.best(vote.sums(VOTES));
    return Arrays.stream(CritiqueVote.best(vote.sums(k)))
        .map(i -> Arrays.binarySearch(all, i) >= 0 ? 1 : 0)
        .average()
        .orElseThrow();
  }
}
