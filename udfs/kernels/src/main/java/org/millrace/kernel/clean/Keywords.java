package org.millrace.kernel.clean;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * Finds which words of a list occur in a text, in one reading whatever the length of the list, by
 * the automaton of Aho and Corasick (1975). Immutable; threads may share it.
 *
 * <p>Case is ignored, character by character. A word is found anywhere, as Chinese wants it, or
 * with {@link #wholeWords} only where letters and digits don't run on. List and text should be in
 * the same normal form.
 */
public final class Keywords {

  /** A word of the list at a place of the text. */
  private record Hit(int word, int end) {}

  private static final int NO_STATE = -1;
  private static final int ASCII = 128;
  private static final int MOST_DIRECT_STATES = 512;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final List<String> words;
  private final int[] lengths;
  private final boolean whole;

  /** By state: the state of the longest proper suffix, the word that ends here, the next such. */
  private final int[] fails;

  private final int[] endsHere;
  private final int[] outputs;

  /** The edges by (state, character), in one open-addressed table. */
  private final long[] edges;

  private final int[] targets;
  private final int[] roots = new int[Character.MAX_VALUE + 1];

  /** By state and ASCII character the next state, for short lists; empty for others. */
  private final int[] direct;

  private Keywords(Collection<String> list, boolean whole) {
    var folded = new LinkedHashSet<String>();
    for (var word : list) {
      var bare = fold(word.strip());
      if (!bare.isEmpty()) {
        folded.add(bare);
      }
    }
    this.words = List.copyOf(folded);
    this.whole = whole;
    this.lengths = words.stream().mapToInt(String::length).toArray();
    var states = new ArrayList<Map<Character, Integer>>();
    states.add(new TreeMap<>());
    var ends = new int[1 + Arrays.stream(lengths).sum()];
    Arrays.fill(ends, NO_STATE);
    for (int w = 0; w < words.size(); w++) {
      ends[insert(states, words.get(w))] = w;
    }
    int count = states.size();
    this.endsHere = Arrays.copyOf(ends, count);
    this.fails = new int[count];
    this.outputs = new int[count];
    int capacity = Integer.highestOneBit(Math.max(count, 4)) << 2;
    this.edges = new long[capacity];
    this.targets = new int[capacity];
    for (int state = 0; state < count; state++) {
      for (var edge : states.get(state).entrySet()) {
        put(state, edge.getKey(), edge.getValue());
      }
    }
    states.get(0).forEach((c, state) -> roots[c] = state);
    link(states);
    this.direct = new int[count <= MOST_DIRECT_STATES ? count * ASCII : 0];
    for (int i = 0; i < direct.length; i++) {
      direct[i] = next(i / ASCII, fold((char) (i % ASCII)));
    }
  }

  /** A matcher that finds the words anywhere. Blank and repeated words are left out. */
  public static Keywords of(Collection<String> words) {
    return new Keywords(words, false);
  }

  /**
   * A matcher that finds the words where no letter or digit stands right before or after, unless
   * one of the two neighbours is Chinese.
   */
  public static Keywords wholeWords(Collection<String> words) {
    return new Keywords(words, true);
  }

  /** How many different words the list has. */
  public int size() {
    return words.size();
  }

  /** Whether any word occurs. */
  public boolean anyIn(CharSequence text) {
    return countIn(text, 1) > 0;
  }

  /** How many different words of the list occur. */
  public int countIn(CharSequence text) {
    return countIn(text, Integer.MAX_VALUE);
  }

  /** How many different words of the list occur; reads no further once there are {@code enough}. */
  public int countIn(CharSequence text, int enough) {
    var found = new BitSet();
    var count = new int[1];
    scan(
        text,
        word -> {
          if (!found.get(word)) {
            found.set(word);
            count[0]++;
          }
          return count[0] < enough;
        });
    return count[0];
  }

  /** The different words of the list that occur, lower-cased, in the order of the list. */
  public List<String> in(CharSequence text) {
    var found = new BitSet();
    scan(
        text,
        word -> {
          found.set(word);
          return true;
        });
    return found.stream().mapToObj(words::get).toList();
  }

  /** The first 64 words of the list that occur, as bits. */
  long bitsIn(CharSequence text) {
    var bits = new long[1];
    scan(
        text,
        word -> {
          bits[0] |= 1L << word;
          return true;
        });
    return bits[0];
  }

  /** Reads the text; tells of each word where it ends, until told to stop. */
  private void scan(CharSequence text, IntPredicate goOn) {
    int state = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      state = c < ASCII && direct.length > 0 ? direct[state * ASCII + c] : next(state, fold(c));
      int output = endsHere[state] == NO_STATE ? outputs[state] : state;
      while (output != 0) {
        int word = endsHere[output];
        boolean counts = !whole || standsAlone(text, new Hit(word, i + 1));
        if (counts && !goOn.test(word)) {
          return;
        }
        output = outputs[output];
      }
    }
  }

  private boolean standsAlone(CharSequence text, Hit hit) {
    int begin = hit.end() - lengths[hit.word()];
    return (begin == 0 || !runsOn(text.charAt(begin - 1), text.charAt(begin)))
        && (hit.end() == text.length()
            || !runsOn(text.charAt(hit.end() - 1), text.charAt(hit.end())));
  }

  private static boolean runsOn(char left, char right) {
    return Character.isLetterOrDigit(left)
        && Character.isLetterOrDigit(right)
        && !Chars.chinese(left)
        && !Chars.chinese(right);
  }

  private int next(int from, char c) {
    int state = from;
    while (state != 0) {
      int target = target(state, c);
      if (target != NO_STATE) {
        return target;
      }
      state = fails[state];
    }
    return roots[c];
  }

  private int target(int state, char c) {
    long edge = edge(state, c);
    int slot = slot(edge);
    while (edges[slot] != 0) {
      if (edges[slot] == edge) {
        return targets[slot];
      }
      slot = slot + 1 & edges.length - 1;
    }
    return NO_STATE;
  }

  private void put(int state, char c, int target) {
    int slot = slot(edge(state, c));
    while (edges[slot] != 0) {
      slot = slot + 1 & edges.length - 1;
    }
    edges[slot] = edge(state, c);
    targets[slot] = target;
  }

  private static long edge(int state, char c) {
    return ((long) state << Character.SIZE | c) + 1;
  }

  private int slot(long edge) {
    return (int) (edge * MIX >>> 32) & edges.length - 1;
  }

  private static int insert(List<Map<Character, Integer>> states, String word) {
    int state = 0;
    for (int i = 0; i < word.length(); i++) {
      var target = states.get(state).get(word.charAt(i));
      if (target == null) {
        target = states.size();
        states.get(state).put(word.charAt(i), target);
        states.add(new TreeMap<>());
      }
      state = target;
    }
    return state;
  }

  /** Links each state to its longest proper suffix, level by level. */
  private void link(List<Map<Character, Integer>> states) {
    var queue = new ArrayDeque<>(states.get(0).values());
    while (!queue.isEmpty()) {
      int state = queue.remove();
      int fail = fails[state];
      outputs[state] = endsHere[fail] == NO_STATE ? outputs[fail] : fail;
      for (var edge : states.get(state).entrySet()) {
        fails[edge.getValue()] = next(fail, edge.getKey());
        queue.add(edge.getValue());
      }
    }
  }

  private static String fold(String word) {
    var folded = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      folded.append(fold(word.charAt(i)));
    }
    return folded.toString();
  }

  /** As the matchers see a character. */
  static char fold(char c) {
    return c < 128 ? (c >= 'A' && c <= 'Z' ? (char) (c + 32) : c) : Character.toLowerCase(c);
  }
}
