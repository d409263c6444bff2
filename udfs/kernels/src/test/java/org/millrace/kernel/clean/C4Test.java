package org.millrace.kernel.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class C4Test {

  private static final String FIVE =
      "One is here. Two is here. Three is here.\nFour is here. Five is here.";

  private final C4 rules = C4.with(C4.LineEnds.TERMINAL);

  @Test
  void keepsFiveSentences() {
    assertThat(rules.clean(FIVE)).isEqualTo(new C4.Result(FIVE, 0, Decision.KEPT));
    assertThat(rules.clean(FIVE.replace(" Five is here.", "")).decision())
        .isEqualTo(new Decision("too_few_sentences", 4));
    assertThat(rules.clean("").decision()).isEqualTo(new Decision("too_few_sentences", 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no full stop at the end",
        "it goes on and on...",
        "it goes on and on…",
        "two words.",
        "Please enable JavaScript to go on.",
        "See the Terms of Use for more.",
        "Our Privacy Policy has more.",
        "The cookie policy has more.",
        "This site uses cookies for that.",
        "About the use of cookies here.",
        "We use cookies for that.",
        "Ends with a bracket (here).)"
      })
  void takesLinesOut(String line) {
    var result = rules.clean(line + "\n" + FIVE + "\r\n" + line);

    assertThat(result).isEqualTo(new C4.Result(FIVE, 2, Decision.KEPT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"Is it here now?", "It is here now!", "It is \"here now\"", "it is here 'now'"})
  void keepsLinesThatEndWell(String line) {
    assertThat(rules.clean(FIVE + "\n" + line).text()).isEqualTo(FIVE + "\n" + line);
  }

  @Test
  void dropsTheDocument() {
    assertThat(rules.clean(FIVE + "\nThis is Lorem Ipsum text.").decision())
        .isEqualTo(new Decision("lorem_ipsum", 1));
    assertThat(rules.clean(FIVE + "\nThen a { comes along.").decision())
        .isEqualTo(new Decision("curly_bracket", 1));
  }

  @Test
  void documentRulesSeeOnlyLinesThatReachThem() {
    assertThat(rules.clean(FIVE + "\nlorem ipsum without an end").decision().kept()).isTrue();
    assertThat(rules.clean(FIVE + "\nthe javascript { of it.").decision().kept()).isTrue();
    assertThat(rules.clean(FIVE + "\nwe use cookies { of it.").decision().reason())
        .isEqualTo("curly_bracket");
  }

  @Test
  void takesCitationsOut() {
    var line = "So it is[12] here[edit] and[citation needed] there[]. Not [a] [1.[3]";

    assertThat(rules.clean(FIVE + "\n" + line + "[7].").text())
        .endsWith("\nSo it is here and there. Not [a] [1..");
  }

  @Test
  void countsWordsBeforeCitationsGo() {
    assertThat(rules.clean(FIVE + "\nso it [1].").text()).endsWith("\nso it .");
  }

  /** Lines of pieces that the rules are about, cut and joined anyhow. */
  @Provide
  Arbitrary<String> documents() {
    var piece =
        Arbitraries.of(
            "a",
            "word ",
            "One is here. ",
            "“Two”! ",
            "三。四 ",
            ".",
            "...",
            "?\"",
            " \u00A0",
            "\r\n",
            "\n",
            "\u2028",
            "[12]",
            "[edit]",
            "java",
            "script ",
            "Use of Cookie",
            "s ",
            "{",
            "[");
    return piece.list().ofMaxSize(40).map(pieces -> String.join("", pieces));
  }

  @Property
  void readsAsThePlainReadingDoes(@ForAll("documents") String text) {
    assertThat(rules.clean(text)).isEqualTo(plainly(text));
  }

  /** The rules again, a line after the other, by regular expressions. */
  private static C4.Result plainly(String document) {
    var kept = new ArrayList<String>();
    int removed = 0;
    int sentences = 0;
    for (var part : document.replaceFirst("(\\r\\n|\\v)$", "").split("\\r\\n|\\v", -1)) {
      var line = part.replaceAll("^[\\s\u00A0]+|[\\s\u00A0]+$", "");
      int words = line.isEmpty() ? 0 : line.split("[\\s\u00A0]+").length;
      line = line.replaceAll("\\[(\\d*|edit|citation needed)]", "");
      var lower = line.toLowerCase(Locale.ROOT);
      if (words < 3 || !line.matches("(?s).*[.?!\"']") || line.endsWith("...")) {
        removed += document.isEmpty() ? 0 : 1;
      } else if (lower.contains("javascript")) {
        removed++;
      } else if (line.contains("{")) {
        return new C4.Result(document, 0, new Decision("curly_bracket", 1));
      } else if (lower.contains("use of cookies")) {
        removed++;
      } else {
        sentences += Sentences.count(line.toCharArray(), 0, line.length());
        kept.add(line);
      }
    }
    return sentences < 5
        ? new C4.Result(document, removed, new Decision("too_few_sentences", sentences))
        : new C4.Result(
            String.join("\n", kept).replaceAll("^[\\s\u00A0]+|[\\s\u00A0]+$", ""),
            removed,
            Decision.KEPT);
  }

  @Test
  void longWordsTakeTheirLineOut() {
    assertThat(rules.clean(FIVE + "\nit is " + "x".repeat(999) + ".").removedLines()).isZero();
    assertThat(rules.clean(FIVE + "\nit is " + "x".repeat(1000) + ".").removedLines()).isEqualTo(1);
  }

  @Test
  void anyLineEndWillDoForFineWeb() {
    var text = FIVE + "\nno full stop here";

    assertThat(C4.with(C4.LineEnds.ANY).clean(text).text()).isEqualTo(text);
  }

  @Test
  void wantsThreeLongLines() {
    var line = "x".repeat(200);

    assertThat(C4.paragraphs(line + "\n" + line + "\n\n" + line).kept()).isTrue();
    assertThat(C4.paragraphs(line + "\n" + line + "\n" + "x".repeat(199)))
        .isEqualTo(new Decision("< 3 paragraphs", 199));
    assertThat(C4.paragraphs(line + "\n" + line)).isEqualTo(new Decision("< 3 paragraphs", 0));
  }

  @Test
  void badWordsAreWholeInEnglishAndAnywhereInChinese() {
    var english = C4.badWordList(List.of("bad"));
    var chinese = C4.chineseBadWordList(List.of("坏", "性"));

    assertThat(C4.badWords("A badge.", english).kept()).isTrue();
    assertThat(C4.badWords("A BAD one.", english))
        .isEqualTo(new Decision("document_removed_with_badwords", 1));
    assertThat(C4.badWords("可能性", chinese).kept()).isTrue();
    assertThat(C4.badWords("损坏了", chinese).kept()).isFalse();
  }

  @Test
  void survivesHostileText() {
    assertThat(rules.clean("\n".repeat(1_000_000)).removedLines()).isEqualTo(1_000_000);
    assertThat(rules.clean("[".repeat(1_000_000) + " a b.").decision().kept()).isFalse();
    assertThat(rules.clean("[1".repeat(400) + " a b.").decision().kept()).isFalse();
  }
}
