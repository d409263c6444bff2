package org.millrace.kernel.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.kernel.extract.Page.Method;

class HtmlTextTest {

  private static final String SENTENCE =
      "The mill stands by the river, and the race brings it water, day and night, all year. ";

  private static String article() {
    var paragraph = "<p>" + SENTENCE.repeat(5) + "</p>";
    return "<html><head><title> The \n mill </title></head><body>"
        + "<div class='nav'><ul><li><a href=/a>Home</a></li><li><a href=/b>News</a></li></ul></div>"
        + "<div class='content'>"
        + paragraph.repeat(6)
        + "</div><div class='footer'><a href=/c>Imprint</a></div></body></html>";
  }

  @ParameterizedTest
  @CsvSource({
    "<p>a<p>b, a|b",
    "a<br>b<br/>c, a|b|c",
    "'a <b> b</b>  c\t d', a b c d",
    "'<ul><li>a</li> <li>b</li></ul>c', a|b|c",
    "<table><tr><td>a<td>b<tr><td>c</table>, a|b|c",
    "'&lt;b&gt; &amp;amp; &#x6c49;&#23383; &eacute;&nbsp; x', '<b> &amp; 汉字 é x'",
    "<head><title>t</title></head>a, a",
    "a<NOSCRIPT ><div>x</NoScript>b, ab",
    "a<script>document.write('<noscript>x</noscript>')</script>b, ab",
    "a<script>var x = '<p>';</script>b<style>p {}</style>c<noscript><p>d</noscript>e, abce",
    "'<!-- <p>x --><!DOCTYPE html>a<![CDATA[x]]>', a",
    "'a<span>b</span>', ab",
    "'<p> &nbsp; </p><p>a</p>', a",
    "'', ''"
  })
  void strips(String html, String lines) {
    var page = HtmlText.strip(html);

    assertThat(page.text()).isEqualTo(lines.replace('|', '\n'));
    assertThat(page.method()).isEqualTo(Method.STRIPPED);
  }

  @Test
  void lineEndsOfTheSourceEndLines() {
    assertThat(HtmlText.strip("<pre>a\n b\r\n\r\nc</pre>").text()).isEqualTo("a\nb\nc");
  }

  @Test
  void findsTheArticle() {
    var page = HtmlText.article(article(), "http://a.example/");

    assertThat(page.method()).isEqualTo(Method.ARTICLE);
    assertThat(page.title()).isEqualTo("The mill");
    assertThat(page.text().lines()).hasSize(6).containsOnly(SENTENCE.repeat(5).strip());
    assertThat(HtmlText.strip(article()).text()).contains("Home", "News", "Imprint");
  }

  @Test
  void aPageWithoutAnArticleKeepsItsText() {
    var page = HtmlText.article("<title>t</title><a href=x>a</a> <a href=y>b</a>", null);

    assertThat(page.title()).isEqualTo("t");
    assertThat(page.text()).isEqualTo("a b");
    assertThat(HtmlText.article("", null)).isEqualTo(new Page("", "", Method.STRIPPED));
  }

  @Test
  void stripsWhatIsTooLargeToLookForArticles() {
    assertThat(HtmlText.article("<div>".repeat(100) + article(), null).method())
        .isEqualTo(Method.STRIPPED);
    assertThat(HtmlText.article("<i>a</i>".repeat(15_000), null).method())
        .isEqualTo(Method.STRIPPED);
    assertThat(HtmlText.article("a ".repeat(1_000_001), null).method()).isEqualTo(Method.STRIPPED);
  }

  @Test
  void stripsWhereTheArticleIsASmallPart() {
    var links = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      links.append("<li><a href=/").append(i).append(">An entry of a long list</a></li>");
    }
    var html = article().replace("<div class='nav'><ul>", "<div class='nav'><ul>" + links);

    assertThat(HtmlText.article(html, null).method()).isEqualTo(Method.STRIPPED);
  }

  @Test
  void needsHtml() {
    assertThatThrownBy(() -> HtmlText.strip(null)).hasMessage("html is null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<div>",
        "<b>",
        "<p><b>",
        "<ul><li>",
        "<table><tr><td>",
        "<a href=x><div>",
        "<svg><g>",
        "<dl><dt>",
        "<font><p>",
        "<template>",
        "<!--",
        "<![CDATA[",
        "&",
        "<script>",
        "</p>",
        "<"
      })
  void readsNestingWithoutEnd(String tag) {
    var html = tag.repeat(100_000) + "deep";

    var page = HtmlText.article(html, null);

    assertThat(page.title()).isEmpty();
    assertThat(page.text().equals(HtmlText.strip(html).text())).isTrue();
  }

  @Test
  void readsAttributesWithoutEnd() {
    var names = new StringBuilder("<p ");
    for (int i = 0; i < 1_000_000; i++) {
      names.append('a').append(i).append("=b ");
    }

    assertThat(HtmlText.article(names + ">x", null).text()).isEqualTo("x");
    assertThat(HtmlText.article("<p class='" + "x ".repeat(5_000_000) + "'>x", null).text())
        .isEqualTo("x");
  }

  @Test
  void readsZeros() {
    assertThat(HtmlText.article("\0".repeat(10_000_000) + "<p>a\0b", null).text()).isEqualTo("a b");
  }

  @Test
  void readsAnyMarkup() {
    var random = new Random(11);
    var pieces =
        ("<div> </div> <p> </p> <table> <tr> <td> </table> <a href='x'> </a> <b> </b> <h1> </h1> <"
                + " > <!-- --> <svg> </svg> <select> <option> <script> </script> &amp; &# text,text"
                + " <br> <form> </form> <title> </title> <head> <body class=\"article\"> \0")
            .split(" ");
    for (int i = 0; i < 1000; i++) {
      var html = new StringBuilder();
      random.ints(random.nextInt(200), 0, pieces.length).forEach(p -> html.append(pieces[p]));

      var page = HtmlText.article(html.toString(), null);

      assertThat(page.text().lines()).allMatch(l -> !l.isBlank() && l.strip().equals(l));
    }
  }
}
