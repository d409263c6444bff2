package org.millrace.streaming.anomaly.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.millrace.streaming.anomaly.evaluate.Episode;
import org.millrace.streaming.anomaly.evaluate.LabelledDevice;
import org.millrace.streaming.anomaly.evaluate.Scores;
import org.millrace.streaming.anomaly.evaluate.Window;
import org.millrace.streaming.anomaly.evaluate.report.EvaluationPage.Probation;
import org.w3c.dom.Document;

class EvaluationPageTest {

  private static final String HOSTILE =
      "</title><script>alert(1)</script><img src=x onerror='alert(2)'>\"{{manifest}}\u0000\ud800]]>&";

  private static LabelledDevice device(String name, int rows, Map<String, double[]> variables) {
    return new LabelledDevice(
        name,
        LongStream.range(0, rows).map(i -> 60_000 * i).toArray(),
        variables,
        List.of(new Window(60_000L * 40, 60_000L * 49), new Window(60_000L * 70, 60_000L * 74)),
        List.of(
            new Episode(5, 6, variables.keySet(), "MINOR"),
            new Episode(40, 45, variables.keySet(), "MAJOR"),
            new Episode(90, 99, Set.of(HOSTILE), "CRITICAL")));
  }

  private static double[] noise(int rows) {
    var random = new Random(1);
    return IntStream.range(0, rows).mapToDouble(i -> random.nextGaussian()).toArray();
  }

  private static String page(LabelledDevice... devices) {
    var list = List.of(devices);
    return new EvaluationPage(
            "Title " + HOSTILE, HOSTILE, Scores.ofFiles(list, 0), list, Probation.NAB, 0, HOSTILE)
        .html();
  }

  private static Document parsed(String page) throws Exception {
    // The style is the only text that is not XML anyway.
    var xml = page.substring(page.indexOf("<html"));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void hostileNamesStayText() throws Exception {
    var page = page(device(HOSTILE, 100, Map.of(HOSTILE, noise(100))));

    var document = parsed(page);
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(document.getElementsByTagName("img").getLength()).isZero();
    assertThat(document.getElementsByTagName("h1").item(0).getTextContent())
        .startsWith("Title </title><script>alert(1)</script>")
        .contains("{{manifest}}");
    assertThat(page).contains("Content-Security-Policy\" content=\"default-src 'none'");
  }

  @Test
  void findsFalseAlarmsAndMissesLookDifferent() throws Exception {
    var page = page(device("d", 100, Map.of("v", noise(100))));

    assertThat(classes(parsed(page)))
        .contains(
            "window found",
            "window missed",
            "episode early",
            "episode right",
            "episode false other");
  }

  private static List<String> classes(Document document) {
    var figure = (org.w3c.dom.Element) document.getElementsByTagName("figure").item(0);
    var all = figure.getElementsByTagName("*");
    return IntStream.range(0, all.getLength())
        .mapToObj(i -> ((org.w3c.dom.Element) all.item(i)).getAttribute("class"))
        .toList();
  }

  @Test
  void sizeIsBoundedHoweverManyRowsThereAre() {
    assertThat(page(device("d", 200_000, Map.of("v", noise(200_000)))).length()).isLessThan(40_000);
  }

  @Test
  void seriesOfAllKindsAreDrawn() throws Exception {
    var variables = new LinkedHashMap<String, double[]>();
    variables.put("flat", new double[100]);
    variables.put("none", IntStream.range(0, 100).mapToDouble(i -> Double.NaN).toArray());
    variables.put(
        "huge",
        IntStream.range(0, 100)
            .mapToDouble(i -> i % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE)
            .toArray());
    variables.put(
        "holes", IntStream.range(0, 100).mapToDouble(i -> i % 3 == 0 ? i : Double.NaN).toArray());

    var page = page(device("d", 100, variables));

    assertThat(parsed(page).getElementsByTagName("figure").getLength()).isEqualTo(4);
    assertThat(page).doesNotContain("\"NaN").doesNotContain("LNaN").doesNotContain("Infinity");
  }

  @Test
  void spikesSurviveThePacking() {
    var values = new double[100_000];
    values[77_777] = 1;

    var path = Outline.path(values, Frame.of(values), 640);

    assertThat(path.split("[ML]")).hasSizeLessThan(1400);
    assertThat(path).contains(" " + Outline.number(Frame.of(values).y(1)));
  }

  @Test
  void equalEvaluationsGiveEqualPages() {
    var device = device("d", 100, Map.of("v", noise(100)));

    assertThat(page(device)).isEqualTo(page(device));
  }
}
