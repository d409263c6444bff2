package org.millrace.batch.corpus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.millrace.kernel.clean.Decision;
import org.millrace.kernel.clean.Languages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Finds each document's language. */
@Command(
    name = "language",
    description = "Identifies the language of documents, and drops those in others.")
final class LanguageStep implements Step {

  @Option(
      names = "--keep",
      split = ",",
      description = "Languages to keep (ISO 639-1, such as zh,en); all, if none is named.")
  List<String> keep = new ArrayList<>();

  @Option(
      names = "--score",
      defaultValue = "0",
      description =
          "Least score; FineWeb has 0.65 by fastText. The model that comes with the suite gives low"
              + " scores, for which 0 is right.")
  double score;

  @Option(
      names = "--model",
      description = "A fastText model of languages, such as lid.176.ftz; else OpenNLP's is used.")
  String model;

  @Override
  public List<Pass> passes() {
    return List.of(new Identify(new ArrayList<>(keep), score, model, null));
  }

  /**
   * @param file of the model, null for the bundled one
   * @param model the same once it is shared
   */
  private record Identify(ArrayList<String> keep, double score, String file, SharedFastText model)
      implements Pass.Each {

    @Override
    public Pass.Each shared(Workshop workshop) throws IOException {
      return file == null
          ? this
          : new Identify(keep, score, file, SharedFastText.of("language.model", file, workshop));
    }

    @Override
    public Pass.Work open() {
      if (model == null) {
        return document -> judged(document, Languages.bundled());
      }
      var opened = model.open();
      var languages = Languages.of(opened);
      return new Pass.Work() {
        @Override
        public Outcome apply(Document document) {
          return judged(document, languages);
        }

        @Override
        public void close() {
          opened.close();
        }
      };
    }

    private Outcome judged(Document given, Languages languages) {
      var language = languages.identify(given.text());
      var document = given.withLanguage(language.label());
      boolean wanted = keep.isEmpty() || keep.contains(language.label());
      return wanted && language.score() >= score
          ? Outcome.kept(document)
          : Outcome.dropped(document, new Decision("language", language.score()), language.label());
    }
  }
}
