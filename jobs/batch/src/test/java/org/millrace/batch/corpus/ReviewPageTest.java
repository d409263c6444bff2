package org.millrace.batch.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.batch.corpus.ReviewPage.Judged;
import org.millrace.batch.corpus.Samples.Dropped;
import org.millrace.batch.corpus.Samples.Shown;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReviewPageTest {

  private static final Pattern STYLE = Pattern.compile("<style>.*?</style>", Pattern.DOTALL);

  private static Shown kept(String id, String text) {
    return new Shown(id, Double.NaN, null, text, text.codePointCount(0, text.length()));
  }

  private static Shown dropped(String id, double value, String detail, String text) {
    return new Shown(id, value, detail, text, text.codePointCount(0, text.length()));
  }

  private static Judged judged(String stage, long kept, Map<String, Dropped> rules) {
    long dropped = rules.values().stream().mapToLong(Dropped::count).sum();
    return new Judged(stage, kept, dropped, Map.of(), rules);
  }

  private static ReviewPage example() {
    var rules = new LinkedHashMap<String, Dropped>();
    rules.put(
        "short_doc",
        new Dropped(3000, List.of(dropped("a1", 12, null, "短"), dropped("a2", 7, null, "文"))));
    rules.put("symbols", new Dropped(1, List.of(dropped("a3", .61234, "#", "###"))));
    var page = new ReviewPage(2);
    page.add(judged("01-clean", 6999, rules));
    page.add(
        judged(
            "02-dedup",
            6998,
            Map.of("near", new Dropped(1, List.of(dropped("b", 1, "a9", "又是一篇"))))));
    page.kept(6998, List.of(kept("k1", "留下的文字"), kept("k2", "more")));
    return page;
  }

  /** The texts of the nodes that an XPath selects; the page has to be well-formed XML. */
  private static List<String> texts(String html, String xpath) {
    try {
      var markup = new InputSource(new StringReader(STYLE.matcher(html).replaceAll("")));
      var tree = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(markup);
      var nodes =
          (NodeList)
              XPathFactory.newInstance().newXPath().evaluate(xpath, tree, XPathConstants.NODESET);
      var texts = new ArrayList<String>();
      for (int i = 0; i < nodes.getLength(); i++) {
        texts.add(nodes.item(i).getTextContent());
      }
      return texts;
    } catch (Exception e) {
      throw new AssertionError("the page is not well-formed: " + e.getMessage(), e);
    }
  }

  private static List<String> row(String html, int number) {
    return texts(html, "//table/tr[" + number + "]/td").stream()
        .filter(cell -> !cell.isEmpty())
        .toList();
  }

  @Test
  void theTableHasStagesAndTheirRulesWithCounts() {
    var html = example().html();

    assertThat(row(html, 2)).containsExactly("01-clean", "10,000", "3,001", "30.0 %", "6,999");
    assertThat(row(html, 3)).containsExactly("short_doc", "3,000", "30.0 %");
    assertThat(row(html, 4)).containsExactly("symbols", "1", "0.0 %");
    assertThat(row(html, 5)).containsExactly("02-dedup", "6,999", "1", "0.0 %", "6,998");
    assertThat(row(html, 6)).containsExactly("near", "1", "0.0 %");
    assertThat(texts(html, "//table/tr")).hasSize(6);
    assertThat(texts(html, "//div[@class='tiles']/div"))
        .containsExactly("10,000documents read", "6,998kept, 70.0 %", "3,002dropped, 30.0 %");
  }

  @Test
  void eachRuleLinksToItsDocuments() {
    var html = example().html();

    for (var anchor : texts(html, "//table//a/@href")) {
      assertThat(texts(html, "//section[@id='%s']//details".formatted(anchor.substring(1))))
          .as(anchor)
          .isNotEmpty();
    }
    assertThat(texts(html, "//section[1]/h3"))
        .containsExactly("short_doc in 01-clean · 2 of 3,000 documents");
    assertThat(texts(html, "//section[1]//summary/em")).containsExactly("12", "7");
    assertThat(texts(html, "//section[2]//summary/em")).containsExactly("0.6123");
    assertThat(texts(html, "//section[3]//summary/bdi")).containsExactly("b", "a9");
  }

  @Test
  void whatStayedStandsBesideOnce() {
    var html = example().html();

    assertThat(texts(html, "//aside//pre")).containsExactly("\n留下的文字", "\nmore");
    assertThat(texts(html, "//section//pre")).doesNotContain("\nmore");
    assertThat(texts(html, "//aside/h2")).containsExactly("Kept 2 of 6,998 documents");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%STAY%",
        "%s %1$s %%",
        "$0 \\1 {{kept}}",
        "</pre></details><script>alert(1)</script>",
        "<img src=http://example.org/x onerror=alert(1)>",
        "\" onmouseover=\"alert(1)",
        "' onmouseover='alert(1)",
        "</style><style>*{display:none}",
        "<!-- -->]]>",
        "&lt;b&gt; &#0; &amp;",
        "line\u2028separator \u202eturned",
        "  two  spaces\n\n\nand lines\t"
      })
  void hostileTextStaysText(String hostile) {
    var page = everywhere(hostile).html();

    assertThat(texts(page, "//pre")).containsExactly("\n" + hostile, "\n" + hostile);
    assertThat(texts(page, "//section/h3")).singleElement().asString().startsWith(hostile + " in ");
    assertThat(texts(page, "//table/tr[2]/td[1]")).containsExactly(hostile);
    assertThat(texts(page, "//tr[@class='also']/td")).containsExactly("also: " + hostile + " 9");
    assertThat(texts(page, "//details//bdi")).containsExactly(hostile, hostile, hostile);
    assertThat(texts(page, "//*")).hasSameSizeAs(texts(everywhere("x").html(), "//*"));
    assertThat(texts(page, "//@*[starts-with(name(), 'on')]")).isEmpty();
  }

  @Test
  void charactersThatNoPageMayHaveAreReplaced() {
    var page = everywhere("nul\u0000 bell\u0007 half \ud83d pair\u0085").html();

    assertThat(texts(page, "//pre").get(0))
        .isEqualTo("\nnul\u2400 bell\u2407 half \ufffd pair\ufffd");
  }

  private static ReviewPage everywhere(String text) {
    var page = new ReviewPage(1);
    page.add(
        new Judged(
            text,
            1,
            1,
            Map.of(text, 9L),
            Map.of(text, new Dropped(1, List.of(dropped(text, .5, text, text))))));
    page.kept(1, List.of(kept(text, text)));
    return page;
  }

  @Test
  void aLongTextSaysHowMuchIsShown() {
    var page = new ReviewPage(1);
    page.kept(1, List.of(new Shown("k", Double.NaN, null, "😀".repeat(2000), 53_211)));

    var html = page.html();

    assertThat(texts(html, "//aside//details/small"))
        .containsExactly("the first 2,000 of 53,211 characters");
    assertThat(texts(html, "//span[@class='peek']")).containsExactly("😀".repeat(160) + "…");
  }

  @Test
  void perplexityIsToldWithTheNumberOfTexts() {
    var page = example();
    page.perplexity(1234.567, 1000);

    assertThat(texts(page.html(), "//div[@class='tiles']/div[4]"))
        .containsExactly(
            "1,234.57perplexity of 1,000 held-out texts by an n-gram model of the kept documents;"
                + " lower is better");
  }

  @Test
  void withNothingDroppedItSaysSo() {
    var page = new ReviewPage(3);
    page.kept(0, List.of());

    assertThat(texts(page.html(), "//main//p")).containsExactly("No rule dropped anything.");
    assertThat(texts(page.html(), "//div[@class='tiles']/div[2]")).containsExactly("0kept, –");
  }

  @Test
  void nothingComesFromElsewhere() {
    var html = example().html();

    assertThat(texts(html, "//@href")).allMatch(link -> link.startsWith("#r"));
    assertThat(texts(html, "//script | //link | //img | //iframe | //@src")).isEmpty();
    assertThat(html).doesNotContain("url(", "@import", "http:", "https:");
  }

  @Test
  void theSamePageComesOfTheSame() {
    var page = example();

    assertThat(page.html()).isEqualTo(page.html()).isEqualTo(example().html());
  }
}
