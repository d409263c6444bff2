package org.millrace.kernel.clean;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class PiiTest {

  @ParameterizedTest
  @CsvFileSource(resources = "pii.csv", delimiter = '|', ignoreLeadingAndTrailingWhitespace = false)
  void findsTheRightThings(String text, String kind, String found) {
    var finds = Pii.find(text);

    if (kind.equals("none")) {
      assertThat(finds).isEmpty();
    } else {
      assertThat(finds).hasSize(1);
      assertThat(finds.get(0).kind()).isEqualTo(Pii.Kind.valueOf(kind));
      assertThat(text.substring(finds.get(0).begin(), finds.get(0).end())).isEqualTo(found);
    }
  }

  @Test
  void replacementsTakeTurns() {
    var masked = Pii.mask("a@b.cn, c@d.cn, e@f.cn from 8.8.8.8 to 1.1.1.1; 13812345678");

    assertThat(masked.text())
        .isEqualTo(
            "email@example.com, firstname.lastname@example.org, email@example.com"
                + " from 192.0.2.1 to 198.51.100.1; [PHONE]");
    assertThat(masked.finds()).hasSize(6);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a@b.cn",
            "8.8.8.8",
            "13812345678",
            "+86",
            "11010519491231002X",
            "@",
            ".",
            "1",
            "-",
            " ",
            "中",
            "(212) 555-0187",
            "x",
            "\ud800")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  @Property
  void masksWhatItFindsAndNothingElse(@ForAll("texts") String text) {
    var masked = Pii.mask(text);

    int from = 0;
    for (var find : masked.finds()) {
      assertThat(find.begin()).isGreaterThanOrEqualTo(from);
      assertThat(find.end()).isGreaterThan(find.begin());
      from = find.end();
    }
    assertThat(from).isLessThanOrEqualTo(text.length());
    if (masked.finds().isEmpty()) {
      assertThat(masked.text()).isEqualTo(text);
    }
  }

  @Test
  void survivesHostileText() {
    assertThat(Pii.find("a@".repeat(1_000_000))).isEmpty();
    assertThat(Pii.find("1".repeat(5_000_000))).isEmpty();
    assertThat(Pii.find("a.".repeat(2_000_000) + "@" + "b.".repeat(2_000_000))).hasSizeLessThan(2);
    assertThat(Pii.find("+1-".repeat(1_000_000))).hasSizeLessThan(1_000_000);
    assertThat(Pii.find("1.".repeat(2_000_000))).isEmpty();
  }
}
