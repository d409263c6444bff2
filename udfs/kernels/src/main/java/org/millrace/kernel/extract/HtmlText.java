package org.millrace.kernel.extract;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;
import net.dankito.readability4j.Readability4J;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The text of HTML, in time about linear in its length and without recursion, whatever the HTML is.
 */
public final class HtmlText {

  /** An article with less of the page's characters than one in so many is no article. */
  private static final int LEAST_PART = 10;

  /** In pages with more elements than that no article is looked for. */
  private static final int MOST_ELEMENTS = 15_000;

  /** In pages that are nested deeper than that no article is looked for. */
  private static final int MOST_DEPTH = 100;

  /** In HTML longer than that, in UTF-16 units, no article is looked for. */
  private static final int MOST_CHARACTERS = 2_000_000;

  /**
   * Read as {@code noframes}, whose content is no markup: else an element that it doesn't close
   * would take the rest of the page into it.
   */
  private static final Pattern NOSCRIPT =
      Pattern.compile("(</?)noscript(?=[\\s/>])", Pattern.CASE_INSENSITIVE);

  private HtmlText() {}

  /**
   * All text: without head, script, style and noscript, a line break at block elements and {@code
   * br}, entities decoded, white space in a line collapsed and blank lines dropped.
   *
   * @param html not null
   */
  public static Page strip(String html) {
    return strip(parsed(html));
  }

  /**
   * The article, as Mozilla's Readability finds it, by the same line rule; all text where it finds
   * none or less than a tenth of the page's characters, and in pages of more than 15,000 elements,
   * 100 levels or 2,000,000 characters, where looking for it could take too long.
   *
   * @param html not null
   * @param url the page's address; null if unknown
   */
  public static Page article(String html, String url) {
    var document = parsed(html);
    var all = strip(document);
    boolean large = html.length() > MOST_CHARACTERS;
    if (large || all.text().isEmpty() || Size.of(document).exceeds(MOST_ELEMENTS, MOST_DEPTH)) {
      return all;
    }
    var text = articleText(document, url);
    boolean sensible = (long) LEAST_PART * characters(text) >= characters(all.text());
    return sensible ? new Page(all.title(), text, Page.Method.ARTICLE) : all;
  }

  private static Page strip(Document document) {
    return new Page(title(document), LineText.of(document), Page.Method.STRIPPED);
  }

  private static Document parsed(String html) {
    requireNonNull(html, "html is null");
    return Jsoup.parse(NOSCRIPT.matcher(html).replaceAll("$1noframes"));
  }

  private static String title(Document document) {
    var title = document.head().selectFirst("title");
    return title == null ? "" : LineText.of(title.wholeText()).replace('\n', ' ');
  }

  /** Empty if there is none; the library changes the document. */
  private static String articleText(Document document, String url) {
    try {
      var base = url == null ? "" : url;
      Element article = new Readability4J(base, document).parse().getArticleContent();
      if (article == null) {
        return "";
      }
      article.select("title").remove();
      return LineText.of(article);
    } catch (RuntimeException e) {
      return "";
    }
  }

  private static long characters(String text) {
    return text.codePoints().filter(c -> !Character.isWhitespace(c)).count();
  }
}
