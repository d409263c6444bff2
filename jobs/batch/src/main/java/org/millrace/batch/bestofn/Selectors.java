package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.transform;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.millrace.batch.bestofn.analysis.EqualCompute;
import org.millrace.batch.job.Labels;
import org.millrace.command.UserError;
import org.millrace.kernel.bestofn.Ties;

/**
 * The selectors by name: their curves and their choices as columns over {@link Prompts}.
 *
 * <p>Names: a plain name is the exact expectation over all k-subsets; {@code …/first-k} takes the
 * first k samples in file order, as peers report them, {@code …/ties-x} with a tie policy.
 */
final class Selectors {

  /** What {@code --selectors all} stands for. */
  static final List<String> ALL =
      List.of(
          "pass",
          "best-score",
          "majority",
          "weighted-majority",
          "borda",
          "shortest",
          "longest",
          "short-m");

  /** What has to be named: it is for scores that say how sure a model was. */
  static final String FILTERED = "filtered-majority";

  /** The score of a sample that only fills up. */
  private static final double LOWEST = Double.NEGATIVE_INFINITY;

  /** How a curve came about. */
  enum Method {
    EXACT,
    DRAWN,
    FIRST_K
  }

  /**
   * A curve of one selector.
   *
   * @param values array of a value for each k
   * @param errors array of the drawing's standard error for each k; null unless drawn
   */
  record Curve(String name, Method method, Column values, Column errors) {}

  /**
   * The choice of one selector among all samples.
   *
   * @param pick struct of position, tied, credit
   * @param scores packed numbers that the selector compared
   */
  record Choice(String name, Column pick, Column scores) {}

  private final Set<String> names;
  private final SelectOptions options;
  private final boolean truth;
  private final int padded;
  private final Column ks;

  private Selectors(Set<String> names, SelectOptions options, boolean truth, int largest) {
    this.names = names;
    this.options = options;
    this.truth = truth;
    this.padded = options.ragged() == SelectOptions.Ragged.PAD ? largest : 0;
    var literal = lit(options.ks().stream().mapToInt(Integer::intValue).toArray());
    this.ks =
        options.ragged() == SelectOptions.Ragged.CLIP
            ? transform(literal, k -> least(k, col("n")))
            : literal;
  }

  /**
   * @param given names as the user gave them; all stands for every one
   * @param truth whether verdicts are known
   * @param largest samples of the largest prompt
   */
  static Selectors of(List<String> given, SelectOptions options, boolean truth, int largest) {
    return new Selectors(parse(given), options, truth, largest);
  }

  static Set<String> parse(List<String> given) {
    var names = new LinkedHashSet<String>();
    for (var name : given) {
      if (name.equals("all")) {
        names.addAll(ALL);
      } else if (ALL.contains(name) || name.equals(FILTERED)) {
        names.add(name);
      } else {
        throw UserError.usage(
            "--selectors: no selector '%s'; there are all, %s, %s",
            name, String.join(", ", ALL), FILTERED);
      }
    }
    return names;
  }

  List<Curve> curves() {
    var curves = new ArrayList<Curve>();
    if (!truth) {
      return curves;
    }
    for (var name : names) {
      switch (name) {
        case "pass" -> {
          curves.add(exact(name, call_function("pass_at_ks", credits(), ks)));
          curves.add(firstK(name, "pass", null, credits()));
        }
        case "best-score" -> {
          curves.add(exact(name, bestOf(scores())));
          curves.add(firstK(name, "best-score", null, scores()));
          for (int votes : options.voteCounts()) {
            curves.add(
                exact(
                    EqualCompute.VERIFIED + votes,
                    bestOf(Prompts.padded(col("scores_v" + votes), padded, LOWEST))));
          }
        }
        case "shortest" -> curves.addAll(byLength(name, Prompts.negated(col("sizes"))));
        case "longest" -> curves.addAll(byLength(name, col("sizes")));
        case "majority" -> {
          curves.add(exact(name, call_function("majority_at_ks", answers(), credits(), ks)));
          for (var ties : Ties.values()) {
            // The mean of the tied answers is what sharing gives.
            if (ties != Ties.MEAN) {
              curves.add(firstK(name, name, ties, scores()));
            }
          }
        }
        case "weighted-majority", FILTERED, "borda" -> {
          curves.add(drawn(name));
          curves.add(firstK(name, name, options.ties(), scores()));
        }
        case "short-m" -> {
          for (int m : options.shortM()) {
            curves.add(firstK("short-" + m, "short-" + m, Ties.SHORTEST, scores()));
          }
        }
        default -> throw new IllegalStateException(name);
      }
    }
    return curves;
  }

  List<Choice> choices() {
    var choices = new ArrayList<Choice>();
    for (var name : names) {
      switch (name) {
        case "pass" -> {
          // The ceiling chooses nothing: it is what a perfect selector would reach.
        }
        case "short-m" -> options.shortM().forEach(m -> choices.add(choice("short-" + m)));
        default -> choices.add(choice(name));
      }
    }
    return choices;
  }

  private Choice choice(String name) {
    var scores =
        switch (name) {
          case "shortest" -> Prompts.negated(col("sizes"));
          case "longest" -> col("sizes");
          default -> col("scores");
        };
    var pick =
        call_function(
            "select_sample",
            lit(rule(name)),
            lit(Labels.of(name.matches("short-[0-9]+") ? Ties.SHORTEST : options.ties())),
            ofVote(name, col("answers")),
            scores,
            ofVote(name, col("sizes")),
            col("credits"));
    return new Choice(name, pick, scores);
  }

  private List<Curve> byLength(String name, Column lengths) {
    var keys = Prompts.padded(lengths, padded, LOWEST);
    return List.of(exact(name, bestOf(keys)), firstK(name, "best-score", null, keys));
  }

  private Curve firstK(String name, String rule, Ties ties, Column scores) {
    var values =
        call_function(
            "first_k",
            lit(rule(rule)),
            lit(Labels.of(ties == null ? Ties.FIRST : ties)),
            ofVote(rule, answers()),
            scores,
            ofVote(rule, sizes()),
            credits(),
            ks);
    var full = name + "/first-k" + (ties == null ? "" : "/ties-" + Labels.of(ties));
    return new Curve(full, Method.FIRST_K, values, null);
  }

  /** What only voting looks at; unpacking it for the other rules would be in vain. */
  private static Column ofVote(String rule, Column packed) {
    return switch (rule) {
      case "pass", "best-score", "shortest", "longest" -> lit(null).cast("binary");
      default -> packed;
    };
  }

  /** The rule with the parameter that it takes, as the SQL functions want it. */
  private String rule(String name) {
    return switch (name) {
      case "weighted-majority" -> name + ":" + Labels.of(options.normalization());
      case FILTERED -> name + ":" + options.topShare();
      case "borda" -> name + ":" + options.bordaPower();
      default -> name;
    };
  }

  private static Curve exact(String name, Column values) {
    return new Curve(name, Method.EXACT, values, null);
  }

  private Curve drawn(String name) {
    var estimate =
        call_function(
            "vote_at_ks",
            lit(rule(name)),
            answers(),
            scores(),
            sizes(),
            credits(),
            ks,
            col("prompt_id"));
    return new Curve(name, Method.DRAWN, estimate.getField("values"), estimate.getField("errors"));
  }

  private Column bestOf(Column keys) {
    return call_function("best_of_ks", keys, credits(), ks);
  }

  private Column sizes() {
    return Prompts.padded(col("sizes"), padded, Double.POSITIVE_INFINITY);
  }

  private Column credits() {
    return Prompts.padded(col("credits"), padded, 0);
  }

  private Column scores() {
    return Prompts.padded(col("scores"), padded, LOWEST);
  }

  private Column answers() {
    return Prompts.padded(col("answers"), padded);
  }
}
