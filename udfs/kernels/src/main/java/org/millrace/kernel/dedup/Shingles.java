package org.millrace.kernel.dedup;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The shingles of a text: all runs of {@code size} characters (code points) or words of its {@link
 * NormalForm}, each as the {@link XxHash64} of its UTF-8. Characters are for Chinese, words for
 * English. Mixed documents take the unit of their corpus: were it chosen for each document by its
 * share of Chinese, two versions of one document could get different units and share nothing. A
 * text of fewer units than {@code size} has no shingles: only exact deduplication can judge it.
 *
 * <p>Immutable and thread-safe. Linear in the text; no allocation per shingle.
 */
public final class Shingles {

  /** What a shingle is a run of. */
  public enum Unit {
    /** Code points. */
    CHARACTERS,
    /** Words between single spaces. */
    WORDS;

    /**
     * A unit by its name.
     *
     * @param name {@code characters} or {@code words}, in any case
     */
    public static Unit of(String name) {
      for (var unit : values()) {
        if (unit.name().equalsIgnoreCase(name)) {
          return unit;
        }
      }
      throw new IllegalArgumentException(
          "a shingle's unit is characters or words, not '" + name + "'");
    }
  }

  /** Takes hashes as they are made. */
  @FunctionalInterface
  public interface Sink {

    /**
     * Takes a block of hashes.
     *
     * @param hashes buffer, reused for the next block
     * @param length how many of its first elements are hashes
     */
    void accept(long[] hashes, int length);
  }

  /** Characters or words of a shingle by default. */
  public static final int SIZE = 5;

  // Small enough for a core's first cache beside the signature.
  private static final int BLOCK = 1024;

  // Bytes of a character by the high half of its first byte: a table, as a branch on what script
  // comes next is often foreseen wrongly.
  private static final long LENGTHS = 0x4322_1111_1111_1111L;

  private final Unit unit;
  private final int size;

  private Shingles(Unit unit, int size) {
    this.unit = requireNonNull(unit, "unit is null");
    if (size < 1) {
      throw new IllegalArgumentException("a shingle needs 1 unit or more, not " + size);
    }
    this.size = size;
  }

  /**
   * Shingles of a unit and size.
   *
   * @param unit what they are runs of
   * @param size units of a shingle, from 1; {@link #SIZE} as a rule
   */
  public static Shingles of(Unit unit, int size) {
    return new Shingles(unit, size);
  }

  /** What a shingle is a run of. */
  public Unit unit() {
    return unit;
  }

  /** Units of a shingle. */
  public int size() {
    return size;
  }

  /**
   * The form of a text that is cut into shingles.
   *
   * @param text not null
   */
  public String normalForm(String text) {
    return unit == Unit.CHARACTERS ? NormalForm.characters(text) : NormalForm.words(text);
  }

  /**
   * Hashes of a text's shingles in the order of the text, repeated ones too.
   *
   * @param text not null
   */
  public long[] hashes(String text) {
    return hashesOfForm(normalForm(text).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The same of a text whose normal form is known.
   *
   * @param form {@link #normalForm} in UTF-8
   */
  public long[] hashesOfForm(byte[] form) {
    var all =
        new Object() {
          long[] hashes = new long[16];
          int length;
        };
    forEachBlockOfForm(
        form,
        (block, length) -> {
          if (all.length + length > all.hashes.length) {
            all.hashes = Arrays.copyOf(all.hashes, 2 * (all.length + length));
          }
          System.arraycopy(block, 0, all.hashes, all.length, length);
          all.length += length;
        });
    return Arrays.copyOf(all.hashes, all.length);
  }

  /**
   * Makes the hashes of a text's shingles in blocks, in the order of the text.
   *
   * @param text not null
   * @param sink takes each block; not called where there is no shingle
   */
  public void forEachBlock(String text, Sink sink) {
    forEachBlockOfForm(normalForm(text).getBytes(StandardCharsets.UTF_8), sink);
  }

  /**
   * Makes the hashes of the shingles of a text as it stands, such as one that is in normal form
   * already. Words are what single spaces set apart: two spaces have an empty word between them.
   *
   * @param utf8 the text in UTF-8
   * @param sink takes each block; not called where there is no shingle
   */
  public void forEachBlockOfForm(byte[] utf8, Sink sink) {
    int end = 0;
    for (int i = 0; i < size; i++) {
      if (end >= utf8.length) {
        return;
      }
      end = i == 0 ? endOfUnit(utf8, 0) : endOfUnit(utf8, startAfter(end));
    }
    var block = new long[Math.min(BLOCK, utf8.length)];
    int filled = 0;
    for (int start = 0; ; start = startAfter(endOfUnit(utf8, start))) {
      block[filled++] = XxHash64.hash(utf8, start, end, XxHash64.SEED);
      boolean last = end >= utf8.length;
      if (last || filled == block.length) {
        sink.accept(block, filled);
        filled = 0;
      }
      if (last) {
        return;
      }
      end = endOfUnit(utf8, startAfter(end));
    }
  }

  private int startAfter(int end) {
    return unit == Unit.CHARACTERS ? end : end + 1;
  }

  private int endOfUnit(byte[] utf8, int start) {
    if (unit == Unit.CHARACTERS) {
      return start + (int) (LENGTHS >>> ((utf8[start] & 0xF0) >>> 2) & 0xF);
    }
    int end = start;
    while (end < utf8.length && utf8[end] != ' ') {
      end++;
    }
    return end;
  }
}
