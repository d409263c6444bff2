package org.millrace.batch.corpus;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.kernel.clean.Pangu;
import org.millrace.kernel.extract.SiteLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Keeps each line, which is PanGu's paragraph, only in the first document that has it, by {@link
 * Place}. White space and compatibility forms make no difference.
 */
@Command(
    name = "lines",
    description = "Takes out lines (paragraphs) that an earlier document, by doc_id, has too.")
final class LinesStep implements Step, Pass.Whole {

  private static final String STEP = "lines";

  @Option(
      names = "--characters",
      defaultValue = "30",
      description = "Shorter lines stay wherever they are.")
  int characters;

  @Override
  public List<Pass> passes() {
    return List.of(this);
  }

  @Override
  public Dataset<Row> apply(Dataset<Row> documents, Workshop work) {
    int shortest = characters;
    var keys =
        udf(
                (UDF1<String, long[]>) text -> keys(text, shortest),
                DataTypes.createArrayType(DataTypes.LongType, false))
            .withName("line_keys");
    var lines = documents.select(col("doc_id"), explode(keys.apply(col("text"))).as("key"));
    var firsts =
        lines
            .groupBy("key")
            .agg(
                count(lit(1)).as("copies"),
                min(Place.of(col("doc_id"))).getField("doc_id").as("first"))
            .where(col("copies").gt(1));
    var repeated =
        lines
            .join(firsts, "key")
            .where(col("doc_id").notEqual(col("first")))
            .groupBy("doc_id")
            .agg(collect_list("key").as("keys"));
    var edited = LineEdits.of(documents.join(repeated, new String[] {"doc_id"}, "left"));
    var removed = coalesce(col("removed"), lit(0L));
    return Fate.edited(
        edited,
        STEP,
        when(LineEdits.NOTHING_LEFT, lit("no_text")),
        when(removed.gt(0), map(lit("lines"), removed)));
  }

  private static long[] keys(String text, int shortest) {
    var longOnes =
        text.lines()
            .filter(line -> Pangu.key(line).codePoints().count() >= shortest)
            .collect(Collectors.joining("\n"));
    return SiteLines.lineKeys(longOnes);
  }
}
