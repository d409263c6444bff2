package org.millrace.streaming.straggler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.streaming.straggler.diagnose.Cause;
import org.millrace.streaming.straggler.diagnose.Settings;
import org.millrace.streaming.straggler.input.Columns;
import org.millrace.streaming.straggler.input.JobNames;
import org.millrace.streaming.straggler.input.StepTimesCsv;

/**
 * Step times of two real jobs, ../shared/data/streaming/stragglers: in the first worker 6 is slow
 * from 1811 s to 1941 s, in the second nobody is. Skipped without them.
 */
class SharedStepTimesTest {

  private static final long SECOND = 1_000_000;

  private static List<String> lines(String file) throws IOException {
    var folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("../shared/data"))) {
      folder = folder.getParent();
    }
    assumeTrue(folder != null, "../shared/data is not here");
    return Files.readAllLines(folder.resolve("../shared/data/streaming/stragglers").resolve(file));
  }

  private static Diagnosed diagnose(List<String> lines, double level) {
    var columns =
        Columns.of(Map.of("rank", "worker", "time", "time", "duration", "batch_time_norm"));
    var decoder =
        new StepTimesCsv(columns, JobNames.BY_SOURCE, ',').decoder("job.csv", lines.get(0));
    return Diagnosed.of(
        decoder, lines.subList(1, lines.size()), Settings.DEFAULT.withFlagLevel(level));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.15, 1.2, 1.25, 1.3, 1.35, 1.4, 1.45, 1.5})
  void theSlowWorkerIsFoundAndNobodyElse(double level) throws IOException {
    var diagnosed = diagnose(lines("job_1_norm.csv"), level);

    assertThat(diagnosed.bad()).isEmpty();
    assertThat(diagnosed.opened()).hasSize(1);
    var open = diagnosed.opened().get(0);
    assertThat(open.cause()).isEqualTo(Cause.SLOW_STEPS);
    assertThat(open.suspects()).extracting(suspect -> suspect.member().rank()).containsExactly("6");
    assertThat(open.openUs()).isEqualTo(1831 * SECOND);
    assertThat(open.startUs()).isEqualTo(1811 * SECOND);
    var close = diagnosed.closed().get(0);
    assertThat(close.id()).isEqualTo(open.id());
    assertThat(close.endUs()).isBetween(1881 * SECOND, 1941 * SECOND);
    assertThat(close.peakUs()).isEqualTo(1861 * SECOND);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.15, 1.2, 1.25, 1.3, 1.35, 1.4, 1.45, 1.5})
  void theJobWithoutAStragglerHasNone(double level) throws IOException {
    var diagnosed = diagnose(lines("job_2_norm.csv"), level);

    assertThat(diagnosed.incidents()).isEmpty();
  }

  @Test
  void theOrderOfRowsDoesNotMatter() throws IOException {
    var lines = lines("job_1_norm.csv");
    var shuffled = new ArrayList<>(lines.subList(1, lines.size()));
    Collections.shuffle(shuffled, new Random(1));
    shuffled.add(0, lines.get(0));

    assertThat(diagnose(shuffled, 1.3).incidents()).isEqualTo(diagnose(lines, 1.3).incidents());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void rowsThatAreMissingOrRepeatedDoNotMatter(long seed) throws IOException {
    var random = new Random(seed);
    var kept = new ArrayList<String>();
    for (var line : lines("job_1_norm.csv")) {
      if (kept.isEmpty() || random.nextInt(20) > 0) {
        kept.add(line);
      }
      if (random.nextInt(20) == 0) {
        kept.add(kept.size() > 1 ? kept.get(kept.size() - 1) : line);
      }
    }
    kept.removeIf(line -> kept.indexOf(line) > 0 && line.equals(kept.get(0)));

    var opened = diagnose(kept, 1.3).opened();

    assertThat(opened).hasSize(1);
    assertThat(opened.get(0).suspects().get(0).member().rank()).isEqualTo("6");
    assertThat(opened.get(0).openUs()).isBetween(1831 * SECOND, 1881 * SECOND);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void workersNeedNotReportAtTheSameTime(long seed) throws IOException {
    var random = new Random(seed);
    var lines = new ArrayList<>(lines("job_1_norm.csv"));
    for (int i = 1; i < lines.size(); i++) {
      var cells = lines.get(i).split(",");
      cells[3] = String.valueOf(Integer.parseInt(cells[3]) + random.nextInt(7) - 3 + 10);
      lines.set(i, String.join(",", cells));
    }

    var opened = diagnose(lines, 1.3).opened();

    assertThat(opened).hasSize(1);
    assertThat(opened.get(0).suspects().get(0).member().rank()).isEqualTo("6");
  }
}
