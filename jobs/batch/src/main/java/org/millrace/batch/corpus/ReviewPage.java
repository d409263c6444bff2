package org.millrace.batch.corpus;

import static org.millrace.batch.page.Html.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.millrace.batch.corpus.Samples.Dropped;
import org.millrace.batch.corpus.Samples.Shown;

/** The review page: one HTML file without scripts; what it shows of a corpus is escaped. */
final class ReviewPage {

  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; margin: 0; color: #1c2126; background: #f5f6f7 }
      header, section { padding: 1rem 2rem }
      header { background: #fff; border-bottom: 1px solid #d8dce0 }
      h1 { font-size: 1.3rem; margin: 0 }
      h2 { font-size: 1.05rem; margin: .2rem 0 .6rem }
      .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; align-items: start }
      details { background: #fff; border: 1px solid #d8dce0; border-radius: 6px; margin: .4rem 0 }
      summary { cursor: pointer; padding: .4rem .7rem; overflow-wrap: anywhere }
      .gone summary { border-left: 4px solid #c2410c }
      .stay summary { border-left: 4px solid #15803d }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; padding: .5rem .9rem 1rem;
        font: inherit; max-height: 24rem; overflow-y: auto; border-top: 1px solid #eceef0 }
      small { color: #5b6570 }
      table { border-collapse: collapse } td, th { padding: .15rem .9rem .15rem 0; text-align: left }
      td.n { text-align: right; font-variant-numeric: tabular-nums }
      @media (max-width: 50rem) { .pair { grid-template-columns: 1fr } }
      """;

  private final int most;
  private final StringBuilder rows = new StringBuilder();
  private final StringBuilder sections = new StringBuilder();
  private long keptCount;
  private List<Shown> kept = List.of();
  private String perplexity = "";
  private int rules;

  /**
   * @param most documents shown of each rule
   */
  ReviewPage(int most) {
    this.most = most;
  }

  /** Adds what a stage dropped, by rule. */
  void add(String stage, Map<String, Dropped> dropped) {
    dropped.forEach(
        (rule, documents) -> {
          rules++;
          var anchor = "r" + rules;
          rows.append(
              "<tr><td>%s</td><td><a href=\"#%s\">%s</a></td><td class=\"n\">%s</td></tr>%n"
                  .formatted(text(stage), anchor, text(rule), number(documents.count())));
          sections.append(
              """
              <section id="%s"><h2>%s <small>%s dropped by %s</small></h2>
              <div class="pair"><div class="gone">%s</div><div class="stay">%%STAY%%</div></div>
              </section>
              """
                  .formatted(
                      anchor,
                      text(rule),
                      number(documents.count()),
                      text(stage),
                      list(documents.documents())));
        });
  }

  /** What stayed at the end; shown beside every rule. */
  void kept(long count, List<Shown> documents) {
    keptCount = count;
    kept = documents;
  }

  /** How well the kept documents foretell texts known to be good. */
  void perplexity(double value, long texts) {
    perplexity =
        "<p>Perplexity of %s held-out texts by an n-gram model of the kept documents: <b>%s</b></p>"
            .formatted(number(texts), String.format(Locale.ROOT, "%,.2f", value));
  }

  /** How many rules have dropped something. */
  int rules() {
    return rules;
  }

  String html() {
    var stay = list(kept);
    return """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"/><title>Corpus review</title>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <style>%s</style></head><body>
        <header><h1>Corpus review</h1>
        <p>%s documents kept. On the left what a rule dropped, on the right documents that stayed;
        up to %d of each, chosen by the hash of their ids.</p>%s
        <table><tr><th>stage</th><th>rule</th><th>dropped</th></tr>
        %s</table></header>
        %s</body></html>
        """
        .formatted(
            STYLE,
            number(keptCount),
            most,
            perplexity,
            rows,
            rules == 0
                ? "<section><p>No rule dropped anything.</p>" + stay + "</section>"
                : sections.toString().replace("%STAY%", stay));
  }

  private static String list(List<Shown> documents) {
    var list = new StringBuilder();
    for (var document : documents) {
      list.append("<details><summary>").append(text(document.id()));
      if (!Double.isNaN(document.value())) {
        list.append(" <small>").append(value(document.value())).append("</small>");
      }
      if (document.detail() != null) {
        list.append(" <small>").append(text(document.detail())).append("</small>");
      }
      list.append("</summary><pre dir=\"auto\">")
          .append(text(document.text()))
          .append("</pre></details>\n");
    }
    return list.toString();
  }

  private static String value(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
