package org.millrace.batch.corpus;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.kernel.extract.SiteLines;
import org.millrace.kernel.extract.Urls;

/**
 * Removal of a site's repeated lines: pages a site, pages a line, and the lines that are on most
 * pages go out of every page of the site. A page of which nothing is left is dropped.
 */
record NavigationPass(SiteLines rule) implements Pass.Whole {

  private static final String STEP = "navigation";

  /** Its own also where it follows an extraction. */
  @Override
  public String step(String given) {
    return STEP;
  }

  @Override
  public Dataset<Row> apply(Dataset<Row> documents, Workshop work) {
    var placed = documents.withColumn("site", site());
    var repeated = work.checkpoint("site-lines", repeated(placed, work));
    work.count("site_lines", repeated.count());
    var bySite = repeated.groupBy("site").agg(collect_list("key").as("keys"));
    var edited = LineEdits.of(placed.join(bySite, new String[] {"site"}, "left"));
    var removed = coalesce(col("removed"), lit(0L));
    return Fate.edited(
        edited,
        STEP,
        when(LineEdits.NOTHING_LEFT, lit("no_text")),
        when(removed.gt(0), map(lit("lines"), removed)));
  }

  private static Column site() {
    var host =
        udf((UDF1<String, String>) url -> url == null ? null : host(url), DataTypes.StringType)
            .withName("host");
    return coalesce(host.apply(col("url")), col("source"), lit(""));
  }

  /** Null for an address without a host, such as that of a file. */
  private static String host(String url) {
    var host = Urls.host(url);
    return host == null || host.isEmpty() ? null : host;
  }

  private Dataset<Row> repeated(Dataset<Row> placed, Workshop work) {
    var keys =
        udf(
                (UDF1<String, long[]>) SiteLines::lineKeys,
                DataTypes.createArrayType(DataTypes.LongType, false))
            .withName("line_keys");
    // Saved, its size is known: few sites go to the pages, and no page to its site.
    var pages =
        work.checkpoint(
            "sites",
            placed
                .groupBy("site")
                .agg(count(lit(1)).as("pages"))
                .where(col("pages").geq(rule.leastPages())));
    return placed
        .join(pages, "site")
        .select(col("site"), col("pages"), explode(keys.apply(col("text"))).as("key"))
        .groupBy("site", "key", "pages")
        .agg(count(lit(1)).as("with"))
        .where(col("with").multiply(100).geq(col("pages").multiply(rule.percent())))
        .select("site", "key");
  }
}
