package org.millrace.batch.bestofn;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.millrace.batch.inference.model.ModelSpec;
import org.millrace.kernel.bestofn.MissingRating;

/**
 * What {@code --verifier critique} is told.
 *
 * @param critiques of a prompt, each of all its answers; at least 1
 * @param template what the judge reads
 * @param missing what a rating that lacks does
 * @param meta who scores the critiques
 * @param kMeta how many of them count, those that score best; all where nobody scores them
 * @param metaTemplate what reads who scores them, where that is the engine
 * @param metaModel where the model is that scores them, where one does
 * @param metaMaxTokens longest text that it reads; the end of a longer one is cut
 */
record CritiqueOptions(
    int critiques,
    JudgeTemplate template,
    MissingRating missing,
    Meta meta,
    int kMeta,
    JudgeTemplate metaTemplate,
    String metaModel,
    int metaMaxTokens) {

  /** Who scores critiques. */
  enum Meta {
    NONE,
    ENGINE,
    MODEL
  }

  /** Options that change none of what is bought, but for how much. */
  static final List<String> READING =
      List.of("critiques", "missing", "meta", "k-meta", "meta-model", "meta-max-tokens");

  static final int DEFAULT_CRITIQUES = 8;

  private static final Set<String> KNOWN =
      Set.of(
          "critiques",
          "template",
          "missing",
          "meta",
          "k-meta",
          "meta-template",
          "meta-model",
          "meta-max-tokens");

  private static final int LONGEST = 2048;

  private static final String TEMPLATE =
      """
      You compare responses to a problem.

      Problem:
      {prompt}

      {responses}

      Say first what a good response to this problem must have. Then go through the responses one by \
      one: what holds in each, and what is wrong. Last, rate every response from 1 (worst) to 10 \
      (best), in the order above. End with one line of this form, with a rating for each response:
      Scores: 5, 5\
      """;

  private static final String META_TEMPLATE =
      """
      You check the work of a reviewer. The reviewer was asked this:

      {request}

      The reviewer wrote:

      {critique}

      Are the reviewer's statements true, and do the scores follow from them? Give your reasons, then \
      end with one line that rates the review from 1 (useless) to 10 (without fault), of this form:
      Score: 5\
      """;

  /**
   * Reads options.
   *
   * @throws IllegalArgumentException if one is unknown, wrong, or goes with another
   */
  static CritiqueOptions parse(Map<String, String> given) {
    var options = new VerifierOptions(CritiqueVerification.NAME, given).only(KNOWN);
    int critiques = options.number("critiques", DEFAULT_CRITIQUES);
    var meta =
        switch (options.oneOf("meta", "none", "engine", "model")) {
          case "engine" -> Meta.ENGINE;
          case "model" -> Meta.MODEL;
          default -> Meta.NONE;
        };
    goesWith(options, "k-meta", "meta=engine or meta=model", meta != Meta.NONE);
    goesWith(options, "meta-template", "meta=engine", meta == Meta.ENGINE);
    goesWith(options, "meta-model", "meta=model", meta == Meta.MODEL);
    goesWith(options, "meta-max-tokens", "meta=model", meta == Meta.MODEL);
    if (meta == Meta.MODEL && !options.has("meta-model")) {
      throw new IllegalArgumentException(
          "meta=model needs the option meta-model: a folder with an .onnx file and tokenizer.json");
    }
    return new CritiqueOptions(
        critiques,
        JudgeTemplate.of(
            options.text("template", TEMPLATE), List.of("responses"), List.of("prompt")),
        options.oneOf("missing", "drop", "mean").equals("mean")
            ? MissingRating.MEAN
            : MissingRating.DROP_CRITIQUE,
        meta,
        options.number("k-meta", meta == Meta.NONE ? critiques : Math.max(1, critiques / 2)),
        JudgeTemplate.of(
            options.text("meta-template", META_TEMPLATE), List.of("critique"), List.of("request")),
        options.text("meta-model", null),
        options.number("meta-max-tokens", LONGEST));
  }

  private static void goesWith(VerifierOptions options, String name, String other, boolean holds) {
    if (options.has(name) && !holds) {
      throw new IllegalArgumentException(name + " goes with " + other);
    }
  }

  int metaBatchTokens() {
    return Math.max(metaMaxTokens, ModelSpec.DEFAULT_BATCH_TOKENS);
  }
}
