package org.millrace.batch.corpus.demo;

/**
 * A made-up page.
 *
 * @param url its address, unique
 * @param html the whole page
 * @param kind what is the matter with it
 */
public record WebPage(String url, String html, Kind kind) {

  /** What is the matter with a page, and so what should become of it. */
  public enum Kind {
    /** Nothing: it should stay, it or a copy of it. */
    ARTICLE,
    /** The same text as an article at another address. */
    COPY,
    /** An article with a sentence changed. */
    NEAR_COPY,
    /** An article in traditional characters and Taiwan's words. */
    TRADITIONAL_COPY,
    /** Too little text. */
    SHORT,
    /** No Chinese. */
    ENGLISH,
    /** Has keywords of {@link WebPages#ADVERTS}. */
    ADVERT
  }
}
