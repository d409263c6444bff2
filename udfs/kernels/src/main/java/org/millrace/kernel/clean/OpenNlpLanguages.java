package org.millrace.kernel.clean;

import java.io.IOException;
import java.io.UncheckedIOException;
import opennlp.tools.langdetect.LanguageDetector;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/** OpenNLP's detector, one for all threads: it keeps nothing between calls. */
final class OpenNlpLanguages {

  private static final String MODEL = "/langdetect-183.bin";
  private static final LanguageDetector DETECTOR = load();

  private OpenNlpLanguages() {}

  static Language identify(String text) {
    var beginning = LanguageCodes.beginning(text);
    var script = LanguageCodes.script(beginning);
    if (script.equals(Language.UNKNOWN.script())) {
      return Language.UNKNOWN;
    }
    var best = DETECTOR.predictLanguage(beginning);
    return new Language(LanguageCodes.shortest(best.getLang()), script, best.getConfidence());
  }

  private static LanguageDetector load() {
    try (var model = LanguageDetectorModel.class.getResourceAsStream(MODEL)) {
      if (model == null) {
        throw new IllegalStateException(
            MODEL + " is not on the class path: add org.apache.opennlp:opennlp-models-langdetect");
      }
      return new LanguageDetectorME(new LanguageDetectorModel(model));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
