package org.millrace.batch.corpus;

import java.util.ArrayList;
import java.util.List;
import org.millrace.command.UserError;
import org.millrace.kernel.model.ParetoRule;
import org.millrace.kernel.model.Trainer;
import org.millrace.kernel.model.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Drops documents by a model's judgement. */
@Command(
    name = "filter",
    description =
        "Scores documents by a classifier, trained here or loaded, and drops spam or low quality.")
final class FilterStep implements Step {

  /** What the score decides. */
  enum Rule {
    /** Drops a document whose probability of being bad reaches the limit. */
    SPAM,
    /** Keeps a document with a chance that falls with its score: GPT-3's Pareto rule. */
    QUALITY,
    /** Keeps all, and leaves the score beside them. */
    SCORE
  }

  @Option(
      names = "--rule",
      defaultValue = "spam",
      description =
          "spam drops by limit, quality by the Pareto rule, score drops nothing and only scores.")
  Rule rule;

  @Option(
      names = "--good",
      split = ",",
      description = "Texts to learn from as good: .jsonl or Parquet with a column text, or .txt.")
  List<String> good = new ArrayList<>();

  @Option(names = "--bad", split = ",", description = "The same, to learn from as bad.")
  List<String> bad = new ArrayList<>();

  @Option(
      names = "--model",
      description = "A model.bin that an earlier filter has trained, in place of good and bad.")
  String model;

  @Option(names = "--fasttext", description = "A fastText model (.bin or .ftz) in place of model.")
  String fastText;

  @Option(
      names = "--good-label",
      defaultValue = "__label__good",
      description = "The fastText model's label of good text.")
  String goodLabel;

  @Option(
      names = "--units",
      defaultValue = "characters",
      description = "What the classifier reads: characters for Chinese, words for English.")
  Units units;

  @Option(
      names = "--limit",
      defaultValue = "0.5",
      description = "Spam from this probability of being bad; 0 to 1.")
  double limit;

  @Option(
      names = "--alpha",
      defaultValue = "" + ParetoRule.ALPHA,
      description = "Shape of the Pareto rule, above 0; larger drops more.")
  double alpha;

  @Option(
      names = "--epochs",
      defaultValue = "" + Trainer.EPOCHS,
      description = "Readings of the examples in training.")
  int epochs;

  @Option(names = "--seed", defaultValue = "42", description = "Of the training and the draws.")
  long seed;

  @Override
  public void check() {
    boolean trains = !good.isEmpty() && !bad.isEmpty();
    int sources = (trains ? 1 : 0) + (model == null ? 0 : 1) + (fastText == null ? 0 : 1);
    if (sources != 1 || good.isEmpty() != bad.isEmpty()) {
      throw UserError.usage("filter: give good and bad, or model, or fasttext, one of the three");
    }
    if (!(limit >= 0 && limit <= 1) || !(alpha > 0) || epochs < 1) {
      throw UserError.usage("filter: limit is 0 to 1, alpha above 0, epochs 1 or more");
    }
  }

  @Override
  public List<Pass> passes() {
    return List.of(new FilterPass(this));
  }
}
