package org.millrace.kernel.model;

import static java.util.Objects.requireNonNull;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Counts of the n-grams of texts, n from 1 to an order, from which an {@link NGramModel} follows.
 * They can be made by parts and merged in any order and grouping with the same result, also where
 * the bound is met: a table of n-grams that would exceed it keeps only the contexts whose hash has
 * enough leading zeros, and all counts of these. The same contexts stay whatever part met them
 * first; texts in the others are judged by shorter contexts.
 *
 * <p>A symbol is a code point, or one of 2^20 classes that words are hashed to; each text ends with
 * a symbol of its own. For one thread.
 */
public final class NGramCounts {

  /** Longest n-gram possible. */
  public static final int MOST_ORDER = 5;

  /** Different n-grams of each n that are kept, by default: 24 to 48 MB for each n. */
  public static final int BOUND = 1 << 20;

  /** The symbol after a text; no code point and no class of words. */
  static final int END = 1 << 21;

  /** What stands before a text, in contexts only. */
  static final int BEFORE = END + 1;

  private static final int MAGIC = 0x4D4C4E47; // MLNG
  private static final int VERSION = 1;
  private static final int CLASS_BITS = 20;
  private static final long EMPTY_CONTEXT = 0x9E3779B97F4A7C15L;
  private static final long STEP = 0xD6E8FEB86659FD93L;

  private final Units units;
  private final int bound;
  private final NGramTable[] tables;

  private NGramCounts(Units units, int order, int bound) {
    this.units = requireNonNull(units, "units is null");
    if (order < 1 || order > MOST_ORDER || bound < 1 || bound > 1 << 26) {
      throw new IllegalArgumentException(
          "an order is 1 to %d and a bound 1 to 2^26, not %d and %d"
              .formatted(MOST_ORDER, order, bound));
    }
    this.bound = bound;
    tables = new NGramTable[order];
    // All single symbols stay: they are bounded by themselves.
    Arrays.setAll(tables, n -> new NGramTable(n == 0 ? Integer.MAX_VALUE : bound));
  }

  /**
   * No counts.
   *
   * @param units what texts are read by
   * @param order longest n-gram, 1 to {@link #MOST_ORDER}
   * @param bound different n-grams of each n, from 2 on, that are kept, 1 to 2^26
   */
  public static NGramCounts empty(Units units, int order, int bound) {
    return new NGramCounts(units, order, bound);
  }

  /** Counts a text's n-grams. Linear in the text. */
  public void add(String text) {
    forEach(
        requireNonNull(text, "text is null"),
        units,
        tables.length,
        (contexts, symbol) -> {
          for (int n = 0; n < tables.length; n++) {
            tables[n].add(contexts[n], symbol, 1);
          }
        });
  }

  /**
   * Adds the counts of others, which stay as they are.
   *
   * @throws IllegalArgumentException if units, order or bound differ
   */
  public void merge(NGramCounts others) {
    if (units != others.units || tables.length != others.tables.length || bound != others.bound) {
      throw new IllegalArgumentException("counts to merge differ in units, order or bound");
    }
    for (int n = 0; n < tables.length; n++) {
      tables[n].merge(others.tables[n]);
    }
  }

  /** What texts are read by. */
  public Units units() {
    return units;
  }

  /** Longest n-gram. */
  public int order() {
    return tables.length;
  }

  /** Different n-grams of a length, 1 to {@link #order}. */
  public int size(int n) {
    return tables[n - 1].size();
  }

  NGramTable table(int n) {
    return tables[n - 1];
  }

  /**
   * Writes the counts: big-endian, magic, version 1, units (0 characters, 1 words), order, bound,
   * then by n the level of the contexts kept, the number of n-grams and these by context and
   * symbol. Equal counts give equal bytes. The stream stays open.
   */
  public void write(OutputStream out) throws IOException {
    var data = new DataOutputStream(out);
    data.writeInt(MAGIC);
    data.writeInt(VERSION);
    data.writeByte(units.ordinal());
    data.writeByte(tables.length);
    data.writeInt(bound);
    for (var table : tables) {
      table.write(data);
    }
    data.flush();
  }

  /**
   * Reads what {@link #write} wrote. The stream stays open, after the counts.
   *
   * @throws IOException if it is something else, damaged or cut off
   */
  public static NGramCounts read(InputStream in) throws IOException {
    var data = new DataInputStream(requireNonNull(in, "in is null"));
    require(data.readInt() == MAGIC, "it doesn't begin as them");
    int version = data.readInt();
    require(version == VERSION, "their version is " + version + ", not " + VERSION);
    int kind = data.readUnsignedByte();
    int order = data.readUnsignedByte();
    int bound = data.readInt();
    require(
        kind < Units.values().length
            && order >= 1
            && order <= MOST_ORDER
            && bound >= 1
            && bound <= 1 << 26,
        "their shape is damaged");
    var counts = new NGramCounts(Units.values()[kind], order, bound);
    for (var table : counts.tables) {
      table.read(data);
    }
    return counts;
  }

  static void require(boolean right, String otherwise) throws IOException {
    if (!right) {
      throw new IOException("no n-gram counts: " + otherwise + "; count the texts again");
    }
  }

  /** Takes each symbol of a text with the hashes of the contexts before it, by length. */
  @FunctionalInterface
  interface Sink {
    void accept(long[] contexts, int symbol);
  }

  /** Reads a text, its end too. */
  static void forEach(String text, Units units, int order, Sink sink) {
    var reader = new UnitReader(text, units);
    var history = new int[order];
    Arrays.fill(history, BEFORE);
    var contexts = new long[order];
    int symbol;
    do {
      symbol = !reader.next() ? END : symbol(reader.unit(), units);
      hash(history, contexts);
      sink.accept(contexts, symbol);
      System.arraycopy(history, 0, history, 1, order - 1);
      history[0] = symbol;
    } while (symbol != END);
  }

  private static int symbol(long unit, Units units) {
    return units == Units.CHARACTERS ? (int) unit : (int) (Mix.of(unit) >>> 64 - CLASS_BITS);
  }

  /**
   * Hashes of the contexts of a history.
   *
   * @param history the last symbol first
   * @param contexts to be filled, by the length of the context
   */
  static void hash(int[] history, long[] contexts) {
    contexts[0] = EMPTY_CONTEXT;
    for (int n = 1; n < contexts.length; n++) {
      contexts[n] = Mix.of(contexts[n - 1] * STEP + history[n - 1] + 1);
    }
  }
}
