package org.millrace.bench;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.millrace.kernel.dedup.Bands;
import org.millrace.kernel.dedup.Jaccard;
import org.millrace.kernel.dedup.MinHash;
import org.millrace.kernel.dedup.Shingles;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Documents a second of fuzzy deduplication's kernels on made-up Chinese text, 5-character
 * shingles; the counter {@code bytes} is the UTF-8 read a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MinHashBench {

  private static final String PUNCTUATION = "，。、；！";

  /** Characters of the document. */
  @Param({"200", "2000", "200000"})
  public int characters;

  private final Shingles shingles = Shingles.of(Shingles.Unit.CHARACTERS, Shingles.SIZE);
  private final MinHash minHash = MinHash.of(Bands.BALANCED.permutations());
  private String text;
  private long[] hashes;
  private long[] set;
  private long[] other;
  private long utf8;

  /** Bytes read. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Volume {
    /** UTF-8 bytes of the documents so far. */
    public long bytes;
  }

  /** Makes a document of 88 % Chinese, 9 % punctuation, 3 % Latin letters, and one half like it. */
  @Setup
  public void makeDocument() {
    text = document(new SplittableRandom(characters));
    hashes = shingles.hashes(text);
    set = Jaccard.set(hashes);
    other =
        Jaccard.set(
            shingles.hashes(
                text.substring(0, characters / 2)
                    + document(new SplittableRandom(1)).substring(0, characters / 2)));
    utf8 = text.getBytes(StandardCharsets.UTF_8).length;
  }

  private String document(SplittableRandom random) {
    var document = new StringBuilder();
    for (int i = 0; i < characters; i++) {
      int kind = random.nextInt(100);
      document.append(
          (char)
              (kind < 3
                  ? 'a' + random.nextInt(26)
                  : kind < 12
                      ? PUNCTUATION.charAt(random.nextInt(PUNCTUATION.length()))
                      : 0x4E00 + random.nextInt(3000)));
    }
    return document.toString();
  }

  /** Normal form alone. */
  @Benchmark
  public String normalForm(Volume volume) {
    volume.bytes += utf8;
    return shingles.normalForm(text);
  }

  /** Text to hashes of shingles. */
  @Benchmark
  public long[] hashes(Volume volume) {
    volume.bytes += utf8;
    return shingles.hashes(text);
  }

  /** Hashes to a signature of 120 values: the signature kernel. */
  @Benchmark
  public int[] signature(Volume volume) {
    volume.bytes += utf8;
    return minHash.signature(hashes);
  }

  /** Text to the keys of 20 bands: all that a document costs before the shuffle. */
  @Benchmark
  public long[] textToKeys(Volume volume) {
    volume.bytes += utf8;
    return Bands.BALANCED.keys(minHash.signature(shingles, text));
  }

  /** Exact similarity of two sets. */
  @Benchmark
  public double jaccard(Volume volume) {
    volume.bytes += utf8;
    return Jaccard.of(set, other);
  }
}
