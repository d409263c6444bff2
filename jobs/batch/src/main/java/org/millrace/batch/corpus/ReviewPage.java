package org.millrace.batch.corpus;

import static org.millrace.batch.page.Html.count;
import static org.millrace.batch.page.Html.number;
import static org.millrace.batch.page.Html.percent;
import static org.millrace.batch.page.Html.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.millrace.batch.corpus.Samples.Dropped;
import org.millrace.batch.corpus.Samples.Shown;

/**
 * The review page: one HTML file without scripts and without anything from elsewhere. What it shows
 * of a corpus is escaped, once, where it's appended.
 */
final class ReviewPage {

  /** Characters of a document that are seen before it's opened. */
  private static final int PEEK = 160;

  /** A browser loads and runs nothing, whatever the page says. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private final int most;
  private final List<Judged> stages = new ArrayList<>();
  private long keptCount;
  private List<Shown> kept = List.of();
  private String perplexity = "";
  private final StringBuilder html = new StringBuilder();

  /**
   * What a stage did.
   *
   * @param kept documents that stayed
   * @param dropped those that went
   * @param also what else it counted, such as edits, by name; may be empty
   * @param rules by which they went, those of most documents first
   */
  record Judged(
      String stage, long kept, long dropped, Map<String, Long> also, Map<String, Dropped> rules) {

    private long read() {
      return kept + dropped;
    }
  }

  /**
   * @param most documents shown of each rule
   */
  ReviewPage(int most) {
    this.most = most;
  }

  /** Adds a stage; in order. */
  void add(Judged stage) {
    stages.add(stage);
  }

  /** What stayed at the end. */
  void kept(long count, List<Shown> documents) {
    keptCount = count;
    kept = documents;
  }

  /** How well the kept documents foretell texts known to be good. */
  void perplexity(double value, long texts) {
    perplexity =
        "<div><b>%s</b>perplexity of %s held-out texts <small>by an n-gram model of the kept"
                .formatted(number(value), count(texts))
            + " documents; lower is better</small></div>";
  }

  /** How many rules have dropped something. */
  int rules() {
    return stages.stream().mapToInt(stage -> stage.rules().size()).sum();
  }

  /** The page. */
  String html() {
    html.setLength(0);
    add("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>");
    add("<title>Corpus review</title>");
    add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
    add("<meta http-equiv=\"Content-Security-Policy\" content=\"", POLICY, "\"/>");
    add("<style>\n", style(), "</style></head><body>\n<header><h1>Corpus review</h1>\n");
    tiles();
    table();
    add("</header>\n<main>\n<div><h2>Dropped <small>by rule</small></h2>\n");
    if (rules() == 0) {
      add("<p>No rule dropped anything.</p>\n");
    }
    int number = 0;
    for (var stage : stages) {
      for (var rule : stage.rules().entrySet()) {
        section("r" + ++number, stage, rule.getKey(), rule.getValue());
      }
    }
    add("</div>\n<aside><h2>Kept <small>", shown(kept.size(), keptCount), "</small></h2>\n");
    kept.forEach(this::document);
    add("</aside>\n</main></body></html>\n");
    return html.toString();
  }

  private void tiles() {
    long read = stages.isEmpty() ? keptCount : stages.get(0).read();
    add("<div class=\"tiles\"><div><b>", count(read), "</b>documents read</div>");
    add("<div><b>", count(keptCount), "</b>kept, ", share(keptCount, read), "</div>");
    add("<div><b>", count(read - keptCount), "</b>dropped, ", share(read - keptCount, read));
    add("</div>", perplexity, "</div>\n");
    add("<p>Below stand documents that each rule dropped, with the value that it measured, beside");
    add(" documents that were kept; up to ", count(most), " of each, chosen by the hash of their");
    add(" ids. Choose one to read it.</p>\n");
  }

  private void table() {
    add("<div class=\"wide\"><table><tr><th>stage and rule</th><th class=\"n read\">read</th>");
    add("<th class=\"n\">dropped</th><th class=\"n\">share</th><th class=\"bar\"></th>");
    add("<th class=\"n\">kept</th></tr>\n");
    int number = 0;
    for (var stage : stages) {
      add("<tr class=\"stage\"><td>", text(stage.stage()), "</td>");
      add("<td class=\"n read\">", count(stage.read()), "</td>");
      droppedCells(stage.dropped(), stage.read());
      cell(count(stage.kept()));
      add("</tr>\n");
      for (var rule : stage.rules().entrySet()) {
        add("<tr class=\"rule\"><td><a href=\"#r" + ++number, "\">", text(rule.getKey()));
        add("</a></td><td class=\"read\"></td>");
        droppedCells(rule.getValue().count(), stage.read());
        add("<td></td></tr>\n");
      }
      if (!stage.also().isEmpty()) {
        add("<tr class=\"also\"><td colspan=\"6\">also: ", counts(stage.also()), "</td></tr>\n");
      }
    }
    add("</table></div>\n");
  }

  private static String counts(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(each -> text(each.getKey()) + " " + count(each.getValue()))
        .collect(Collectors.joining(" · "));
  }

  private void droppedCells(long dropped, long read) {
    cell(count(dropped));
    cell(share(dropped, read));
    var width = String.format(Locale.ROOT, "%.2f", read == 0 ? 0 : 100.0 * dropped / read);
    add("<td class=\"bar\">", dropped == 0 ? "" : "<i style=\"width:" + width + "%\"></i>");
    add("</td>");
  }

  private void cell(String content) {
    add("<td class=\"n\">", content, "</td>");
  }

  private void section(String anchor, Judged stage, String rule, Dropped dropped) {
    add("<section id=\"", anchor, "\"><h3>", text(rule), " <small>in ", text(stage.stage()));
    add(" · ", shown(dropped.documents().size(), dropped.count()), "</small></h3>\n");
    dropped.documents().forEach(this::document);
    add("</section>\n");
  }

  private static String shown(int shown, long all) {
    return shown == all
        ? count(all) + (all == 1 ? " document" : " documents")
        : count(shown) + " of " + count(all) + " documents";
  }

  private void document(Shown document) {
    add("<details><summary><bdi>", text(document.id()), "</bdi>");
    if (!Double.isNaN(document.value())) {
      add("<em>", value(document.value()), "</em>");
    }
    if (document.detail() != null) {
      add(" <bdi>", text(document.detail()), "</bdi>");
    }
    add("<span class=\"peek\" dir=\"auto\">", text(peek(document.text())), "</span></summary>");
    // A line end that follows <pre> would be left out.
    add("<pre dir=\"auto\">\n", text(document.text()), "</pre>");
    int length = document.text().codePointCount(0, document.text().length());
    if (length < document.length()) {
      add("<small class=\"cut\">the first ", count(length), " of ", count(document.length()));
      add(" characters</small>");
    }
    add("</details>\n");
  }

  private static String peek(String text) {
    var line = text.strip().replaceAll("\\s+", " ");
    return line.codePointCount(0, line.length()) <= PEEK
        ? line
        : line.substring(0, line.offsetByCodePoints(0, PEEK)) + "…";
  }

  private static String value(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String share(long part, long of) {
    return of == 0 ? "–" : percent((double) part / of, 1) + " %";
  }

  /** Appends markup, or text that {@code Html.text} has made harmless. */
  private void add(String... markup) {
    for (var piece : markup) {
      html.append(piece);
    }
  }

  private static String style() {
    try (var in = ReviewPage.class.getResourceAsStream("review.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
