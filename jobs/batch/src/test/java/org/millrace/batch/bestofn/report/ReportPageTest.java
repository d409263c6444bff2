package org.millrace.batch.bestofn.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.millrace.batch.bestofn.report.Report.Bin;
import org.millrace.batch.bestofn.report.Report.ComputePoint;
import org.millrace.batch.bestofn.report.Report.Curve;
import org.millrace.batch.bestofn.report.Report.Disagreement;
import org.millrace.batch.bestofn.report.Report.Fact;
import org.millrace.batch.bestofn.report.Report.Point;

class ReportPageTest {

  private static final String SECTIONS = "//section/@id";

  private static Report onlyCurves(Curve... curves) {
    return new Report("T", "", null, List.of(curves), null, null, null, null, null, null);
  }

  private static Point point(int k, double value, double stderr) {
    return new Point(k, value, stderr, 100);
  }

  private static final Curve PASS =
      new Curve("pass", Curve.EXACT, List.of(point(1, .5, .05), point(4, .875, .03)));

  private static final Curve MAJORITY =
      new Curve("majority", Curve.EXACT, List.of(point(1, .5, .05), point(4, .625, Double.NaN)));

  @Test
  void showsEverySectionThatHasData() {
    var page = Page.of(SampleReport.full());

    assertThat(page.texts(SECTIONS))
        .containsExactly(
            "scaling",
            "laws",
            "difficulty",
            "disagreements",
            "compute",
            "latency",
            "tokens",
            "manifest");
    assertThat(page.texts("//nav/a/@href"))
        .containsExactly(
            "#scaling",
            "#laws",
            "#difficulty",
            "#disagreements",
            "#compute",
            "#latency",
            "#tokens",
            "#manifest");
    assertThat(page.texts("//dl[@id='facts']/div[1]/*")).containsExactly("prompts", "412");
    assertThat(page.texts("//aside//li")).hasSize(2);
    assertThat(page.texts("//details/pre").get(0)).startsWith("{ \"job\" : \"select\"");
  }

  @Test
  void leavesOutSectionsWithoutDataAndSaysWhyThereAreNoCurves() {
    var page = Page.of(new Report("Empty", null, null, null, null, null, null, null, null, null));

    assertThat(page.texts("//section | //nav | //aside | //dl | //table | //details")).isEmpty();
    assertThat(page.texts("//main"))
        .containsExactly(
            "The input carries no truth (no verdict, no target answer), so there are no accuracy"
                + " curves.");
  }

  @Test
  void tablesCurvesBySelectorAndK() {
    var page = Page.of(onlyCurves(PASS, MAJORITY));

    assertThat(page.texts("//table[@id='curve-table']/thead/tr/*"))
        .containsExactly("k", "1", "4", "prompts", "100", "100");
    assertThat(page.texts("//table[@id='curve-table']/tbody/tr"))
        .containsExactly("pass ceiling50.00 ±5.0087.50 ±3.00", "majority50.00 ±5.0062.50");
  }

  @Test
  void tablesTheGapToTheCeiling() {
    var page = Page.of(onlyCurves(PASS, MAJORITY));

    assertThat(page.texts("//table[@id='gap-table']/tbody/tr"))
        .containsExactly("majority0.0025.00");
    assertThat(page.texts("//*[@id='gap-chart']")).hasSize(1);
    assertThat(Page.of(onlyCurves(MAJORITY)).texts("//*[@id='gap-chart' or @id='gap-table']"))
        .isEmpty();
  }

  @Test
  void keepsFileOrderCurvesApart() {
    var first = new Curve("majority/first-k/ties-first", "", List.of(point(4, .6, .05)));

    var page = Page.of(onlyCurves(PASS, MAJORITY, first));

    assertThat(page.texts("//table[@id='curve-table']/tbody/tr/th"))
        .containsExactly("pass ceiling", "majority");
    assertThat(page.texts("//details//table[@id='file-order-table']/tbody/tr"))
        .containsExactly("majority/first-k/ties-first–60.00 ±5.00");
    assertThat(page.data().at("/report/curves/2/fileOrder").asBoolean()).isTrue();
    assertThat(page.data().at("/report/curves/1/fileOrder").asBoolean()).isFalse();
  }

  @Test
  void saysWhereACurveRunsOverFewerPrompts() {
    var few = new Curve("borda", Curve.EXACT, List.of(new Point(4, .5, .1, 1_234)));
    var many = new Curve("shortest", Curve.EXACT, List.of(new Point(4, .25, .1, 5_678)));

    var page = Page.of(onlyCurves(few, many));

    assertThat(page.texts("//thead/tr[2]/*")).containsExactly("prompts", "5,678");
    assertThat(page.texts("//tbody/tr/td")).containsExactly("50.00 ±10.00of 1,234", "25.00 ±10.00");
  }

  @Test
  void marksTheBestSelectorOfABinAndDashesUnknownOnes() {
    var easy = new LinkedHashMap<String, Double>();
    easy.put("pass", 1.0);
    easy.put("majority", .75);
    easy.put("shortest", .5);
    easy.put("borda", null);
    var report =
        new Report(
            "T", "", null, null, List.of(new Bin("easy", 12, easy)), null, null, null, "", null);

    var page = Page.of(report);

    assertThat(page.texts("//table[@id='difficulty-table']/tbody/tr"))
        .containsExactly("pass ceiling100.00", "majority75.00", "shortest50.00", "borda–");
    assertThat(page.texts("//td[contains(@class, 'best')]")).containsExactly("75.00");
  }

  @Test
  void cutsLongAnswersAndKeepsTheWholeInTheTitle() {
    String answer = "7".repeat(500);
    var row = new Disagreement("p1", "What is it?", .25, "majority", answer, null, 0, 1);
    var report = new Report("T", "", null, null, null, List.of(row), null, null, "", null);

    var page = Page.of(report);

    assertThat(page.texts("//td[@data-label='chosen']")).containsExactly("7".repeat(59) + "…");
    assertThat(page.texts("//td[@data-label='chosen']/span/@title")).containsExactly(answer);
    assertThat(page.texts("//td[@data-label='target']")).containsExactly("–");
    assertThat(page.texts("//td[@class='n']")).containsExactly("25.0", "0.0", "100.0");
  }

  @Test
  void marksTheFrontierOfEachStrategy() {
    var cheap = new ComputePoint("sc", 1, 0, 1, .5);
    var worse = new ComputePoint("sc", 2, 0, 2, .4);
    var better = new ComputePoint("sc", 4, 0, 4, .6);
    var other = new ComputePoint("genrm", 1, 3, 4, .3);
    var points = List.of(cheap, worse, better, other);

    var page = Page.of(new Report("T", "", null, null, null, null, points, null, "", null));

    assertThat(Frontier.of(points)).containsExactly(cheap, better, other);
    assertThat(page.texts("//tr[@class='best']"))
        .containsExactly("sc10150.00", "sc40460.00", "genrm13430.00");
  }

  @Test
  void tablesTheLawsWithTheirBudgets() {
    var page = Page.of(SampleReport.full());

    assertThat(page.texts("//table[@id='saturation-table']/tbody/tr"))
        // .94 * .62 * .38^n is below .01 from n = 5 on and below .001 from n = 7, and
        // .75 * .8 * .2^n from n = 3 and n = 4.
        .containsExactly("pass0.6200000.9400000.031257", "majority0.8000000.7500000.020034");
    assertThat(page.texts("//table[@id='coverage-table']/tbody/tr"))
        .containsExactly("pass−0.490000−0.6100000.0123");
    assertThat(page.texts("//table[@id='fit-table']/tbody/tr/th"))
        .containsExactly(
            "pass measured",
            "pass coverage law",
            "pass saturation law",
            "majority measured",
            "majority saturation law");
    assertThat(page.texts("//table[@id='fit-table']/tbody/tr[1]/td"))
        .containsExactly("70.00", "70.00", "70.00", "70.00", "70.00", "70.00", "–");
    assertThat(page.data().at("/report/analysis/fits/1/coverage").isNull()).isTrue();
    assertThat(page.data().at("/report/analysis/fits/0/points/6/measured").isNull()).isTrue();
  }

  @Test
  void tablesTheBestWithinEachBudget() {
    var page = Page.of(SampleReport.full());

    assertThat(page.texts("//section[@id='compute']/p")).containsExactly("Voting is best at S=64.");
    assertThat(page.texts("//table[@id='budget-table']/tbody/tr[1]/td"))
        .containsExactly("1", "1", "61.00", "–", "–", "–", "–", "–");
    assertThat(page.texts("//table[@id='budget-table']/tbody/tr[2]/td"))
        .containsExactly("6", "4", "66.00", "2", "1", "6", "68.00", "2.00");
    assertThat(page.texts("//table[@id='budget-table']//td[contains(@class, 'best')]"))
        .containsExactly("68.00");
  }

  @Test
  void gridsAnswersByVerifications() {
    var points =
        List.of(
            new ComputePoint("sc", 1, 0, 1, .5),
            new ComputePoint("verified", 1, 1, 2, .5),
            new ComputePoint("verified", 2, 1, 4, .55),
            new ComputePoint("verified", 2, 8, 18, .75));

    var page = Page.of(new Report("T", "", null, null, null, null, points, null, "", null));

    assertThat(page.texts("//table[contains(@class, 'sv')]/thead/tr/*"))
        .containsExactly("S", "V = 1", "V = 8");
    assertThat(page.texts("//table[contains(@class, 'sv')]/tbody/tr"))
        .containsExactly("150.00–", "255.0075.00");
    assertThat(page.texts("//*[@id='grid-chart']")).hasSize(1);
    var voting = new Report("T", "", null, null, null, null, points.subList(0, 1), null, "", null);
    assertThat(Page.of(voting).texts("//*[@id='grid-chart']")).isEmpty();
  }

  @Test
  void tablesTheLatencyOfParallelAnswers() {
    var page = Page.of(SampleReport.full());

    assertThat(page.texts("//table[@id='latency-table']//tr[@class='group']"))
        .containsExactly("latency (tokens)", "work (tokens)", "accuracy, %");
    assertThat(page.texts("//table[@id='latency-table']/tbody/tr/th"))
        .containsSubsequence(
            "latency (tokens)", "all", "short-1", "short-3", "work (tokens)", "all");
    assertThat(page.texts("//table[@id='latency-table']/tbody[2]/tr[2]/td"))
        .startsWith("850.5", "1,701.0", "3,402.0");
  }

  @Test
  void loadsNothingFromANetwork() throws Exception {
    var page = Page.of(SampleReport.full());

    assertThat(page.texts("//@src | //link | //img | //iframe | //object | //base")).isEmpty();
    assertThat(page.texts("//@href")).allMatch(href -> href.startsWith("#"));
    assertThat(page.html()).doesNotContain("@import").doesNotContain("url(http");
    assertThat(page.texts("//meta[@http-equiv='Content-Security-Policy']/@content").get(0))
        .startsWith("default-src 'none'; script-src 'sha256-")
        .doesNotContain("http")
        .contains(hashesOfScripts(page.html()));
  }

  private static List<String> hashesOfScripts(String html) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    return Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL)
        .matcher(html)
        .results()
        .map(script -> digest.digest(script.group(1).getBytes(UTF_8)))
        .map(hash -> "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'")
        .toList();
  }

  @Test
  void equalReportsGiveEqualPages() {
    assertThat(ReportPage.render(SampleReport.full()))
        .isEqualTo(ReportPage.render(SampleReport.full()));
  }

  @Test
  void doesNotFillPlacesInsideData() {
    var facts = List.of(new Fact("{{library}}", "$1 \\ {{policy}}"));

    var page = Page.of(new Report("{{data}}", "", facts, null, null, null, null, null, "", null));

    assertThat(page.texts("//h1 | //dt | //dd"))
        .containsExactly("{{data}}", "{{library}}", "$1 \\ {{policy}}");
  }

  @Test
  void refusesAPointBelowOneSample() {
    assertThatThrownBy(() -> new Point(0, .5, .1, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k is 0: a curve starts at k = 1");
  }
}
