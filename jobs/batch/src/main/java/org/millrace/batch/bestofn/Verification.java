package org.millrace.batch.bestofn;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.batch.job.Run;
import org.millrace.batch.job.Samples;
import org.millrace.command.UserError;

/** One way to turn samples into verdicts and scores; each {@code --verifier} is one. */
interface Verification {

  /**
   * Columns without which it can't be done: one of each list.
   *
   * @return names of columns
   */
  List<List<String>> needs();

  /**
   * Judges the samples; those that can't be judged go to the quarantine.
   *
   * @param samples with every column that {@link #needs} names
   * @return rows of the Score contract
   */
  Dataset<Row> scores(Run run, Samples samples) throws Exception;

  /**
   * A verification by its name.
   *
   * @param options of the verifier, as the user gave them
   * @throws UserError if there is none of that name or an option is wrong
   */
  static Verification of(String name, Map<String, String> options) {
    try {
      return switch (name) {
        case CarriedVerification.NAME -> new CarriedVerification();
        case RewardModelVerification.NAME ->
            new RewardModelVerification(RewardModelOptions.parse(options));
        default -> new RuleVerification(name, options);
      };
    } catch (IllegalArgumentException e) {
      throw UserError.usage("--verifier %s: %s", name, e.getMessage());
    }
  }
}
