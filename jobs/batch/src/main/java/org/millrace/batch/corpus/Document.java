package org.millrace.batch.corpus;

import static java.util.Objects.requireNonNull;

/**
 * A document between two steps.
 *
 * @param id unique in the corpus
 * @param source where it is from: a data set or a file
 * @param url null if unknown
 * @param title null if unknown
 * @param language ISO 639-1; null if unknown
 * @param score of a model, higher is better; null if none judged it
 * @param text not null
 */
record Document(
    String id,
    String source,
    String url,
    String title,
    String language,
    Double score,
    String text) {

  Document {
    requireNonNull(id, "id is null");
    requireNonNull(text, "text is null");
  }

  Document withText(String changed) {
    return changed.equals(text)
        ? this
        : new Document(id, source, url, title, language, score, changed);
  }

  Document withUrl(String changed) {
    return new Document(id, source, changed, title, language, score, text);
  }

  Document withTitle(String found) {
    return new Document(id, source, url, found, language, score, text);
  }

  Document withLanguage(String found) {
    return new Document(id, source, url, title, found, score, text);
  }

  Document withScore(double found) {
    return new Document(id, source, url, title, language, found, text);
  }
}
