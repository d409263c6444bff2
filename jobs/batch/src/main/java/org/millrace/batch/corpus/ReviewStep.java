package org.millrace.batch.corpus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.command.UserError;
import org.millrace.kernel.model.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A page to judge thresholds by: samples of what stayed and of what each rule dropped. */
@Command(
    name = "review",
    description =
        "Writes review.html: samples of what was kept and of what each rule dropped, side by side.")
final class ReviewStep implements Step, Pass.Side {

  /** The file that the step leaves in its folder. */
  static final String PAGE = "review.html";

  @Option(
      names = "--samples",
      defaultValue = "20",
      description = "Documents shown of each rule, and of those that stayed.")
  int samples;

  @Option(
      names = "--held-out",
      split = ",",
      description =
          "Texts known to be good: their perplexity by an n-gram model of the kept documents is"
              + " told; lower is better. .jsonl or Parquet with a column text, or .txt.")
  List<String> heldOut = new ArrayList<>();

  @Option(
      names = "--units",
      defaultValue = "characters",
      description = "What the n-gram model reads: characters for Chinese, words for English.")
  Units units;

  @Option(names = "--order", defaultValue = "3", description = "Longest n-gram, 1 to 5.")
  int order;

  @Override
  public void check() {
    if (samples < 1 || order < 1 || order > 5) {
      throw UserError.usage("review: samples is 1 or more, order 1 to 5");
    }
  }

  @Override
  public List<Pass> passes() {
    return List.of(this);
  }

  @Override
  public void apply(Dataset<Row> documents, List<Stage> earlier, Workshop work) throws Exception {
    var page = new ReviewPage(samples);
    for (var stage : earlier) {
      page.add(judged(stage));
    }
    page.kept(documents.count(), Samples.kept(documents, samples));
    if (!heldOut.isEmpty()) {
      var perplexity = new Perplexity(units, order);
      var texts = heldOut(work);
      double value = perplexity.of(documents, texts);
      page.perplexity(value, texts.count());
      work.count("held_out_perplexity_x1000", Math.round(1000 * value));
    }
    work.write(PAGE, page.html());
    work.count("rules", page.rules());
  }

  private ReviewPage.Judged judged(Stage stage) throws IOException {
    var found = stage.finished().orElseThrow();
    var prefix = stage.name() + ".";
    var counts = new TreeMap<String, Long>();
    found
        .counts()
        .forEach(
            (name, n) -> {
              if (name.startsWith(prefix)) {
                counts.put(name.substring(prefix.length()), n);
              }
            });
    long kept = counts.remove("kept");
    long dropped = counts.remove("dropped");
    return new ReviewPage.Judged(
        stage.name(), kept, dropped, counts, Samples.byRule(stage.dropped(), samples));
  }

  private Dataset<Row> heldOut(Workshop work) {
    Dataset<Row> all = null;
    for (var path : heldOut) {
      var texts = Texts.read(work.spark(), "review.held-out", path, List.of("text"));
      all = all == null ? texts : all.union(texts);
    }
    return all;
  }
}
