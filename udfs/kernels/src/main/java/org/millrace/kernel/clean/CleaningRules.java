package org.millrace.kernel.clean;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.millrace.kernel.clean.Cleaning.Op;

/**
 * The rules of {@link Cleaning} by name, and the lists that some of them need.
 *
 * @param adverts advertising keywords, in the text's normal form; may be empty
 * @param advertHits this many different ones drop a document
 * @param sensitive sensitive words; may be empty
 * @param sensitiveHits this many different ones drop a document
 * @param badWords of {@code c4-bad-words}; may be empty
 * @param thresholds by the rule of a pack, in place of the pack's own
 */
public record CleaningRules(
    List<String> adverts,
    int advertHits,
    List<String> sensitive,
    int sensitiveHits,
    List<String> badWords,
    Map<String, Double> thresholds)
    implements Serializable {

  /** No lists. */
  public static final CleaningRules PLAIN =
      new CleaningRules(List.of(), Pangu.ADVERT_HITS, List.of(), Pangu.SENSITIVE_HITS, List.of());

  /**
   * The steps of PanGu-α that look at one document, in its order (steps 1 to 6 and 8 to 10); step 7
   * looks at sites, 11 and 12 ask models.
   */
  public static final List<String> PANGU =
      List.of(
          "normal",
          "pangu",
          "title",
          "symbols",
          "paragraphs",
          "adverts",
          "simplified",
          "pangu-cleaned",
          "sensitive");

  private static final Map<String, Function<CleaningRules, Op>> EDITS = edits();

  /** Copies the lists. */
  public CleaningRules {
    adverts = List.copyOf(requireNonNull(adverts, "adverts is null"));
    sensitive = List.copyOf(requireNonNull(sensitive, "sensitive is null"));
    badWords = List.copyOf(requireNonNull(badWords, "badWords is null"));
    thresholds = Map.copyOf(requireNonNull(thresholds, "thresholds is null"));
  }

  /** The lists, with the packs' own thresholds. */
  public CleaningRules(
      List<String> adverts,
      int advertHits,
      List<String> sensitive,
      int sensitiveHits,
      List<String> badWords) {
    this(adverts, advertHits, sensitive, sensitiveHits, badWords, Map.of());
  }

  private static Map<String, Function<CleaningRules, Op>> edits() {
    var ops = new LinkedHashMap<String, Function<CleaningRules, Op>>();
    ops.put("normal", rules -> draft -> draft.edit("normal", Pangu.normalForm(draft.text()), 0));
    ops.put("title", rules -> draft -> draft.judge(Pangu.titleOnly(draft.text(), draft.title())));
    ops.put("symbols", rules -> edit("symbols", Pangu::withoutSpecialSymbols));
    ops.put("paragraphs", rules -> edit("paragraphs", Pangu::withoutDuplicateParagraphs));
    ops.put(
        "simplified", rules -> draft -> draft.edit("simplified", Simplified.of(draft.text()), 0));
    ops.put(
        "mojibake",
        rules ->
            draft -> {
              var repair = Mojibake.repair(draft.text());
              draft.edit("mojibake", repair.text(), repair.lines());
            });
    ops.put("adverts", CleaningRules::advertOp);
    ops.put("sensitive", CleaningRules::sensitiveOp);
    ops.put("c4", rules -> c4(C4.LineEnds.TERMINAL));
    ops.put("c4-any-ends", rules -> c4(C4.LineEnds.ANY));
    ops.put("c4-paragraphs", rules -> draft -> draft.judge(C4.paragraphs(draft.text())));
    ops.put("c4-bad-words", CleaningRules::badWordOp);
    ops.put("pipes", rules -> edit("pipes", CleaningRules::withoutPipes));
    ops.put(
        "pii",
        rules ->
            draft -> {
              var masked = Pii.mask(draft.text());
              draft.edit("pii", masked.text(), masked.finds().size());
            });
    return ops;
  }

  /** Names of all rules that edit or look things up, and of the packs that measure. */
  public static Set<String> names() {
    var names = new TreeSet<>(EDITS.keySet());
    names.addAll(RulePacks.names());
    return names;
  }

  /**
   * Rules in an order.
   *
   * @param names of {@link #names}
   * @throws IllegalArgumentException if there is no rule of a name, or a threshold is of none
   */
  public Cleaning of(List<String> names) {
    requireMeasured(names);
    var ops = new ArrayList<Op>();
    var packs = new ArrayList<RulePack>();
    for (var name : names) {
      var edit = EDITS.get(name);
      if (edit == null) {
        packs.add(pack(name));
        continue;
      }
      measure(packs, ops);
      ops.add(edit.apply(this));
    }
    measure(packs, ops);
    return new Cleaning(ops);
  }

  private void requireMeasured(List<String> names) {
    var measured =
        names.stream()
            .filter(RulePacks.names()::contains)
            .flatMap(name -> RulePacks.named(name).rules().stream())
            .map(Rule::name)
            .collect(Collectors.toCollection(TreeSet::new));
    for (var rule : thresholds.keySet()) {
      if (!measured.contains(rule)) {
        throw new IllegalArgumentException(
            "no rule '%s' to set a threshold of; those with one are %s".formatted(rule, measured));
      }
    }
  }

  private RulePack pack(String name) {
    if (!RulePacks.names().contains(name)) {
      throw new IllegalArgumentException(
          "no rule '" + name + "'; there are " + String.join(", ", names()));
    }
    var pack = RulePacks.named(name);
    for (var threshold : thresholds.entrySet()) {
      boolean has = pack.rules().stream().anyMatch(r -> r.name().equals(threshold.getKey()));
      pack = has ? pack.with(threshold.getKey(), threshold.getValue()) : pack;
    }
    return pack;
  }

  /** Packs that stand side by side and take the same words share one reading. */
  private static void measure(List<RulePack> packs, List<Op> ops) {
    if (!packs.isEmpty()) {
      ops.add(reading(packs));
      packs.clear();
    }
  }

  private static Op reading(List<RulePack> packs) {
    record Asked(RulePack pack, DocumentStatistics document) {}
    var byWords = new LinkedHashMap<WordSplitter, DocumentStatistics>();
    var asked = new ArrayList<Asked>();
    for (var pack : packs) {
      var words = RulePacks.words(pack.name());
      asked.add(new Asked(pack, byWords.computeIfAbsent(words, DocumentStatistics::new)));
    }
    var documents = List.copyOf(byWords.values());
    return draft -> {
      documents.forEach(document -> document.measure(draft.text()));
      asked.forEach(each -> each.pack().failures(each.document()).forEach(draft::judge));
    };
  }

  private static Op edit(String name, Function<String, Pangu.Edit> change) {
    return draft -> {
      var edit = change.apply(draft.text());
      draft.edit(name, edit.text(), edit.removed());
    };
  }

  private Op advertOp() {
    var list = Keywords.of(adverts);
    return draft -> draft.judge(Pangu.adverts(draft.text(), list, advertHits));
  }

  private Op sensitiveOp() {
    var list = Keywords.of(sensitive);
    return draft -> draft.judge(Pangu.sensitive(draft.text(), list, sensitiveHits));
  }

  /** Words with a Chinese character are looked for anywhere, others as whole words. */
  private Op badWordOp() {
    var byScript =
        badWords.stream()
            .collect(
                Collectors.partitioningBy(
                    word -> word.codePoints().anyMatch(Character::isIdeographic)));
    var english = C4.badWordList(byScript.get(false));
    var chinese = C4.chineseBadWordList(byScript.get(true));
    return draft -> {
      var decision = C4.badWords(draft.text(), english);
      draft.judge(decision.kept() ? C4.badWords(draft.text(), chinese) : decision);
    };
  }

  private static Op c4(C4.LineEnds ends) {
    var rules = C4.with(ends);
    return draft -> {
      var result = rules.clean(draft.text());
      draft.judge(result.decision());
      draft.edit("c4-lines", result.text(), result.removedLines());
    };
  }

  /** Without lines that hold nothing but "|" and white space; counts lines. */
  private static Pangu.Edit withoutPipes(String text) {
    if (text.indexOf('|') < 0) {
      return new Pangu.Edit(text, 0);
    }
    var kept = new ArrayList<String>();
    long removed = 0;
    for (var line : text.split("\n", -1)) {
      boolean pipes = line.indexOf('|') >= 0 && Lines.strip(line.replace("|", "")).isEmpty();
      removed += pipes ? 1 : 0;
      if (!pipes) {
        kept.add(line);
      }
    }
    return new Pangu.Edit(String.join("\n", kept), removed);
  }
}
