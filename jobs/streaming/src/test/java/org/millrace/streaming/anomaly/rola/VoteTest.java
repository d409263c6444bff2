package org.millrace.streaming.anomaly.rola;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoteTest {

  private static final Vote VOTE = new Vote(0.95, 60);

  /** Variable 0 is flagged; 1 to 3 are its possible partners, with r as given. */
  @ParameterizedTest
  @CsvSource({
    // r1,  r2,   r3, agreeing,  confirmed, alone
    "0.99, 0.99, 0.99, 1|2|3,    0|1|2|3,   ''",
    "0.99, 0.99, 0.99, 1|2,      0|1|2,     ''",
    "0.99, 0.99, 0.99, 1,        '',        ''",
    "0.99, 0.99, 0.99, '',       '',        ''",
    "0.99, 0,    0,    1,        0|1,       ''",
    "-0.99, 0,   0,    1,        0|1,       ''",
    "0.99, 0,    0,    '',       '',        ''",
    "0.99, 0.99, 0,    1,        0|1,       ''",
    "0.95, -0.95, 0,   1|2,      '',        0",
    "NaN,  NaN,  NaN,  1|2|3,    '',        0",
    "0,    0,    0,    1|2|3,    '',        0",
  })
  void aMajorityOfPartnersConfirms(
      double r1, double r2, double r3, String agreeing, String confirmed, String alone) {
    double[] r = {1, r1, r2, r3};

    var result =
        VOTE.count(
            set("0"), set(agreeing), set("0|1|2|3"), (of, by) -> new Correlation(r[by], 1440));

    assertThat(result.confirmed()).isEqualTo(set(confirmed));
    assertThat(result.alone()).isEqualTo(set(alone));
  }

  @Test
  void tooFewPairsAreNoPartner() {
    var result = VOTE.count(set("0"), set("1"), set("0|1"), (of, by) -> new Correlation(1, 59));

    assertThat(result.alone()).isEqualTo(set("0"));
  }

  @Test
  void whoHasNoVoteNeitherAgreesNorDisagrees() {
    var result = VOTE.count(set("0"), set("1"), set("0|1"), (of, by) -> new Correlation(1, 1440));

    assertThat(result.confirmed()).isEqualTo(set("0|1"));
    assertThat(result.partners())
        .containsExactly(new Vote.Partner(0, 1, new Correlation(1, 1440), true));
  }

  @Test
  void aReportIsTheUnionOfTheConfirmed() {
    var result =
        VOTE.count(
            set("0|2|4"),
            set("0|1|2|3|4"),
            set("0|1|2|3|4"),
            (of, by) -> new Correlation(of / 2 == by / 2 ? 1 : 0, 1440));

    assertThat(result.confirmed()).isEqualTo(set("0|1|2|3"));
    assertThat(result.alone()).isEqualTo(set("4"));
  }

  private static BitSet set(String members) {
    var set = new BitSet();
    for (var member : members.split("\\|")) {
      if (!member.isBlank()) {
        set.set(Integer.parseInt(member));
      }
    }
    return set;
  }
}
