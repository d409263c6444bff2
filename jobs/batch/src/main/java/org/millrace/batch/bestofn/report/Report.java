package org.millrace.batch.bestofn.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a best-of-N report page says: measured numbers only, no layout. Every list may be empty and
 * a null list counts as empty; {@link ReportPage} leaves out what has no data. Numbers that are not
 * finite mean "not known": a dash in tables, null in the page's JSON.
 *
 * @param title heading of the page, never null
 * @param subtitle what was measured, usually the input path; null counts as empty
 * @param facts headline numbers in reading order (prompts, samples, quarantined, excluded)
 * @param curves accuracy by k, one curve per selector; empty when the input carries no truth
 * @param difficulty accuracy per difficulty bin, easiest or hardest first as the caller likes
 * @param disagreements prompts on which a selector and the truth differ most, worst first
 * @param compute compute-matched comparison of strategies; empty when none was asked for
 * @param tokens token and cost accounting in reading order
 * @param manifest the run's manifest as indented JSON, shown as it is; null counts as empty
 * @param notes warnings that a reader of the numbers has to know, a sentence each
 * @param analysis laws, budgets and latency; null counts as none
 */
public record Report(
    String title,
    String subtitle,
    List<Fact> facts,
    List<Curve> curves,
    List<Bin> difficulty,
    List<Disagreement> disagreements,
    List<ComputePoint> compute,
    List<Fact> tokens,
    String manifest,
    List<String> notes,
    Analysis analysis) {

  /** Copies the lists, so that a report never changes. */
  public Report {
    requireNonNull(title, "title is null");
    subtitle = orEmpty(subtitle);
    facts = copy(facts);
    curves = copy(curves);
    difficulty = copy(difficulty);
    disagreements = copy(disagreements);
    compute = copy(compute);
    tokens = copy(tokens);
    manifest = orEmpty(manifest);
    notes = copy(notes);
    analysis = analysis == null ? Analysis.NONE : analysis;
  }

  /** A report without analysis. */
  public Report(
      String title,
      String subtitle,
      List<Fact> facts,
      List<Curve> curves,
      List<Bin> difficulty,
      List<Disagreement> disagreements,
      List<ComputePoint> compute,
      List<Fact> tokens,
      String manifest,
      List<String> notes) {
    this(
        title,
        subtitle,
        facts,
        curves,
        difficulty,
        disagreements,
        compute,
        tokens,
        manifest,
        notes,
        null);
  }

  /**
   * A number with its name, already formatted for reading.
   *
   * @param label what it is, such as {@code prompts}
   * @param value its text, such as {@code 3,708}
   */
  public record Fact(String label, String value) {
    /** Refuses nulls. */
    public Fact {
      requireNonNull(label, "label is null");
      requireNonNull(value, "value is null");
    }
  }

  /**
   * The accuracy of one selector by number of samples.
   *
   * @param selector the selector's name, such as {@code majority}; variants follow a slash, as in
   *     {@code majority/first-k/ties-first}, and share the colour of their base name
   * @param family how the curve was made: {@link #EXACT}, {@link #FILE_ORDER} or another word for
   *     the reader, such as {@code sampled}
   * @param points by k, in any order
   */
  public record Curve(String selector, String family, List<Point> points) {
    /** The selector that always finds a right sample if there is one: the ceiling of the others. */
    public static final String CEILING = "pass";

    /** Family of the curves that are expectations over all k-subsets of a prompt's samples. */
    public static final String EXACT = "exact";

    /** Family of the curves that look at the first k samples in file order only. */
    public static final String FILE_ORDER = "file-order";

    /** Copies the points in ascending k. */
    public Curve {
      requireNonNull(selector, "selector is null");
      family = orEmpty(family);
      points = points.stream().sorted((a, b) -> Integer.compare(a.k, b.k)).toList();
    }

    /** Whether this is the exact pass@k curve, which no selector can exceed. */
    @JsonProperty("ceiling")
    public boolean ceiling() {
      return selector.equals(CEILING) && !fileOrder();
    }

    /**
     * Whether the curve depends on file order: its family is {@link #FILE_ORDER} or its name has
     * the part {@code first-k}. The page hides these until asked.
     */
    @JsonProperty("fileOrder")
    public boolean fileOrder() {
      return family.equals(FILE_ORDER) || List.of(selector.split("/")).contains("first-k");
    }

    /** The name up to the first slash, which names the rule and decides the colour. */
    @JsonProperty("base")
    public String base() {
      int slash = selector.indexOf('/');
      return slash < 0 ? selector : selector.substring(0, slash);
    }
  }

  /**
   * One point of a curve.
   *
   * @param k samples per prompt that the selector chose from, at least 1
   * @param value mean over prompts of the credit of the chosen answer, 0..1
   * @param stderr standard error of {@code value} over prompts, NaN when not known
   * @param prompts prompts that the mean runs over
   */
  public record Point(int k, double value, double stderr, long prompts) {
    /** Refuses k below 1, which has no place on a log axis. */
    public Point {
      if (k < 1) {
        throw new IllegalArgumentException("k is " + k + ": a curve starts at k = 1");
      }
    }
  }

  /**
   * Accuracy of the selectors on the prompts of one difficulty.
   *
   * @param name the bin's name, such as {@code easy} or {@code 1 of 5}
   * @param prompts prompts in the bin
   * @param accuracyBySelector mean credit, 0..1, by selector, in the order to show; a null value
   *     counts as not known
   */
  public record Bin(String name, long prompts, Map<String, Double> accuracyBySelector) {
    /** Copies the map in its order. */
    public Bin {
      requireNonNull(name, "name is null");
      accuracyBySelector = Collections.unmodifiableMap(new LinkedHashMap<>(accuracyBySelector));
    }
  }

  /**
   * A prompt on which a selector chose another answer than the truth.
   *
   * @param promptId the prompt's key
   * @param promptText the beginning of the prompt; may be null
   * @param passRate share of the prompt's samples that are right, 0..1
   * @param selector the selector that chose
   * @param chosenAnswer what it chose; null when it chose no answer
   * @param target the right answer; may be null
   * @param credit credit of the chosen answer, 0..1
   * @param gap what a perfect selector would have had more, 0..1
   */
  public record Disagreement(
      String promptId,
      String promptText,
      double passRate,
      String selector,
      String chosenAnswer,
      String target,
      double credit,
      double gap) {
    /** Null texts become empty ones. */
    public Disagreement {
      requireNonNull(promptId, "promptId is null");
      requireNonNull(selector, "selector is null");
      promptText = orEmpty(promptText);
      chosenAnswer = orEmpty(chosenAnswer);
      target = orEmpty(target);
    }
  }

  /**
   * One way to spend compute on a prompt.
   *
   * @param strategy the strategy's name, such as {@code self-consistency}
   * @param s answers sampled per prompt
   * @param v verifications per answer, 0 for none
   * @param cost compute per prompt, in generated answers: C(S,V) = S (1 + lambda V), above 0
   * @param value accuracy at that cost, 0..1
   */
  public record ComputePoint(String strategy, double s, double v, double cost, double value) {
    /** Refuses a null strategy. */
    public ComputePoint {
      requireNonNull(strategy, "strategy is null");
    }
  }

  private static <T> List<T> copy(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
