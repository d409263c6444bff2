package org.millrace.kernel.clean;

import static java.util.Objects.requireNonNull;

import org.millrace.kernel.model.FastTextModel;

/**
 * Identifies the language of a text by its beginning. Thread-safe, and bounded in time however long
 * the text is.
 */
@FunctionalInterface
public interface Languages {

  /** UTF-16 units of a text that are looked at. */
  int UNITS = 4096;

  /**
   * The likeliest language.
   *
   * @param text not null; what follows the first {@link #UNITS} is not read
   * @return {@link Language#UNKNOWN} of a text without letters
   */
  Language identify(String text);

  /**
   * By OpenNLP's model of 103 languages, which comes with its artifact and is loaded at the first
   * call. Its scores are low for short texts (.02 to .1 for a sentence): they rank languages and
   * are no probabilities of being right.
   */
  static Languages bundled() {
    return OpenNlpLanguages::identify;
  }

  /**
   * By a fastText model whose labels are languages, such as lid.176 ({@code zh}) or GlotLID ({@code
   * cmn_Hani}).
   *
   * @param model not null; the caller's to close, after the last call
   */
  static Languages of(FastTextModel model) {
    requireNonNull(model, "model is null");
    return text -> {
      var beginning = LanguageCodes.beginning(text);
      var script = LanguageCodes.script(beginning);
      var prediction = model.predict(beginning);
      if (script.equals(Language.UNKNOWN.script()) || prediction.isEmpty()) {
        return Language.UNKNOWN;
      }
      var parts = prediction.get().label().split("_", 2);
      return new Language(
          LanguageCodes.shortest(parts[0]),
          parts.length == 2 ? parts[1] : script,
          prediction.get().probability());
    };
  }
}
