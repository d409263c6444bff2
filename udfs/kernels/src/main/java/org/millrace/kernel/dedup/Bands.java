package org.millrace.kernel.dedup;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How a signature is cut for locality-sensitive hashing: into bands of some rows each. Two
 * documents are candidates where they share the key of a band.
 *
 * @param bands from 1
 * @param rows values of the signature in a band, from 1
 */
public record Bands(int bands, int rows) implements Serializable {

  /** The default: finds 92 % of pairs of similarity .7, 99.8 % at .8. */
  public static final Bands BALANCED = new Bands(20, 6);

  /** Finds 99.7 % at .7, for nearly twice the candidates. */
  public static final Bands RECALL = new Bands(32, 5);

  /** FineWeb's and datatrove's, made for shingles of 5 words. */
  public static final Bands FINEWEB = new Bands(14, 8);

  /** What text-dedup chooses by itself, made for shingles of 5 words. */
  public static final Bands TEXT_DEDUP = new Bands(25, 10);

  /** NeMo Curator's, made for shingles of 24 characters. */
  public static final Bands NEMO = new Bands(20, 13);

  private static final Map<String, Bands> PROFILES = profilesByName();

  public Bands {
    if (bands < 1 || rows < 1 || (long) bands * rows > MinHash.MOST) {
      throw new IllegalArgumentException(
          "bands and rows start at 1 and give %d values at most, not %d x %d"
              .formatted(MinHash.MOST, bands, rows));
    }
  }

  /** The named profiles, the default first. */
  public static Map<String, Bands> profiles() {
    return PROFILES;
  }

  /**
   * A named profile.
   *
   * @param name {@code balanced}, {@code recall}, {@code fineweb}, {@code text-dedup} or {@code
   *     nemo}, in any case
   */
  public static Bands profile(String name) {
    var bands = PROFILES.get(name.toLowerCase(Locale.ROOT));
    if (bands == null) {
      throw new IllegalArgumentException(
          "no profile '%s'; there are %s".formatted(name, String.join(", ", PROFILES.keySet())));
    }
    return bands;
  }

  /** Values that a signature needs. */
  public int permutations() {
    return bands * rows;
  }

  /**
   * Keys of a signature: of each band {@code xxhash64(band, value, value, …)} as Spark has it, so
   * that equal keys mean equal values of the same band.
   *
   * @param signature {@link #permutations} values or more, those beyond not used; or empty
   * @return a key for each band; empty where the signature is
   */
  public long[] keys(int[] signature) {
    if (signature.length == 0) {
      return new long[0];
    }
    if (signature.length < permutations()) {
      throw new IllegalArgumentException(
          "%d bands of %d rows need a signature of %d values or more, not %d"
              .formatted(bands, rows, permutations(), signature.length));
    }
    var keys = new long[bands];
    Arrays.setAll(keys, band -> key(signature, band));
    return keys;
  }

  private long key(int[] signature, int band) {
    long key = XxHash64.hash(band, XxHash64.SEED);
    for (int i = band * rows; i < (band + 1) * rows; i++) {
      key = XxHash64.hash(signature[i], key);
    }
    return key;
  }

  /**
   * Chance that two sets are candidates: {@code 1 - (1 - s^rows)^bands}.
   *
   * @param similarity s, the Jaccard similarity of the sets, 0 to 1
   * @return 0 to 1
   */
  public double probability(double similarity) {
    if (!(similarity >= 0 && similarity <= 1)) {
      throw new IllegalArgumentException("a similarity is 0 to 1, not " + similarity);
    }
    // Exact where the chance is tiny, unlike the formula as it is written.
    return -Math.expm1(bands * Math.log1p(-Math.pow(similarity, rows)));
  }

  private static Map<String, Bands> profilesByName() {
    var profiles = new LinkedHashMap<String, Bands>();
    profiles.put("balanced", BALANCED);
    profiles.put("recall", RECALL);
    profiles.put("fineweb", FINEWEB);
    profiles.put("text-dedup", TEXT_DEDUP);
    profiles.put("nemo", NEMO);
    return Collections.unmodifiableMap(profiles);
  }
}
