package org.millrace.streaming.straggler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.millrace.streaming.job.Decoder;
import org.millrace.streaming.straggler.diagnose.Cause;
import org.millrace.streaming.straggler.diagnose.Incident;
import org.millrace.streaming.straggler.diagnose.Observation;
import org.millrace.streaming.straggler.diagnose.Settings;
import org.millrace.streaming.straggler.diagnose.Suspect;
import org.millrace.streaming.straggler.input.Columns;
import org.millrace.streaming.straggler.input.JobNames;
import org.millrace.streaming.straggler.input.RecordsJson;
import org.millrace.streaming.straggler.input.StepTimesCsv;
import org.millrace.streaming.straggler.simulate.Form;
import org.millrace.streaming.straggler.simulate.Planted;
import org.millrace.streaming.straggler.simulate.SimulatedJob;
import org.millrace.streaming.straggler.simulate.Trouble;

/**
 * A thousand simulated jobs with trouble of each class, and without: of the incidents 95 % are what
 * was planted, and 95 % of what was planted is found, in each class.
 */
class PlantedTroubleTest {

  private static final int SEEDS = 1000;

  private static final double LEAST = 0.95;

  private record Case(Trouble trouble, Form form) {}

  /** Of a cause: how often it was planted, found, and told where it was not planted. */
  private static final class Score {
    private int planted;
    private int found;
    private int wrong;

    private double recall() {
      return (double) found / planted;
    }

    private double precision() {
      return (double) found / (found + wrong);
    }
  }

  private final Map<Cause, Score> scores = new TreeMap<>();

  @Test
  void precisionAndRecallAreAbove95PercentInEachClass() {
    var cases = new ArrayList<Case>();
    for (var trouble : Trouble.values()) {
      for (var form : Form.values()) {
        if (SimulatedJob.isTold(trouble, form)) {
          cases.add(new Case(trouble, form));
        }
      }
    }
    for (var cause : Cause.values()) {
      scores.put(cause, new Score());
    }

    IntStream.range(0, SEEDS)
        .parallel()
        .forEach(seed -> score(cases.get(seed % cases.size()), seed));

    scores.forEach(
        (cause, score) -> {
          assertThat(score.planted).as("planted %s", cause).isGreaterThan(40);
          assertThat(score.recall()).as("recall of %s", cause).isGreaterThanOrEqualTo(LEAST);
          assertThat(score.precision()).as("precision of %s", cause).isGreaterThanOrEqualTo(LEAST);
        });
  }

  private void score(Case each, long seed) {
    var job = SimulatedJob.of("j" + seed, each.trouble(), each.form(), seed);
    var diagnosed = diagnose(each.form(), job.lines());
    assertThat(diagnosed.bad()).isEmpty();
    // A slowdown of all has nobody to be found.
    var planted = job.planted().filter(some -> some.trouble() != Trouble.SLOW_JOB);
    synchronized (scores) {
      planted.ifPresent(some -> scores.get(cause(some.trouble(), each.form())).planted++);
      boolean found = false;
      for (var incident : diagnosed.opened()) {
        if (!found && planted.isPresent() && is(planted.get(), each.form(), incident)) {
          found = true;
          scores.get(incident.cause()).found++;
        } else {
          scores.get(incident.cause()).wrong++;
        }
      }
    }
  }

  private static Diagnosed diagnose(Form form, List<String> lines) {
    Decoder<Observation> decoder;
    if (form == Form.STEP_TIMES) {
      var columns = Columns.of(Map.of("rank", "worker", "duration", "batch_time"));
      decoder = new StepTimesCsv(columns, JobNames.BY_SOURCE, ',').decoder("job.csv", lines.get(0));
      return Diagnosed.of(decoder, lines.subList(1, lines.size()), Settings.DEFAULT);
    }
    decoder = new RecordsJson(Columns.BY_NAME, new JobNames("job")).decoder("job.jsonl", null);
    return Diagnosed.of(decoder, lines, Settings.DEFAULT);
  }

  private static boolean is(Planted planted, Form form, Incident incident) {
    long slackUs = 15_000_000;
    return incident.cause() == cause(planted.trouble(), form)
        && incident.startUs() >= planted.startUs() - slackUs
        && incident.startUs() <= planted.endUs() + slackUs
        && suspects(planted, form)
            .equals(incident.suspects().stream().map(PlantedTroubleTest::text).toList());
  }

  private static Cause cause(Trouble trouble, Form form) {
    return switch (trouble) {
      case SLOW_RANK -> form == Form.STEP_TIMES ? Cause.SLOW_STEPS : Cause.NON_COMMUNICATION_SLOW;
      case SLOW_LINK, SLOW_SENDER, SLOW_RECEIVER, SLOW_NETWORK -> Cause.COMMUNICATION_SLOW;
      case RANK_HANG -> Cause.NON_COMMUNICATION_HANG;
      case LINK_HANG -> Cause.COMMUNICATION_HANG;
      case UNEVEN_LOAD -> Cause.LOAD_IMBALANCE;
      case NONE, SLOW_JOB -> throw new IllegalArgumentException("nobody is to blame");
    };
  }

  private static List<String> suspects(Planted planted, Form form) {
    return switch (planted.trouble()) {
      case SLOW_RANK, RANK_HANG -> List.of("RANK " + id(planted.rank(), form));
      case SLOW_LINK, LINK_HANG ->
          List.of("LINK " + id(planted.rank(), form) + " " + id(planted.peer(), form));
      case SLOW_SENDER -> List.of("SENDER " + id(planted.rank(), form));
      case SLOW_RECEIVER -> List.of("RECEIVER " + id(planted.rank(), form));
      default -> List.of();
    };
  }

  private static String id(int rank, Form form) {
    // The simulated processes have numbers from 1000 on.
    return form == Form.INSPECTOR || form == Form.INSPECTOR_BRIEF
        ? String.valueOf(1000 + rank)
        : String.valueOf(rank);
  }

  private static String text(Suspect suspect) {
    var id = suspect.member().id();
    return suspect.kind()
        + " "
        + id.substring(id.indexOf(':') + 1)
        + (suspect.peer() == null ? "" : " " + suspect.peer().id());
  }
}
