package org.millrace.kernel.model;

import static org.millrace.kernel.model.NGramCounts.require;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Counts by (context, symbol) in one open-addressed table, of a sample of contexts if need be. */
final class NGramTable {

  private static final int FIRST_CAPACITY = 1 << 6;
  private static final int MOST_LEVEL = Long.SIZE;

  private final int bound;
  private long[] contexts = new long[FIRST_CAPACITY];
  private int[] symbols = new int[FIRST_CAPACITY];

  /** 0 where the place is empty. */
  private long[] counts = new long[FIRST_CAPACITY];

  private int size;

  /** Leading zeros that the hash of a context must have to be kept: as few as the bound allows. */
  private int level;

  NGramTable(int bound) {
    this.bound = bound;
  }

  int size() {
    return size;
  }

  /** Takes every entry, in no order. */
  void forEach(Entry each) {
    for (int slot = 0; slot < counts.length; slot++) {
      if (counts[slot] != 0) {
        each.accept(contexts[slot], symbols[slot], counts[slot]);
      }
    }
  }

  @FunctionalInterface
  interface Entry {
    void accept(long context, int symbol, long count);
  }

  void add(long context, int symbol, long count) {
    if (level(context) < level) {
      return;
    }
    int slot = slot(context, symbol);
    if (counts[slot] == 0) {
      contexts[slot] = context;
      symbols[slot] = symbol;
      size++;
    }
    counts[slot] += count;
    while (size > bound && level <= MOST_LEVEL) {
      level++;
      rebuild(counts.length);
    }
    if (2 * size > counts.length) {
      rebuild(2 * counts.length);
    }
  }

  void merge(NGramTable other) {
    if (other.level > level) {
      level = other.level;
      rebuild(counts.length);
    }
    if (other == this) {
      for (int slot = 0; slot < counts.length; slot++) {
        counts[slot] *= 2;
      }
    } else {
      other.forEach(this::add);
    }
  }

  /** Leading zeros of a hash that says nothing of the place in the table. */
  private static int level(long context) {
    return Long.numberOfLeadingZeros(Mix.of(context ^ 0x5851F42D4C957F2DL));
  }

  private int slot(long context, int symbol) {
    int mask = counts.length - 1;
    int slot = (int) (Mix.of(context + symbol * 0x9E3779B97F4A7C15L)) & mask;
    while (counts[slot] != 0 && (contexts[slot] != context || symbols[slot] != symbol)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void rebuild(int capacity) {
    var oldContexts = contexts;
    var oldSymbols = symbols;
    var oldCounts = counts;
    contexts = new long[capacity];
    symbols = new int[capacity];
    counts = new long[capacity];
    size = 0;
    for (int old = 0; old < oldCounts.length; old++) {
      if (oldCounts[old] != 0 && level(oldContexts[old]) >= level) {
        int slot = slot(oldContexts[old], oldSymbols[old]);
        contexts[slot] = oldContexts[old];
        symbols[slot] = oldSymbols[old];
        counts[slot] = oldCounts[old];
        size++;
      }
    }
  }

  void write(DataOutputStream data) throws IOException {
    data.writeByte(level);
    data.writeInt(size);
    var slots =
        IntStream.range(0, counts.length)
            .filter(slot -> counts[slot] != 0)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingLong(slot -> contexts[slot])
                    .thenComparing(slot -> symbols[slot]))
            .toList();
    for (int slot : slots) {
      data.writeLong(contexts[slot]);
      data.writeInt(symbols[slot]);
      data.writeLong(counts[slot]);
    }
  }

  /** Memory grows with what is really there, not with the size that is told. */
  void read(DataInputStream data) throws IOException {
    level = data.readUnsignedByte();
    int entries = data.readInt();
    require(level <= MOST_LEVEL + 1 && entries >= 0 && entries <= bound, "a table is damaged");
    for (int i = 0; i < entries; i++) {
      long context = data.readLong();
      int symbol = data.readInt();
      long count = data.readLong();
      boolean fits = symbol >= 0 && symbol <= NGramCounts.END && count > 0;
      require(fits && level(context) >= level && size == i, "a table is damaged");
      add(context, symbol, count);
    }
    require(size == entries, "a table is damaged");
  }

  @Override
  public String toString() {
    return size + " n-grams at level " + level;
  }
}
