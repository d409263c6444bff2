package org.millrace.kernel.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteLinesTest {

  @ParameterizedTest
  @CsvSource({
    "20, 10, true",
    "20, 9, false",
    "19, 19, false",
    "21, 10, false",
    "21, 11, true",
    "4000000000, 2000000000, true",
    "4000000000, 1999999999, false"
  })
  void halfOfTwentyPagesOrMore(long pages, long with, boolean gone) {
    assertThat(SiteLines.DEFAULT.repeated(pages, with)).isEqualTo(gone);
  }

  @Test
  void keysAreThoseOfDifferentLines() {
    var keys = SiteLines.lineKeys("目录\n Home  page\n\n  \nＨome page\n目录");

    assertThat(keys).hasSize(2);
    assertThat(SiteLines.lineKeys("Home page")).containsExactly(keys[1]);
    assertThat(SiteLines.lineKeys("Home page \uD83D\uDD0E")).containsExactly(keys[1]);
    assertThat(SiteLines.lineKeys("")).isEmpty();
  }

  @Test
  void takesLinesOut() {
    var keys = Set.of(SiteLines.lineKeys("Home page")[0]);

    var edit = SiteLines.without("Ｈome  page\na\n\nb \nHome page", keys);

    assertThat(edit.text()).isEqualTo("a\n\nb ");
    assertThat(edit.removed()).isEqualTo(2);
    assertThat(SiteLines.without("Home page", keys).text()).isEmpty();
    assertThat(SiteLines.without("a\n\n", keys).text()).isEqualTo("a\n\n");
    assertThat(SiteLines.without("Home page", Set.of()).removed()).isZero();
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(() -> new SiteLines(0, 20)).hasMessage("percent 0 is not 1 to 100");
    assertThatThrownBy(() -> new SiteLines(50, 0)).hasMessage("least pages 0 is not 1 or more");
  }
}
