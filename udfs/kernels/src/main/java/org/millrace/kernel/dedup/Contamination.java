package org.millrace.kernel.dedup;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.kernel.clean.Simplified;

/**
 * The n-grams of test sets, and which of them a document has: n words of the normal form, or n
 * characters, traditional ones as simplified, where a test item is Chinese. An item of fewer units
 * has none and finds nothing.
 *
 * <p>Built by one thread, then shared by any number of them.
 */
public final class Contamination implements Serializable {

  private static final long serialVersionUID = 1;

  /**
   * An item of a test set.
   *
   * @param task the test set's name
   * @param id of the item in it
   */
  public record Item(String task, String id) implements Serializable {}

  /**
   * What a document shares with an item.
   *
   * @param shared how many n-grams, repeated ones again
   * @param first the first of them in the document, in normal form
   */
  public record Hit(Item item, long shared, String first) {}

  private final List<Item> items = new ArrayList<>();
  private final Index words;
  private final Index characters;
  private int tooShort;

  /**
   * No test sets.
   *
   * @param words of an n-gram, from 1; 13 as a rule
   * @param characters of an n-gram of a Chinese item, from 1; 20 as a rule
   */
  public Contamination(int words, int characters) {
    this.words = new Index(Shingles.Unit.WORDS, words);
    this.characters = new Index(Shingles.Unit.CHARACTERS, characters);
  }

  /**
   * Adds an item. An n-gram that an earlier item of the same task has too stays that one's.
   *
   * @param text not null; read by characters if half of them are Chinese, white space aside, else
   *     by words; if fewer are, also by those runs of characters of which half are
   */
  public void add(Item item, String text) {
    requireNonNull(item, "item is null");
    int number = items.size();
    items.add(item);
    long all = text.codePoints().filter(c -> !Character.isWhitespace(c)).count();
    long chinese = text.codePoints().filter(Character::isIdeographic).count();
    int found = 0;
    if (all > 0 && 2 * chinese >= all) {
      found = add(number, characters, text, 0);
    } else {
      found = add(number, words, text, 0);
      found += chinese > 0 ? add(number, characters, text, (characters.size + 1) / 2) : 0;
    }
    tooShort += found == 0 ? 1 : 0;
  }

  /** Adds the n-grams that have so many Chinese characters, and says how many these are. */
  private int add(int item, Index index, String text, int leastChinese) {
    var form = index.form(text);
    var hashes = index.shingles().hashesOfForm(form.getBytes(StandardCharsets.UTF_8));
    var points = leastChinese == 0 ? new int[0] : form.codePoints().toArray();
    int added = 0;
    for (int i = 0; i < hashes.length; i++) {
      if (leastChinese == 0 || chinese(points, i, index.size) >= leastChinese) {
        index.itemsByHash.merge(hashes[i], new int[] {item}, this::oneOfATask);
        added++;
      }
    }
    return added;
  }

  private static long chinese(int[] points, int from, int length) {
    return Arrays.stream(points, from, from + length).filter(Character::isIdeographic).count();
  }

  private int[] oneOfATask(int[] before, int[] more) {
    var task = items.get(more[0]).task();
    if (Arrays.stream(before).anyMatch(item -> items.get(item).task().equals(task))) {
      return before;
    }
    var both = Arrays.copyOf(before, before.length + 1);
    both[before.length] = more[0];
    return both;
  }

  /** All items, in the order in which they were added. */
  public List<Item> items() {
    return List.copyOf(items);
  }

  /** How many items have fewer units than an n-gram. */
  public int tooShort() {
    return tooShort;
  }

  /**
   * What a document shares with the test sets: words first, then characters, in the order of the
   * document. Linear in it.
   *
   * @param text not null
   */
  public List<Hit> hits(String text) {
    var shared = new LinkedHashMap<Integer, Hit>();
    for (var index : List.of(words, characters)) {
      if (!index.itemsByHash.isEmpty()) {
        collect(index, text, shared);
      }
    }
    return List.copyOf(shared.values());
  }

  private void collect(Index index, String text, Map<Integer, Hit> shared) {
    var form = index.form(text);
    var hashes = index.shingles().hashesOfForm(form.getBytes(StandardCharsets.UTF_8));
    NGrams grams = null;
    for (int i = 0; i < hashes.length; i++) {
      var found = index.itemsByHash.get(hashes[i]);
      if (found == null) {
        continue;
      }
      grams = grams == null ? index.grams(form) : grams;
      for (int number : found) {
        var before = shared.get(number);
        var first = before == null ? grams.at(i) : before.first();
        long count = before == null ? 1 : before.shared() + 1;
        shared.put(number, new Hit(items.get(number), count, first));
      }
    }
  }

  /** The n-grams of a text by their positions. */
  @FunctionalInterface
  private interface NGrams {
    String at(int position);
  }

  /** The n-grams of one unit. */
  private static final class Index implements Serializable {
    private static final long serialVersionUID = 1;

    private final Shingles.Unit unit;
    private final int size;
    private final Map<Long, int[]> itemsByHash = new HashMap<>();

    private Index(Shingles.Unit unit, int size) {
      this.unit = unit;
      this.size = size;
      shingles();
    }

    private Shingles shingles() {
      return Shingles.of(unit, size);
    }

    private String form(String text) {
      return shingles().normalForm(unit == Shingles.Unit.CHARACTERS ? Simplified.of(text) : text);
    }

    private NGrams grams(String form) {
      if (unit == Shingles.Unit.WORDS) {
        var all = List.of(form.split(" "));
        return position -> String.join(" ", all.subList(position, position + size));
      }
      var points = form.codePoints().toArray();
      return position -> new String(points, position, size);
    }
  }
}
