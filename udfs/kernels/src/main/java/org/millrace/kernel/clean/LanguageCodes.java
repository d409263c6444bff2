package org.millrace.kernel.clean;

import static java.util.Objects.requireNonNull;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Codes of languages and scripts, and what identifiers look at. */
final class LanguageCodes {

  /** Share of kana, by Han characters, from which a text in mostly these is Japanese. */
  private static final int KANA_PERCENT = 10;

  private static final Map<String, String> SHORT = shortCodes();
  private static final Map<UnicodeScript, String> SCRIPTS = scripts();

  private LanguageCodes() {}

  /**
   * The ISO 639-1 code of an ISO 639-3 one, its macrolanguage's where it is the member that stands
   * for it (cmn: zh); the same code if there is none.
   */
  static String shortest(String code) {
    return SHORT.getOrDefault(code, code);
  }

  /** ISO 15924 code of the script of most letters. */
  static String script(String text) {
    var counts = new EnumMap<UnicodeScript, Integer>(UnicodeScript.class);
    text.codePoints()
        .filter(Character::isLetter)
        .forEach(c -> counts.merge(UnicodeScript.of(c), 1, Integer::sum));
    counts.remove(UnicodeScript.COMMON);
    counts.remove(UnicodeScript.INHERITED);
    if (counts.isEmpty()) {
      return Language.UNKNOWN.script();
    }
    int kana =
        counts.getOrDefault(UnicodeScript.HIRAGANA, 0)
            + counts.getOrDefault(UnicodeScript.KATAKANA, 0);
    var most = counts.entrySet().stream().max(Map.Entry.comparingByValue()).get().getKey();
    return switch (most) {
      case HIRAGANA, KATAKANA -> "Jpan";
      case HAN -> 100L * kana >= (long) KANA_PERCENT * counts.get(most) ? "Jpan" : "Hani";
      case HANGUL -> "Kore";
      default -> SCRIPTS.getOrDefault(most, "Zzzz");
    };
  }

  /** The part of a text that is looked at; a surrogate pair stays whole. */
  static String beginning(String text) {
    requireNonNull(text, "text is null");
    int units = Languages.UNITS;
    if (text.length() <= units) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(units - 1)) ? units - 1 : units);
  }

  private static Map<String, String> shortCodes() {
    var codes = new HashMap<String, String>();
    for (var language : Locale.getISOLanguages()) {
      codes.put(Locale.forLanguageTag(language).getISO3Language(), language);
    }
    List.of(
            "cmn:zh", "pes:fa", "lvs:lv", "ekk:et", "plt:mg", "arb:ar", "swh:sw", "zsm:ms",
            "npi:ne", "ory:or", "khk:mn", "als:sq", "uzn:uz", "azj:az", "nob:nb")
        .forEach(pair -> codes.put(pair.substring(0, 3), pair.substring(4)));
    return Map.copyOf(codes);
  }

  private static Map<UnicodeScript, String> scripts() {
    var scripts = new EnumMap<UnicodeScript, String>(UnicodeScript.class);
    List.of(
            "Latn", "Cyrl", "Grek", "Arab", "Hebr", "Deva", "Beng", "Guru", "Gujr", "Orya", "Taml",
            "Telu", "Knda", "Mlym", "Sinh", "Thai", "Laoo", "Tibt", "Mymr", "Geor", "Armn", "Ethi",
            "Khmr", "Mong", "Syrc", "Thaa", "Cher", "Cans", "Yiii", "Copt", "Tfng", "Nkoo", "Bopo")
        .forEach(code -> scripts.put(UnicodeScript.forName(code), code));
    return scripts;
  }
}
