package org.millrace.streaming.anomaly.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.command.UserError;

class LabelsTest {

  private static final long MINUTE = 60_000;
  private static final String NAB =
      """
      {"real/a.csv": {"windows": [["1970-01-01 00:10:00.000000", "1970-01-01 00:20:00.000000"]]},
       "real/b.csv": {"windows": [], "points": []}}
      """;

  @Test
  void timesAMinuteApartAreOneEvent() {
    var text =
        """
        # labelled by hand
        1970-01-01 00:10
        1970-01-01 00:12

        1970-01-01 00:11
        1970-01-01 00:14
        """;

    assertThat(Labels.parse("labels.txt", text))
        .isEqualTo(
            new Labels.OfTimes(
                List.of(new Window(10 * MINUTE, 12 * MINUTE), Window.point(14 * MINUTE))));
  }

  @Test
  void windowsAreOfFiles() {
    assertThat(Labels.parse("labels.json", NAB))
        .isEqualTo(
            new Labels.OfFiles(
                Map.of(
                    "real/a.csv",
                    List.of(new Window(10 * MINUTE, 20 * MINUTE)),
                    "real/b.csv",
                    List.of())));
  }

  @ParameterizedTest
  @CsvSource({
    "file:/data/real/a.csv, real/a.csv",
    "file:/data/real/a.csv.gz, real/a.csv",
    "file:/data/real__a.csv.gz, real/a.csv",
    "real__b.csv, real/b.csv",
    "file:/data/unreal/a.csv,",
    "file:/data/xreal__a.csv,",
    "file:/data/a.csv,"
  })
  void filesAreFoundByFolderOrByName(String path, String name) {
    var labels = (Labels.OfFiles) Labels.parse("labels.json", NAB);

    assertThat(labels.nameOf(path)).isEqualTo(Optional.ofNullable(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a.csv\"                                     | labels: not JSON at line 1",
        "{\"a.csv\": {\"windows\": [[\"x\", \"y\"]]}}   | labels: a.csv: bad time",
        "{\"a.csv\": {\"windows\": [[1]]}}              | a window is [start, end], not [1]",
        "{\"a.csv\": {\"windows\": [[2, 1]]}}           | ends before it begins",
        "tomorrow                                       | labels: line 1: bad time",
        "#                                              | no labels in it",
      })
  void whatIsNoLabelIsSaidInALine(String text, String message) {
    assertThatThrownBy(() -> Labels.parse("labels", text))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  @Property
  void anyTextIsReadOrRefused(@ForAll @StringLength(max = 200) String text) {
    for (var form : new String[] {text, "{" + text, "{\"a\": {\"windows\": [" + text + "]}}"}) {
      try {
        assertThat(Labels.parse("labels", form)).isNotNull();
      } catch (UserError e) {
        assertThat(e).hasMessageStartingWith("--evaluate labels: ");
      }
    }
  }

  @Test
  void windowsOfTheSharedFilesAreTheirRows() throws IOException {
    for (var file : NabFile.all()) {
      var labels = (Labels.OfFiles) Labels.parse("labels.json", NabFile.labelsJson());
      var name = file.category() + "/" + file.name();

      var device =
          new LabelledDevice(name, file.times(), Map.of(), labels.windows().get(name), List.of());

      assertThat(device.nab()).isEqualTo(file.labels());
    }
  }

  @Test
  void aWindowWithoutARowIsRefused() {
    var times = LongStream.range(0, 5).map(i -> i * MINUTE).toArray();
    var device = new LabelledDevice("a.csv", times, Map.of(), List.of(new Window(1, 2)), List.of());

    assertThatThrownBy(device::nab)
        .hasMessage("--evaluate: a window of a.csv has none of its rows");
  }
}
