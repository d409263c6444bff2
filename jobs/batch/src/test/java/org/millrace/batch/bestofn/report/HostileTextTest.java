package org.millrace.batch.bestofn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.batch.bestofn.report.Analysis.FitPoint;
import org.millrace.batch.bestofn.report.Report.Bin;
import org.millrace.batch.bestofn.report.Report.ComputePoint;
import org.millrace.batch.bestofn.report.Report.Curve;
import org.millrace.batch.bestofn.report.Report.Disagreement;
import org.millrace.batch.bestofn.report.Report.Fact;
import org.millrace.batch.bestofn.report.Report.Point;
import org.millrace.batch.page.Html;
import org.millrace.kernel.bestofn.SaturationLaw;

/** Prompts and answers are written by models and strangers: none may change the page. */
class HostileTextTest {

  private static Report everywhere(String text) {
    return new Report(
        text,
        text,
        List.of(new Fact(text, text)),
        List.of(new Curve(text, text, List.of(new Point(1, .5, .1, 3)))),
        List.of(new Bin(text, 3, Map.of(text, .5))),
        List.of(new Disagreement(text, text, .5, text, text, text, 0, 1)),
        List.of(new ComputePoint(text, 1, 1, 1, .5)),
        List.of(new Fact(text, text)),
        text,
        List.of(text),
        new Analysis(
            List.of(
                new Analysis.Fit(
                    text, null, new SaturationLaw(.5, .5, 0), List.of(new FitPoint(1, 0, 0, 0)))),
            text,
            List.of(new Analysis.Budget(1, new ComputePoint(text, 1, 0, 1, .5), null)),
            List.of(new Analysis.Parallel(text, 1, 1, 1, 1, .5)),
            text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "-->]]>",
        "\"onmouseover=\"alert(1)\" x='",
        "'onmouseover='alert(1)",
        "<img src=http://example.org/x onerror=alert(1)>",
        "&lt;b&gt; &amp;amp; &#0;",
        "line\u2028separator\u2029end",
        "nul\u0000 bell\u0007 escape\u001b",
        "half \ud83d pair",
        "right\u202eto left",
        "{{data}} $0 \\"
      })
  void staysTextWhereverItStands(String text) {
    var harmless = Page.of(everywhere("x"));

    var page = Page.of(everywhere(text));

    assertThat(page.texts("//*[name() != '']")).hasSameSizeAs(harmless.texts("//*[name() != '']"));
    assertThat(page.texts("//@*[starts-with(name(), 'on')] | //img | //@src")).isEmpty();
    assertThat(page.html().split("<script", -1))
        .hasSameSizeAs(harmless.html().split("<script", -1));
    assertThat(page.data().at("/report/disagreements/0/promptText").asText()).isEqualTo(text);
  }

  @Test
  void dataBlockIsAsciiWithoutMarkup() {
    String json = DataBlock.of(everywhere("</script>&'\u2028\u2029é漢\ud83d\ude00")).json();

    assertThat(json).matches("[ -~]+").doesNotContain("<", ">", "&", "'");
    assertThat(json).contains("\\u003C/script\\u003E\\u0026\\u0027\\u2028\\u2029\\u00E9");
  }

  @Test
  void controlCharactersShowAsPictures() {
    assertThat(Html.text("a\u0000b\u001bc\u007fd\ud83de"))
        .isEqualTo("a\u2400b\u241bc\ufffdd\ufffde");
  }

  @Property(tries = 500)
  void escapedTextReadsBackAsItWas(@ForAll("readable") String text) throws Exception {
    var parser =
        javax.xml.parsers.DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new org.xml.sax.InputSource(
                    new java.io.StringReader("<p>" + Html.text(text) + "</p>")));

    assertThat(parser.getDocumentElement().getTextContent()).isEqualTo(text);
  }

  @Provide
  Arbitrary<String> readable() {
    return Arbitraries.strings()
        .withChars("<>&\"'`=/\t\n\r ;#$\\{}!-]")
        .withCharRange('a', 'z')
        .withCharRange('\u00a0', '\u3000')
        .ofMaxLength(60);
  }
}
