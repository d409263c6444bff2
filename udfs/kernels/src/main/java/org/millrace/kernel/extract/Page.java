package org.millrace.kernel.extract;

/**
 * The text of a page.
 *
 * @param title of the page's {@code title} element, white space collapsed; empty if it has none
 * @param text lines joined by LF, none blank, each trimmed and with single spaces
 * @param method how the text was found
 */
public record Page(String title, String text, Method method) {

  /** How a text was found. */
  public enum Method {
    /** The article alone, without navigation and the like. */
    ARTICLE,
    /** All text of the page. */
    STRIPPED
  }
}
