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

import java.util.HashSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.kernel.extract.SiteLines;
import org.millrace.kernel.extract.Urls;
import scala.collection.Seq;

/**
 * Removal of a site's repeated lines: pages a site, pages a line, and the lines that are on most
 * pages go out of every page of the site. A page of which nothing is left is dropped.
 */
record NavigationPass(SiteLines rule) implements Pass.Whole {

  private static final String STEP = "navigation";

  private static final StructType EDIT =
      new StructType().add("text", DataTypes.StringType).add("removed", DataTypes.LongType);

  @Override
  public Dataset<Row> apply(Dataset<Row> documents, Workshop work) {
    var placed = documents.withColumn("site", site());
    var repeated = work.checkpoint("site-lines", repeated(placed));
    work.count("site_lines", repeated.count());
    var bySite = repeated.groupBy("site").agg(collect_list("key").as("keys"));
    var without =
        udf(
            (UDF2<String, Seq<Long>, Row>)
                (text, keys) -> {
                  var set = new HashSet<Long>();
                  keys.foreach(set::add);
                  var edit = SiteLines.without(text, set);
                  return RowFactory.create(edit.text(), edit.removed());
                },
            EDIT);
    var edited =
        placed
            .join(bySite, new String[] {"site"}, "left")
            .withColumn(
                "_edit", when(col("keys").isNotNull(), without.apply(col("text"), col("keys"))));
    var text = coalesce(col("_edit.text"), col("text"));
    var removed = coalesce(col("_edit.removed"), lit(0L));
    return Fate.edited(
        edited.withColumn("text", text),
        STEP,
        when(text.equalTo(""), lit("no_text")),
        when(removed.gt(0), map(lit("lines"), removed)));
  }

  private static Column site() {
    var host =
        udf((UDF1<String, String>) url -> url == null ? null : host(url), DataTypes.StringType);
    return coalesce(host.apply(col("url")), col("source"), lit(""));
  }

  /** Null for an address without a host, such as that of a file. */
  private static String host(String url) {
    var host = Urls.host(url);
    return host == null || host.isEmpty() ? null : host;
  }

  private Dataset<Row> repeated(Dataset<Row> placed) {
    var keys =
        udf(
            (UDF1<String, long[]>) SiteLines::lineKeys,
            DataTypes.createArrayType(DataTypes.LongType, false));
    var pages =
        placed
            .groupBy("site")
            .agg(count(lit(1)).as("pages"))
            .where(col("pages").geq(rule.leastPages()));
    return placed
        .join(pages, "site")
        .select(col("site"), col("pages"), explode(keys.apply(col("text"))).as("key"))
        .groupBy("site", "key", "pages")
        .agg(count(lit(1)).as("with"))
        .where(col("with").multiply(100).geq(col("pages").multiply(rule.percent())))
        .select("site", "key");
  }
}
