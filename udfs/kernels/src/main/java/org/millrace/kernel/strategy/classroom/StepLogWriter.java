package org.millrace.kernel.strategy.classroom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.millrace.kernel.strategy.Draws;
import org.millrace.kernel.strategy.steps.Outcome;

/** Writes a classroom as a DataShop student-step export and a table of the truth beside it. */
public final class StepLogWriter {

  private static final String HEADER =
      "Row\tAnon Student Id\tProblem Hierarchy\tProblem Name\tProblem View\tStep Name"
          + "\tCorrect First Attempt\tKC (Default)\n";
  private static final String TRUTH =
      "student\thierarchy\tproblem\tview\tgroup\tfamily\tstrategy\tlevel\n";

  private final Classroom classroom;
  private final ClassroomOptions options;
  private final Appendable log;
  private final SplittableRandom random;
  private long row;

  private StepLogWriter(Classroom classroom, ClassroomOptions options, Appendable log) {
    this.classroom = classroom;
    this.options = options;
    this.log = log;
    random = new SplittableRandom(Draws.key(options.seed(), 5));
  }

  /**
   * Writes both tables, tab separated, with a header line each.
   *
   * @param options of the classroom
   * @param log takes the steps
   * @param truth takes an instance a line: student, hierarchy, problem, view, then group, family,
   *     strategy and level of skill
   * @throws IOException of the two
   */
  public static void write(ClassroomOptions options, Appendable log, Appendable truth)
      throws IOException {
    new StepLogWriter(Classroom.of(options), options, log).write(truth);
  }

  private void write(Appendable truth) throws IOException {
    log.append(HEADER);
    truth.append(TRUTH);
    Iterator<Play> plays = classroom.plays().iterator();
    var waiting = new ArrayList<List<String>>();
    while (plays.hasNext()) {
      var play = plays.next();
      truth.append(truth(play));
      waiting.add(rows(play));
      if (waiting.size() == (options.oddities().interleaved() ? 2 : 1)) {
        flush(waiting);
      }
    }
    flush(waiting);
  }

  private static String truth(Play play) {
    var key = play.instance().key();
    return String.join(
            "\t",
            key.student(),
            key.hierarchy(),
            key.problem(),
            Integer.toString(key.view()),
            Integer.toString(play.group()),
            Integer.toString(play.family()),
            Integer.toString(play.strategy()),
            play.level().name())
        + "\n";
  }

  /** The rows of an instance without their numbers. */
  private List<String> rows(Play play) {
    var instance = play.instance();
    var rows = new ArrayList<String>();
    int at = 0;
    for (int skills : play.steps()) {
      var outcome = instance.outcomes().get(at);
      rows.add(row(play, rows.size(), outcome, instance.skills().subList(at, at + skills)));
      at += skills;
      if (random.nextDouble() < options.oddities().unlabelled()) {
        rows.add(row(play, rows.size(), outcome, List.of()));
      }
    }
    return rows;
  }

  private static String row(Play play, int step, Outcome outcome, List<String> skills) {
    var key = play.instance().key();
    var correct =
        switch (outcome) {
          case CORRECT -> "1";
          case INCORRECT -> "0";
          case UNKNOWN -> "";
        };
    return String.join(
        "\t",
        key.student(),
        key.hierarchy(),
        key.problem(),
        Integer.toString(key.view()),
        "step-" + (step + 1),
        correct,
        String.join("~~", skills));
  }

  /** Writes the rows of the waiting instances in turn. */
  private void flush(List<List<String>> waiting) throws IOException {
    int longest = waiting.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < longest; i++) {
      for (var rows : waiting) {
        if (i < rows.size()) {
          log.append(Long.toString(++row)).append('\t').append(rows.get(i)).append('\n');
        }
      }
    }
    waiting.clear();
  }
}
