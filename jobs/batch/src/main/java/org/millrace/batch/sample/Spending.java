package org.millrace.batch.sample;

import java.util.List;
import org.millrace.batch.sample.engine.Ceiling;
import org.millrace.batch.sample.engine.Price;
import org.millrace.command.UserError;
import picocli.CommandLine.Option;

/** The options about what sampling may cost. */
final class Spending {

  /** Their names: none of them changes an answer. */
  static final List<String> NAMES =
      List.of(
          "dry-run",
          "budget-tokens",
          "budget-calls",
          "budget-money",
          "price-prompt",
          "price-completion");

  @Option(
      names = "--dry-run",
      description = "Says what the answers that lack would take and cost, and asks for none.")
  boolean dryRun;

  @Option(
      names = "--budget-tokens",
      paramLabel = "N",
      description = "Most tokens to spend, read and written, earlier runs of the folder included.")
  Double tokens;

  @Option(
      names = "--budget-calls",
      paramLabel = "N",
      description = "Most calls to the engine in this run, repeated ones too.")
  Double calls;

  @Option(
      names = "--budget-money",
      paramLabel = "X",
      description = "Most money to spend, by the prices, earlier runs of the folder included.")
  Double money;

  @Option(
      names = "--price-prompt",
      defaultValue = "0",
      paramLabel = "X",
      description = "Money for a million tokens read. Default: ${DEFAULT-VALUE}.")
  double pricePrompt;

  @Option(
      names = "--price-completion",
      defaultValue = "0",
      paramLabel = "X",
      description = "Money for a million tokens written. Default: ${DEFAULT-VALUE}.")
  double priceCompletion;

  void check() {
    if (!(pricePrompt >= 0 && priceCompletion >= 0)) {
      throw UserError.usage("--price-prompt and --price-completion are at least 0");
    }
    for (var most : new Double[] {tokens, calls, money}) {
      if (most != null && !(most >= 0)) {
        throw UserError.usage("a budget is at least 0");
      }
    }
    if (money != null && price().equals(new Price(0, 0))) {
      throw UserError.usage("--budget-money goes with --price-prompt and --price-completion");
    }
  }

  Price price() {
    return new Price(pricePrompt, priceCompletion);
  }

  Ceiling ceiling() {
    return new Ceiling(orNone(tokens), orNone(calls), orNone(money));
  }

  private static double orNone(Double most) {
    return most == null ? Double.POSITIVE_INFINITY : most;
  }
}
