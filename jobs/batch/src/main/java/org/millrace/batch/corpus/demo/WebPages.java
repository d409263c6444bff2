package org.millrace.batch.corpus.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.millrace.batch.corpus.demo.WebPage.Kind;

/**
 * Makes raw web pages from a seed, in Chinese and English, with what a crawl is full of: navigation
 * on every page, copies, near copies, copies in the other script, pages with next to no text and
 * advertisements. The same seed makes the same pages on every machine.
 */
public final class WebPages {

  /** Keywords that the advertisements have and no other page has. */
  public static final List<String> ADVERTS = List.of("加微信", "点击领取", "限时优惠");

  private static final int SENTENCES = 14;
  private static final int SENTENCES_OF_A_PARAGRAPH = 4;
  private static final int SENTENCES_OF_A_SHORT_PAGE = 2;
  private static final int ARTICLES_A_COPY = 4;
  private static final String ADVERT = "限时优惠，先到先得，加微信了解更多。";
  private static final List<String> HOSTS = List.of("news.example", "stories.example");
  private static final String MIRROR = "mirror.example";

  private final SplittableRandom random;
  private final List<WebPage> pages = new ArrayList<>();

  private WebPages(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * Makes pages: so many articles, and for every four of them one page of each other kind.
   *
   * @param articles at least 0
   * @param seed of the texts
   */
  public static List<WebPage> make(int articles, long seed) {
    if (articles < 0) {
      throw new IllegalArgumentException("articles is below 0: " + articles);
    }
    var made = new WebPages(seed);
    for (int i = 0; i < articles; i++) {
      made.article(i);
    }
    return List.copyOf(made.pages);
  }

  private void article(int number) {
    var host = HOSTS.get(number % HOSTS.size());
    var words = words(Phrases.SIMPLIFIED, SENTENCES);
    add(host, number, Kind.ARTICLE, texts(Phrases.SIMPLIFIED, words));
    if (number % ARTICLES_A_COPY != 0) {
      return;
    }
    add(host, number, Kind.COPY, texts(Phrases.SIMPLIFIED, words));
    add(MIRROR, number, Kind.TRADITIONAL_COPY, texts(Phrases.TRADITIONAL, words));
    words.set(SENTENCES - 1, Phrases.SIMPLIFIED.draw(random));
    add(host, number, Kind.NEAR_COPY, texts(Phrases.SIMPLIFIED, words));
    add(host, number, Kind.SHORT, fresh(Phrases.SIMPLIFIED, SENTENCES_OF_A_SHORT_PAGE));
    add(host, number, Kind.ENGLISH, fresh(Phrases.ENGLISH, SENTENCES));
    var advert = fresh(Phrases.SIMPLIFIED, SENTENCES);
    advert.add(random.nextInt(SENTENCES), ADVERT);
    add(host, number, Kind.ADVERT, advert);
  }

  private List<String> fresh(Phrases phrases, int sentences) {
    return texts(phrases, words(phrases, sentences));
  }

  private List<int[]> words(Phrases phrases, int sentences) {
    var words = new ArrayList<int[]>();
    for (int i = 0; i < sentences; i++) {
      words.add(phrases.draw(random));
    }
    return words;
  }

  private static List<String> texts(Phrases phrases, List<int[]> words) {
    var texts = new ArrayList<String>();
    words.forEach(sentence -> texts.add(phrases.sentence(sentence)));
    return texts;
  }

  private void add(String host, int number, Kind kind, List<String> sentences) {
    var name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    var url = "https://%s/%s/%d.html".formatted(host, name, number);
    pages.add(new WebPage(url, html("第%d篇".formatted(number + 1), sentences), kind));
  }

  private static String html(String title, List<String> sentences) {
    var paragraphs = new StringBuilder();
    for (int from = 0; from < sentences.size(); from += SENTENCES_OF_A_PARAGRAPH) {
      int end = Math.min(sentences.size(), from + SENTENCES_OF_A_PARAGRAPH);
      paragraphs
          .append("<p>")
          .append(String.join("", sentences.subList(from, end)))
          .append("</p>\n");
    }
    return """
        <!DOCTYPE html>
        <html lang="zh"><head><meta charset="utf-8"><title>%s</title>
        <style>nav { float: left }</style></head>
        <body><nav><ul><li><a href="/">首页</a></li><li><a href="/all">全部文章</a></li>
        <li><a href="/about">关于我们</a></li></ul></nav>
        <main><h1>%s</h1>
        %s</main>
        <footer>版权所有，转载请注明出处</footer><script>track("page")</script></body></html>
        """
        .formatted(title, title, paragraphs);
  }
}
