package org.millrace.kernel.clean;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The definitions word for word, with strings, sets and patterns: slow and plain. */
final class NaiveStatistics {

  private static final String SPACE = "[\\s\\p{IsWhite_Space}\\x1c-\\x1f\\x85]";

  private NaiveStatistics() {}

  static Map<String, Double> of(String text, List<String> words) {
    var values = new LinkedHashMap<String, Double>();
    characters(values, text);
    words(values, text, words);
    lines(values, text, words);
    paragraphs(values, text);
    for (int n = 2; n <= 4; n++) {
      values.put("top_" + n, ratio(top(words, n), points(text)));
    }
    for (int n = 5; n <= 10; n++) {
      values.put("dup_" + n, ratio(duplicated(words, n), points(text)));
    }
    for (int n = 2; n <= 6; n++) {
      values.put("overlapping_" + n, ratio(overlapping(words, n), points(String.join("", words))));
    }
    return values;
  }

  static Map<String, Double> measured(DocumentStatistics s) {
    var values = new LinkedHashMap<String, Double>();
    values.put("characters", (double) s.characters());
    values.put("nonSpace", (double) s.nonSpaceCharacters());
    values.put("chinese", (double) s.chineseCharacters());
    values.put("words", (double) s.words());
    values.put("proper", (double) s.properWords());
    values.put("mean", s.meanWordLength());
    values.put("median", s.medianWordLength());
    values.put("hashes", s.hashRatio());
    values.put("ellipses", s.ellipsisRatio());
    values.put("symbolWords", s.symbolWordRatio());
    values.put("alphabetic", s.alphabeticRatio());
    values.put("english", (double) s.englishStopWords());
    values.put("englishRepeated", (double) s.englishStopWordOccurrences());
    values.put("chineseStops", (double) s.chineseStopWords());
    values.put("lineFeeds", s.lineFeedRatio());
    values.put("bullets", s.bulletRatio());
    values.put("untrimmedBullets", s.untrimmedBulletRatio());
    values.put("ellipsisLines", s.ellipsisLineRatio());
    values.put("dupLines", s.duplicateLineRatio());
    values.put("dupLineChars", s.duplicateLineCharacterRatio());
    values.put("nonBlank", (double) s.nonBlankLines());
    values.put("sentenceEnds", s.sentenceEndRatio());
    values.put("short", s.shortLineRatio());
    values.put("charDup", s.duplicateCharacterRatio());
    values.put("copiedLines", s.copiedLineRatio());
    values.put("copiedLineChars", s.copiedLineCharacterRatio());
    values.put("dupParagraphs", s.duplicateParagraphRatio());
    values.put("dupParagraphChars", s.duplicateParagraphCharacterRatio());
    for (int n = 2; n <= 4; n++) {
      values.put("top_" + n, s.topGramRatio(n));
    }
    for (int n = 5; n <= 10; n++) {
      values.put("dup_" + n, s.duplicateGramRatio(n));
    }
    for (int n = 2; n <= 6; n++) {
      values.put("overlapping_" + n, s.overlappingGramRatio(n));
    }
    return values;
  }

  private static void characters(Map<String, Double> values, String text) {
    var form = Normalizer.normalize(text, Normalizer.Form.NFKC);
    values.put("characters", points(text));
    values.put("nonSpace", (double) form.codePoints().filter(c -> !space(c)).count());
    values.put("chinese", (double) form.codePoints().filter(NaiveStatistics::chinese).count());
  }

  private static void words(Map<String, Double> values, String text, List<String> words) {
    var proper = words.stream().filter(w -> w.codePoints().anyMatch(c -> !symbol(c))).toList();
    var lengths = words.stream().mapToDouble(NaiveStatistics::points).sorted().toArray();
    int n = lengths.length;
    values.put("words", (double) n);
    values.put("proper", (double) proper.size());
    values.put(
        "mean", ratio(proper.stream().mapToDouble(NaiveStatistics::points).sum(), proper.size()));
    values.put("median", n == 0 ? 0 : (lengths[(n - 1) / 2] + lengths[n / 2]) / 2);
    values.put("hashes", ratio(occurrences(text, "#"), n));
    values.put("ellipses", ratio(occurrences(text, "...") + occurrences(text, "…"), n));
    values.put("symbolWords", count(words, w -> w.contains("#") || w.contains("…")) / n);
    values.put("alphabetic", count(words, w -> w.codePoints().anyMatch(Character::isLetter)) / n);
    values.computeIfPresent("symbolWords", (k, v) -> n == 0 ? 0 : v);
    values.computeIfPresent("alphabetic", (k, v) -> n == 0 ? 0 : v);
    var english = List.of("the", "be", "to", "of", "and", "that", "have", "with");
    values.put("english", count(english, words::contains));
    values.put("englishRepeated", count(words, english::contains));
    var chinese = "的年在月是和日了於·為有被人中为他與後也而由".split("");
    values.put("chineseStops", count(List.of(chinese), words::contains));
    values.put("lineFeeds", ratio(occurrences(text, "\n"), n));
  }

  private static void lines(Map<String, Double> values, String text, List<String> words) {
    var visual =
        new ArrayList<>(List.of(text.split("\r\n|[\n-\r\\x1c-\\x1e\\x85\\u2028\\u2029]", -1)));
    if (visual.get(visual.size() - 1).isEmpty()) {
      visual.remove(visual.size() - 1);
    }
    values.put(
        "bullets",
        ratio(
            count(visual, s -> strip(s).startsWith("•") || strip(s).startsWith("-")),
            visual.size()));
    var fed = List.of(text.split("\n", -1));
    values.put(
        "untrimmedBullets",
        ratio(count(fed, s -> s.startsWith("*") || s.startsWith("-")), fed.size()));
    values.put(
        "ellipsisLines",
        ratio(
            count(visual, s -> strip(s).endsWith("...") || strip(s).endsWith("…")), visual.size()));
    var runs = List.of(text.split("\n+", -1));
    values.put("dupLines", ratio(duplicates(runs).size(), runs.size()));
    values.put("dupLineChars", ratio(points(duplicates(runs)), points(text)));
    var nonBlank = fed.stream().filter(s -> !strip(s).isEmpty()).toList();
    values.put("nonBlank", (double) nonBlank.size());
    values.put("sentenceEnds", ratio(count(nonBlank, NaiveStatistics::sentence), nonBlank.size()));
    values.put("short", ratio(count(nonBlank, s -> points(s) <= 30), nonBlank.size()));
    values.put("charDup", ratio(points(duplicates(nonBlank)), points(text.replace("\n", ""))));
    var counts = new HashMap<String, Integer>();
    nonBlank.forEach(s -> counts.merge(s, 1, Integer::sum));
    var copied = nonBlank.stream().filter(s -> counts.get(s) > 1).toList();
    values.put("copiedLines", ratio(copied.size(), nonBlank.size()));
    values.put("copiedLineChars", ratio(points(copied), points(String.join("", words))));
  }

  private static void paragraphs(Map<String, Double> values, String text) {
    var paragraphs = List.of(strip(text).split("\n{2,}", -1));
    values.put("dupParagraphs", ratio(duplicates(paragraphs).size(), paragraphs.size()));
    values.put("dupParagraphChars", ratio(points(duplicates(paragraphs)), points(text)));
  }

  private static double top(List<String> words, int n) {
    var counts = new LinkedHashMap<String, Integer>();
    grams(words, n, " ").forEach(g -> counts.merge(g, 1, Integer::sum));
    String best = "";
    for (var gram : counts.keySet()) {
      if (best.isEmpty() || counts.get(gram) > counts.get(best)) {
        best = gram;
      }
    }
    return best.isEmpty() ? 0 : points(best) * counts.get(best);
  }

  private static double duplicated(List<String> words, int n) {
    var grams = grams(words, n, "");
    var seen = new HashSet<String>();
    double characters = 0;
    int i = 0;
    while (i < grams.size()) {
      if (seen.add(grams.get(i))) {
        i++;
      } else {
        characters += points(grams.get(i));
        i += n;
      }
    }
    return characters;
  }

  private static double overlapping(List<String> words, int n) {
    var grams = grams(words, n, "");
    var counts = new HashMap<String, Integer>();
    grams.forEach(g -> counts.merge(g, 1, Integer::sum));
    return points(grams.stream().filter(g -> counts.get(g) > 1).toList());
  }

  private static List<String> grams(List<String> words, int n, String between) {
    var grams = new ArrayList<String>();
    for (int i = 0; i + n <= words.size(); i++) {
      grams.add(String.join(between, words.subList(i, i + n)));
    }
    return grams;
  }

  private static List<String> duplicates(List<String> parts) {
    var seen = new LinkedHashSet<String>();
    return parts.stream().filter(p -> !seen.add(p)).toList();
  }

  private static boolean sentence(String line) {
    int last = line.codePointBefore(line.length());
    return ".!?。！？｡؟।".codePoints().anyMatch(c -> c == last);
  }

  private static <T> double count(List<T> all, java.util.function.Predicate<T> those) {
    return all.stream().filter(those).count();
  }

  private static double occurrences(String text, String what) {
    return Pattern.compile(Pattern.quote(what)).matcher(text).results().count();
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  private static double points(String text) {
    return text.codePointCount(0, text.length());
  }

  private static double points(List<String> texts) {
    return texts.stream().mapToDouble(NaiveStatistics::points).sum();
  }

  static String strip(String text) {
    return text.replaceAll("^" + SPACE + "+|" + SPACE + "+$", "");
  }

  static List<String> whitespaceWords(String text) {
    return Arrays.stream(text.split(SPACE + "+")).filter(w -> !w.isEmpty()).toList();
  }

  private static boolean space(int c) {
    return Character.toString(c).matches(SPACE);
  }

  private static boolean symbol(int c) {
    return Character.toString(c).matches("[\\p{P}\\p{S}\\p{Cc}]");
  }

  private static boolean chinese(int c) {
    return Character.toString(c)
        .matches("[\\u3007\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF\\x{20000}-\\x{323AF}]");
  }
}
