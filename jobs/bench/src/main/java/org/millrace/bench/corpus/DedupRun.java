package org.millrace.bench.corpus;

import static org.apache.spark.sql.functions.col;

import java.nio.file.Path;
import java.util.HashMap;
import org.apache.spark.sql.SparkSession;
import org.millrace.kernel.dedup.Bands;
import org.millrace.kernel.dedup.Jaccard;
import org.millrace.kernel.dedup.Shingles;

/**
 * The step {@code dedup} alone, timed once it has run on a small corpus; prints the time, and how
 * many of the planted near copies it found beside what the formula says.
 */
public final class DedupRun {

  /** Before the line with wall and CPU seconds. */
  static final String TIME = "@time ";

  /** Before the line with planted near copies, found, expected, standard deviation. */
  static final String RECALL = "@recall ";

  /** What is a copy, here and in {@link MlLibRun}. */
  static final double THRESHOLD = .7;

  private DedupRun() {}

  /**
   * Runs the job.
   *
   * @param arguments small corpus, corpus, its documents, folder for results, the corpus' seed and
   *     rates
   */
  public static void main(String[] arguments) throws Exception {
    var results = Path.of(arguments[3]);
    dedup(arguments[0], results.resolve("warm").toString());
    var output = results.resolve("dedup");
    var time = Machine.timed(() -> dedup(arguments[1], output.toString()));
    System.out.printf(TIME + "%.3f %.3f%n", time.wall(), time.cpu());
    var corpus =
        new SyntheticCorpus(
            Long.parseLong(arguments[4]),
            Integer.parseInt(arguments[5]),
            Integer.parseInt(arguments[6]));
    recall(corpus, Long.parseLong(arguments[2]), output.resolve("02-dedup/dropped"));
  }

  private static void dedup(String input, String output) {
    Machine.corpus("--input", input, "--steps", "dedup", "--output", output);
  }

  private static void recall(SyntheticCorpus corpus, long documents, Path dropped) {
    var copies = new HashMap<String, String>();
    SparkSession.active()
        .read()
        .parquet(dropped.toString())
        .where(col("rule").equalTo("near_duplicate"))
        .select("doc_id", "detail")
        .collectAsList()
        .forEach(row -> copies.put(row.getString(0), row.getString(1)));
    var shingles = Shingles.of(Shingles.Unit.CHARACTERS, Shingles.SIZE);
    int planted = 0;
    int found = 0;
    double expected = 0;
    double variance = 0;
    for (long number = 0; number < documents; number++) {
      long original = corpus.original(number);
      if (!corpus.isNearCopy(number) || original >= documents) {
        continue;
      }
      double similarity = Jaccard.of(shingles, corpus.text(number), corpus.text(original));
      if (similarity >= THRESHOLD && similarity < 1) {
        planted++;
        double chance = Bands.BALANCED.probability(similarity);
        expected += chance;
        variance += chance * (1 - chance);
        var first = SyntheticCorpus.id(number);
        var second = SyntheticCorpus.id(original);
        found += second.equals(copies.get(first)) || first.equals(copies.get(second)) ? 1 : 0;
      }
    }
    System.out.printf(RECALL + "%d %d %.2f %.2f%n", planted, found, expected, Math.sqrt(variance));
  }
}
