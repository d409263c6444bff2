package org.millrace.batch.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.batch.corpus.dedup.Prints;
import org.millrace.command.UserError;
import org.millrace.kernel.dedup.Bands;
import org.millrace.kernel.dedup.MinHash;
import org.millrace.kernel.dedup.Shingles;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Drops exact and near duplicates over the whole corpus. */
@Command(
    name = "dedup",
    description = "Drops copies: exact ones, then near ones by MinHash and exact Jaccard.")
final class DedupStep implements Step {

  /** Which of several copies stays. */
  enum Keep {
    /** The one with the longest normal form. */
    LONGEST,
    /** The one with the smallest id. */
    FIRST,
    /** The one with the best score; those without come last. */
    BEST_SCORE
  }

  /** The choices under the names that the help gives. */
  static final class KeepByName implements ITypeConverter<Keep> {
    @Override
    public Keep convert(String name) {
      for (var keep : Keep.values()) {
        if (keep.name().equalsIgnoreCase(name.replace('-', '_'))) {
          return keep;
        }
      }
      throw new TypeConversionException("'" + name + "' is not longest, first or best-score");
    }
  }

  @Option(
      names = "--unit",
      defaultValue = "characters",
      description = "What shingles are made of: characters for Chinese, words for English.")
  Shingles.Unit unit;

  @Option(
      names = "--size",
      defaultValue = "" + Shingles.SIZE,
      description = "Characters or words of a shingle.")
  int size;

  @Option(
      names = "--profile",
      defaultValue = "balanced",
      description =
          "Bands and rows of the candidates: balanced 20x6, recall 32x5, fineweb 14x8, text-dedup"
              + " 25x10, nemo 20x13, or BxR.")
  String profile;

  @Option(
      names = "--threshold",
      defaultValue = "0.7",
      description = "Exact Jaccard similarity from which documents are copies; above 0, up to 1.")
  double threshold;

  @Option(
      names = "--fuzzy",
      arity = "1",
      defaultValue = "true",
      description = "false: only exact copies.")
  boolean fuzzy;

  @Option(
      names = "--convert",
      arity = "1",
      defaultValue = "true",
      description = "Whether traditional Chinese is compared as simplified; by characters only.")
  boolean convert;

  @Option(
      names = "--keep",
      converter = KeepByName.class,
      defaultValue = "longest",
      description = "The copy that stays: longest, first (by doc_id) or best-score.")
  Keep keep;

  @Option(
      names = "--sources",
      split = ",",
      description = "Sources in order of preference, before keep; others come last.")
  List<String> sources = new ArrayList<>();

  @Option(
      names = "--against",
      split = ",",
      description =
          "Index folders of earlier runs: documents like an older one are dropped, older ones"
              + " never.")
  List<String> against = new ArrayList<>();

  @Option(
      names = "--index",
      arity = "1",
      defaultValue = "false",
      description = "true: leaves an index folder, for against of later runs.")
  boolean index;

  @Option(
      names = "--seed",
      defaultValue = "" + MinHash.SEED,
      description = "Seed of the MinHash permutations.")
  long seed;

  @Override
  public void check() {
    if (!(threshold > 0 && threshold <= 1)) {
      throw UserError.usage("dedup.threshold: above 0, up to 1, not %s", threshold);
    }
    if (size < 1) {
      throw UserError.usage("dedup.size: 1 or more, not %d", size);
    }
    bands();
  }

  private Bands bands() {
    try {
      var parts = profile.split("x");
      return parts.length == 2 && profile.matches("\\d{1,6}x\\d{1,6}")
          ? new Bands(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]))
          : Bands.profile(profile);
    } catch (IllegalArgumentException e) {
      throw UserError.usage("dedup.profile: %s", e.getMessage());
    }
  }

  @Override
  public List<Pass> passes() {
    var priorities = new LinkedHashMap<String, Integer>();
    sources.forEach(source -> priorities.put(source, priorities.size()));
    return List.of(
        new DedupPass(
            new Prints(
                unit, size, bands(), seed, fuzzy, convert && unit == Shingles.Unit.CHARACTERS),
            threshold,
            keep,
            Map.copyOf(priorities),
            List.copyOf(against),
            index));
  }
}
