package org.millrace.batch.bestofn.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.millrace.batch.bestofn.report.Report.Bin;
import org.millrace.batch.bestofn.report.Report.Curve;
import org.millrace.batch.bestofn.report.Report.Point;

class DataBlockTest {

  private static JsonNode parsed(Report report) throws Exception {
    return new ObjectMapper().readTree(DataBlock.of(report).json());
  }

  private static Report curves(Curve... curves) {
    return new Report("T", "", null, List.of(curves), null, null, null, null, null, null);
  }

  @Test
  void parsesBackToTheSameNumbers() throws Exception {
    var report = SampleReport.full();

    var data = parsed(report).get("report");

    for (int i = 0; i < report.curves().size(); i++) {
      var points = report.curves().get(i).points();
      for (int j = 0; j < points.size(); j++) {
        var node = data.at("/curves/" + i + "/points/" + j);
        assertThat(
                new Point(
                    node.get("k").intValue(),
                    node.get("value").doubleValue(),
                    node.get("stderr").doubleValue(),
                    node.get("prompts").longValue()))
            .isEqualTo(points.get(j));
      }
    }
    assertThat(data.get("curves")).hasSize(19);
    assertThat(data.at("/difficulty/4/accuracyBySelector/majority").doubleValue()).isEqualTo(.0604);
    assertThat(data.at("/compute/0/strategy").textValue()).isEqualTo("self-consistency");
  }

  @Property(tries = 300)
  void everyFiniteNumberSurvives(@ForAll double value, @ForAll double stderr) throws Exception {
    var curve = new Curve("pass", Curve.EXACT, List.of(new Point(2, value, stderr, 7)));

    var point = parsed(curves(curve)).at("/report/curves/0/points/0");

    assertThat(Double.parseDouble(point.get("value").asText())).isEqualTo(value);
    assertThat(Double.parseDouble(point.get("stderr").asText())).isEqualTo(stderr);
  }

  @Test
  void writesNumbersThatAreNotKnownAsNull() throws Exception {
    var curve =
        new Curve(
            "pass", Curve.EXACT, List.of(new Point(1, Double.NaN, Double.POSITIVE_INFINITY, 7)));
    var bin = new Bin("hard", 7, Map.of("pass", Double.NaN));
    var report =
        new Report("T", "", null, List.of(curve), List.of(bin), null, null, null, null, null);

    var data = parsed(report).get("report");

    assertThat(data.at("/curves/0/points/0/value").isNull()).isTrue();
    assertThat(data.at("/curves/0/points/0/stderr").isNull()).isTrue();
    assertThat(data.at("/difficulty/0/accuracyBySelector/pass").isNull()).isTrue();
  }

  @Test
  void gapsRunOverTheKsThatBothCurvesHave() {
    var pass = new Curve("pass", Curve.EXACT, List.of(point(1, .5), point(2, .75)));
    var borda = new Curve("borda", Curve.EXACT, List.of(point(2, .625), point(4, .7)));
    var ordered = new Curve("borda/first-k", Curve.FILE_ORDER, List.of(point(2, .6)));

    var gaps = Gaps.toCeiling(List.of(pass, borda, ordered));

    assertThat(gaps).hasSize(1);
    assertThat(gaps.get(0).selector()).isEqualTo("borda");
    assertThat(gaps.get(0).points()).containsExactly(new Point(2, .125, Double.NaN, 10));
  }

  private static Point point(int k, double value) {
    return new Point(k, value, .01, 10);
  }

  @Test
  void selectorsKeepTheirColoursAndVariantsShareThem() {
    var names = List.of("pass", "novel", "majority", "majority/first-k", "shortest", "other");

    var colours =
        Palette.of(names.stream().map(n -> new Curve(n, Curve.EXACT, List.of())).toList());

    assertThat(colours)
        .containsExactly(
            Map.entry("novel", 0),
            Map.entry("majority", 1),
            Map.entry("shortest", 3),
            Map.entry("other", 2));
  }
}
