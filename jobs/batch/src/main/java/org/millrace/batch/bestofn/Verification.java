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

  /** Whether it asks an engine, and so can tell what that will take, and go on where it was. */
  default boolean asks() {
    return false;
  }

  /** Tells what asking the engine would take; asks for nothing. */
  default void estimate(Run run, Samples samples) throws Exception {
    throw new UnsupportedOperationException("nothing to estimate");
  }

  /** Ends the run when the scores are written; throws where some answers could not be judged. */
  default void end() throws Exception {}

  /**
   * A verification by its name.
   *
   * @param options of the verifier, as the user gave them
   * @param judge the engine, for those that ask one
   * @throws UserError if there is none of that name or an option is wrong
   */
  static Verification of(String name, Map<String, String> options, Judge judge) {
    try {
      return switch (name) {
        case CarriedVerification.NAME -> new CarriedVerification();
        case ConfidenceVerification.NAME ->
            new ConfidenceVerification(ConfidenceOptions.parse(options));
        case CritiqueVerification.NAME ->
            new CritiqueVerification(CritiqueOptions.parse(options), judge.checked());
        case GenerativeVerification.NAME ->
            new GenerativeVerification(GenerativeOptions.parse(options), judge.checked());
        case RewardModelVerification.NAME ->
            new RewardModelVerification(RewardModelOptions.parse(options));
        default -> new RuleVerification(name, options);
      };
    } catch (IllegalArgumentException e) {
      throw UserError.usage("--verifier %s: %s", name, e.getMessage());
    }
  }
}
