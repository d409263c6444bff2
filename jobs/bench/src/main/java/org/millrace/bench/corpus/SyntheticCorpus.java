package org.millrace.bench.corpus;

import java.util.SplittableRandom;

/**
 * A made-up crawl: any document of it can be made alone, by its number. Of a hundred documents some
 * are copies of another of the hundred, exact ones and near ones, whose Jaccard similarity is
 * spread over .6 to 1. No document has two copies.
 *
 * <p>Three of four documents are Chinese-like; lengths are log-normal, median 700 characters, as
 * crawled pages have it; a tenth are shorter than a tenth of that.
 *
 * @param seed of everything
 * @param near near copies in a hundred documents, 0 to 25
 * @param exact exact copies in a hundred documents, 0 to 25
 */
record SyntheticCorpus(long seed, int near, int exact) {

  private static final int BLOCK = 100;
  private static final int FIRST_EXACT = 25;
  private static final int ORIGINALS = 50;
  private static final int SITES = 5_000;

  /** Of the text of a document, about, in characters. */
  private static final int MEDIAN = 700;

  private static final int LONGEST = 60_000;
  private static final double LEAST_SIMILARITY = .6;
  private static final int SPANS = 3;

  SyntheticCorpus {
    if (near < 0 || near > FIRST_EXACT || exact < 0 || exact > FIRST_EXACT) {
      throw new IllegalArgumentException("0 to 25 copies of each kind in a hundred documents");
    }
  }

  /** Whether a document is an edited copy, of {@link #original}. */
  boolean isNearCopy(long number) {
    return number % BLOCK < near;
  }

  private boolean isExactCopy(long number) {
    long place = number % BLOCK;
    return place >= FIRST_EXACT && place < FIRST_EXACT + exact;
  }

  /** The document that one is a copy of; itself if it is none. */
  long original(long number) {
    return isNearCopy(number) || isExactCopy(number) ? number + ORIGINALS : number;
  }

  /** The name of a document. */
  static String id(long number) {
    return "doc-%09d".formatted(number);
  }

  /** A document without what is around it on its page. */
  String text(long number) {
    long original = original(number);
    var random = random(original, 1);
    var language = random.nextInt(4) == 0 ? PseudoLanguage.ENGLISH : PseudoLanguage.CHINESE;
    int scale = language == PseudoLanguage.ENGLISH ? 3 : 1;
    double normal = normal(random);
    int characters = (int) Math.min(LONGEST, scale * MEDIAN * Math.exp(normal));
    var text = language.text(random, Math.max(20, characters));
    return isNearCopy(number) ? edited(text, language, random(number, 2)) : text;
  }

  private SplittableRandom random(long number, int purpose) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number * 4 + purpose);
  }

  /** Of 12 uniform numbers, which is near enough. */
  private static double normal(SplittableRandom random) {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }

  /** With a share d of its characters replaced, in a few runs: a similarity of (1-d)/(1+d). */
  private static String edited(String text, PseudoLanguage language, SplittableRandom random) {
    double similarity = LEAST_SIMILARITY + (1 - LEAST_SIMILARITY) * random.nextDouble();
    int replaced = (int) (text.length() * (1 - similarity) / (1 + similarity)) / SPANS;
    var edited = new StringBuilder(text);
    for (int i = 0; i < SPANS; i++) {
      int from = (i * text.length() + random.nextInt(text.length() - replaced * SPANS + 1)) / SPANS;
      var other = language.text(random, replaced + 1);
      edited.replace(from, from + replaced, other.substring(0, replaced));
    }
    return edited.toString();
  }

  /** The address of a document's page; few sites have many pages, many have few. */
  String url(long number) {
    return "https://www.site%d.example/%d/%d.html".formatted(site(number), number % 97, number);
  }

  private int site(long number) {
    return (int) Math.pow(SITES, random(number, 3).nextDouble());
  }

  /** The page of a document: the text between a site's navigation, styles, scripts and footer. */
  String html(long number) {
    var text = text(number);
    int site = site(number);
    var random = new SplittableRandom(site);
    var language = PseudoLanguage.CHINESE;
    var title = language.heading(random(original(number), 0));
    var page = new StringBuilder(text.length() + 3000);
    page.append("<!DOCTYPE html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\">\n<title>")
        .append(title)
        .append("</title>\n<style>");
    for (int i = 0; i < 12; i++) {
      page.append(".c%d{margin:%dpx;color:#%06x}\n".formatted(i, i, random.nextInt(1 << 24)));
    }
    page.append("</style>\n<script>var site=").append(site).append(";track(site);</script></head>");
    page.append("<body>\n<nav><ul>\n");
    for (int i = 0; i < 8; i++) {
      page.append("<li><a href=\"/%d/\">%s</a></li>\n".formatted(i, language.heading(random)));
    }
    page.append("</ul></nav>\n<article><h1>").append(title).append("</h1>\n");
    text.lines().forEach(line -> page.append("<p>").append(line).append("</p>\n"));
    page.append("</article>\n<footer>");
    for (int i = 0; i < 4; i++) {
      page.append("<p class=\"c%d\">%s</p>\n".formatted(i, language.heading(random)));
    }
    return page.append("</footer></body></html>\n").toString();
  }
}
