package org.millrace.kernel.tokens;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each source of the training data is read, as GPT-3 (arXiv 2005.14165, table 2.2) and
 * PanGu-α do: of weight w and budget T a source gives w·T tokens, so its epochs are w·T ÷ the
 * tokens it has. Epochs of e are ⌊e⌋ copies of each document and one more of a sample of it.
 *
 * <p>Whether a document is in the sample follows from the seed and its id alone. {@link
 * #copies(long, String, double)} takes each with the same chance, so that the tokens of a source of
 * n documents of about one length deviate by some √n documents; where that is too much, {@link
 * TokenQuota} finds the cutoff by which they are exact.
 *
 * @param sources in the order of the configuration
 */
public record Mixture(List<Source> sources) {

  private static final long PURPOSE = 0x4D49585455524531L;
  private static final double TOLERANCE = 1e-9;

  /** A mixture whose sources can't be changed. */
  public Mixture {
    sources = List.copyOf(sources);
  }

  /**
   * A source and its part.
   *
   * @param name of the source
   * @param weight its share of the training tokens, 0 to 1
   * @param available tokens it has, ends of documents among them if they are to count
   * @param epochs how often it's read, at least 0
   */
  public record Source(String name, double weight, long available, double epochs) {

    /** Copies that each document has at least. */
    public int fullCopies() {
      return (int) Math.floor(epochs);
    }

    /** Tokens of the training data, rounded. */
    public long planned() {
      return Math.round(available * epochs);
    }

    /** Tokens that a sample has to have beside the full copies, rounded. */
    public long sampled() {
      return planned() - available * fullCopies();
    }
  }

  /**
   * The mixture of weights.
   *
   * @param weights by source, at least 0; their sum counts as 1, so that per cent will do
   * @param budget tokens of the training data, above 0
   * @param available tokens by source
   * @throws IllegalArgumentException if a source of some weight has no tokens
   */
  public static Mixture ofWeights(
      Map<String, Double> weights, long budget, Map<String, Long> available) {
    if (budget <= 0) {
      throw new IllegalArgumentException("the token budget is above 0, not " + budget);
    }
    double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    var sources = new ArrayList<Source>();
    weights.forEach(
        (name, weight) -> {
          check(name, "weight", weight);
          double share = weight / sum;
          long has = available(available, name, weight);
          sources.add(new Source(name, share, has, has == 0 ? 0 : share * budget / has));
        });
    return new Mixture(checked(sources));
  }

  /**
   * The mixture of epochs.
   *
   * @param epochs by source, at least 0
   * @param available tokens by source
   * @throws IllegalArgumentException if a source of some epochs has no tokens
   */
  public static Mixture ofEpochs(Map<String, Double> epochs, Map<String, Long> available) {
    var tokens = new LinkedHashMap<String, Double>();
    epochs.forEach(
        (name, epoch) -> {
          check(name, "epochs", epoch);
          tokens.put(name, epoch * available(available, name, epoch));
        });
    double sum = tokens.values().stream().mapToDouble(Double::doubleValue).sum();
    var sources = new ArrayList<Source>();
    tokens.forEach(
        (name, planned) ->
            sources.add(
                new Source(
                    name, planned / sum, available.getOrDefault(name, 0L), epochs.get(name))));
    return new Mixture(checked(sources));
  }

  /**
   * The source of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Source source(String name) {
    return sources.stream()
        .filter(source -> source.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no source \"%s\" in the mixture of %s"
                        .formatted(name, sources.stream().map(Source::name).toList())));
  }

  /**
   * Weights of tokens that were really taken.
   *
   * @param tokens by source
   * @return share of each source, 0 to 1; 0 if there are no tokens
   */
  public static Map<String, Double> realised(Map<String, Long> tokens) {
    double sum = tokens.values().stream().mapToDouble(Long::doubleValue).sum();
    var weights = new LinkedHashMap<String, Double>();
    tokens.forEach((name, count) -> weights.put(name, sum == 0 ? 0 : count / sum));
    return weights;
  }

  /**
   * How often a document is in the training data: the whole epochs, and one more with the chance of
   * the fraction.
   *
   * @param seed of the sample
   * @param id of the document
   * @param epochs of its source, at least 0
   */
  public static int copies(long seed, String id, double epochs) {
    double whole = Math.floor(epochs);
    return (int) whole + (sampleKey(seed, id) * 0x1p-63 < epochs - whole ? 1 : 0);
  }

  /**
   * How often a document is in the training data, by the cutoff of its source.
   *
   * @param sampleKey {@link #sampleKey} of the document
   * @param fullCopies of the source, at least 0
   * @param cutoff by {@link TokenQuota#cutoff}
   */
  public static int copies(long sampleKey, int fullCopies, long cutoff) {
    return fullCopies + (sampleKey < cutoff ? 1 : 0);
  }

  /**
   * A document's place in the order in which a sample is taken, spread evenly. It has nothing to do
   * with its place in {@link GlobalShuffle}, even if the seeds are the same.
   *
   * @param seed of the sample
   * @param id of the document
   * @return 0 to 2^63 - 2
   */
  public static long sampleKey(long seed, String id) {
    return Math.min(GlobalShuffle.hash(seed ^ PURPOSE, id) >>> 1, Long.MAX_VALUE - 1);
  }

  private static void check(String source, String what, double value) {
    if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "%s of source \"%s\" is %s; give a number of 0 or more".formatted(what, source, value));
    }
  }

  private static long available(Map<String, Long> available, String source, double part) {
    long tokens = available.getOrDefault(source, 0L);
    if (tokens < 0 || tokens == 0 && part > 0) {
      throw new IllegalArgumentException(
          "source \"%s\" has %d tokens; leave it out of the mixture or check its input"
              .formatted(source, tokens));
    }
    return tokens;
  }

  private static List<Source> checked(List<Source> sources) {
    double sum = sources.stream().mapToDouble(Source::weight).sum();
    if (!(Math.abs(sum - 1) < TOLERANCE)) {
      throw new IllegalArgumentException("no source of the mixture has a weight above 0");
    }
    for (var source : sources) {
      if (source.epochs() > Integer.MAX_VALUE - 1) {
        throw new IllegalArgumentException(
            "source \"%s\" of %d tokens would be read %s times; lower its weight or the budget"
                .formatted(source.name(), source.available(), source.epochs()));
      }
    }
    return sources;
  }
}
