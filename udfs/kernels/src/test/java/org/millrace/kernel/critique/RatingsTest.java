package org.millrace.kernel.critique;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RatingsTest {

  private static final double NONE = Double.NaN;

  @Test
  void aListIsInTheOrderShown() {
    assertThat(Ratings.of("So: \\boxed{7, 4, 9}", 3)).containsExactly(7, 4, 9);
    assertThat(Ratings.of("**Scores:** 7, 4.5, [10/10]", 3)).containsExactly(7, 4.5, 10);
    assertThat(Ratings.of("Score: 8.", 1)).containsExactly(8);
  }

  @Test
  void theLastListCountsAndABoxedOneFirst() {
    assertThat(Ratings.of("\\boxed{1, 2}\n...\n\\boxed{3, 4}\nScores: 9, 9", 2))
        .containsExactly(3, 4);
    assertThat(Ratings.of("Scores: 1, 2\nScores: 5, 6", 2)).containsExactly(5, 6);
  }

  @Test
  void responsesMayBeRatedOneByOne() {
    var critique =
        """
        Response 2: 4/10 since it stops early
        **Response 1: 8**
        Response 2: 5
        Response 9: 3
        """;

    assertThat(Ratings.of(critique, 3)).containsExactly(8, 5, NONE);
  }

  @Test
  void whatIsNoRatingIsMissing() {
    assertThat(Ratings.of("\\boxed{7, N/A, 11, 0, -3}", 5))
        .containsExactly(7, NONE, NONE, NONE, NONE);
    assertThat(Ratings.of("\\boxed{7}", 2)).containsExactly(7, NONE);
    assertThat(Ratings.of("No scores today", 2)).containsExactly(NONE, NONE);
  }

  @Test
  void ofAListThatIsTooLongNobodyKnowsWhichIsWhose() {
    assertThat(Ratings.of("Scores: 7, 8, 9", 2)).containsExactly(NONE, NONE);
  }

  @Property
  void anyTextIsRead(@ForAll String text, @ForAll @IntRange(max = 5) int responses) {
    assertThat(Ratings.of("Scores: " + text, responses)).hasSize(responses);
    assertThat(Ratings.of("\\boxed{" + text + "}", responses)).hasSize(responses);
    assertThat(Ratings.of("Response 1: " + text, responses)).hasSize(responses);
  }
}
