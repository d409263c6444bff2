package org.millrace.kernel.dedup;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The n-grams of test sets, and which of them a document has: n words of the normal form, or n
 * characters where a test item is Chinese. An item of fewer units has none and finds nothing.
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
   * Adds an item; an n-gram that an earlier item has too stays that one's.
   *
   * @param text not null; Chinese if half of its characters are, white space aside
   */
  public void add(Item item, String text) {
    requireNonNull(item, "item is null");
    var index = chinese(text) ? characters : words;
    var hashes = index.shingles().hashes(text);
    int number = items.size();
    items.add(item);
    tooShort += hashes.length == 0 ? 1 : 0;
    for (long hash : hashes) {
      index.itemByHash.putIfAbsent(hash, number);
    }
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
      if (index.itemByHash.isEmpty()) {
        continue;
      }
      var hashes = index.shingles().hashes(text);
      for (int i = 0; i < hashes.length; i++) {
        var number = index.itemByHash.get(hashes[i]);
        if (number != null) {
          var before = shared.get(number);
          var first = before == null ? index.at(text, i) : before.first();
          long count = before == null ? 1 : before.shared() + 1;
          shared.put(number, new Hit(items.get(number), count, first));
        }
      }
    }
    return List.copyOf(shared.values());
  }

  private static boolean chinese(String text) {
    long all = text.codePoints().filter(c -> !Character.isWhitespace(c)).count();
    long chinese = text.codePoints().filter(Character::isIdeographic).count();
    return all > 0 && 2 * chinese >= all;
  }

  /** The n-grams of one unit. */
  private static final class Index implements Serializable {
    private static final long serialVersionUID = 1;

    private final Shingles.Unit unit;
    private final int size;
    private final Map<Long, Integer> itemByHash = new HashMap<>();

    private Index(Shingles.Unit unit, int size) {
      this.unit = unit;
      this.size = size;
      shingles();
    }

    private Shingles shingles() {
      return Shingles.of(unit, size);
    }

    /** The n-gram at a position of a text. */
    private String at(String text, int position) {
      var form = shingles().normalForm(text);
      if (unit == Shingles.Unit.WORDS) {
        var all = List.of(form.split(" "));
        return String.join(" ", all.subList(position, position + size));
      }
      int from = form.offsetByCodePoints(0, position);
      return form.substring(from, form.offsetByCodePoints(from, size));
    }
  }
}
