package org.millrace.batch.sample;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.millrace.batch.job.Run;
import org.millrace.batch.sample.engine.Draws;
import org.millrace.command.UserError;
import org.millrace.kernel.bestofn.Answers;
import org.millrace.kernel.bestofn.Calibration;

/** The verified answers that a plan is learned from. */
final class CalibrationTable {

  private CalibrationTable() {}

  /**
   * Reads the prompts that have enough answers with a verdict.
   *
   * @param path of what {@code verify} has written
   * @param least answers of a prompt
   * @throws UserError if there is no such prompt
   */
  static List<Calibration.Prompt> read(Run run, String path, int least) throws IOException {
    var samples = run.samplesOf(List.of(path));
    if (!samples.has("verdict")) {
      throw new UserError(
          "--policy-option calibration=%s: it has no column verdict; give what verify wrote", path);
    }
    var rows =
        samples
            .rows()
            .where(col("_reason").isNull().and(col("verdict").isNotNull()))
            .select("prompt_id", "level", "sample_index", "answer", "verdict", "score", "votes")
            .orderBy("prompt_id", "sample_index")
            .collectAsList();
    var prompts = new ArrayList<Calibration.Prompt>();
    int most = 0;
    int left = 0;
    for (int from = 0; from < rows.size(); ) {
      int to = from + 1;
      while (to < rows.size() && Objects.equals(id(rows, to), id(rows, from))) {
        to++;
      }
      most = Math.max(most, to - from);
      if (to - from >= least) {
        prompts.add(prompt(rows.subList(from, to)));
      } else {
        left++;
      }
      from = to;
    }
    if (prompts.isEmpty()) {
      throw new UserError(
          "--policy-option calibration=%s: no prompt has %d verified answers, the most is %d;"
              + " lower --n, or sample more of them",
          path, least, most);
    }
    if (left > 0) {
      run.log("%,d prompts of %s have fewer than %d verified answers, left out", left, path, least);
    }
    return prompts;
  }

  private static String id(List<Row> rows, int at) {
    return rows.get(at).getString(0);
  }

  private static Calibration.Prompt prompt(List<Row> rows) {
    var answers = rows.stream().map(row -> row.<String>getAs("answer")).toArray(String[]::new);
    var credits = rows.stream().mapToDouble(CalibrationTable::credit).toArray();
    var scores = rows.stream().mapToDouble(CalibrationTable::score).toArray();
    int fold = (int) (Draws.fold(Draws.hash(id(rows, 0)), 0) >>> 63);
    String level = rows.get(0).getAs("level");
    return new Calibration.Prompt(fold, level, Answers.number(answers), credits, scores);
  }

  private static double credit(Row row) {
    String verdict = row.getAs("verdict");
    return switch (verdict) {
      case "correct" -> 1;
      case "incorrect", "unparsed", "missing" -> 0;
      default -> Double.parseDouble(verdict);
    };
  }

  /** The score; without one the share of votes for it, 0 where none has an opinion. */
  private static double score(Row row) {
    Double score = row.getAs("score");
    int votes = row.fieldIndex("votes");
    if (score != null || row.isNullAt(votes)) {
      return score == null ? Double.NaN : score;
    }
    var given = row.<Double>getList(votes).toArray(Double[]::new);
    return Arrays.stream(given)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(0);
  }
}
