package org.millrace.batch.strategies.graph;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Edges by name, and the numbers of the names: their order. */
final class EdgeTable {

  private static final StructType NODE =
      new StructType()
          .add("node", DataTypes.LongType, false)
          .add("name", DataTypes.StringType, false);

  private EdgeTable() {}

  /** {@code source, target, weight} of edges that weigh something; others are an error. */
  static Dataset<Row> checked(Dataset<Row> edges) {
    var source = col("source").cast("string");
    var target = col("target").cast("string");
    var weight = col("weight").cast("double");
    var none = lit("null");
    var error =
        raise_error(
            concat(
                lit("the edge from "),
                coalesce(source, none),
                lit(" to "),
                coalesce(target, none),
                lit(" weighs "),
                coalesce(weight.cast("string"), none),
                lit(": both ends have a name, and a weight is a number from 0")));
    var fit =
        source
            .isNotNull()
            .and(target.isNotNull())
            .and(weight.geq(0))
            .and(weight.lt(Double.POSITIVE_INFINITY));
    return edges
        .select(
            source.as("source"),
            target.as("target"),
            when(coalesce(fit, lit(false)), weight).otherwise(error.cast("double")).as("weight"))
        .where(col("weight").gt(0));
  }

  /** {@code node, name}: names from 0 in their order, byte by byte in UTF-8. */
  static Dataset<Row> nodes(Dataset<Row> checked) {
    var names =
        checked
            .select(col("source").as("name"))
            .union(checked.select(col("target").as("name")))
            .distinct()
            .orderBy("name")
            .javaRDD()
            .zipWithIndex()
            .map(numbered -> RowFactory.create(numbered._2(), numbered._1().getString(0)));
    return checked.sparkSession().createDataFrame(names, NODE);
  }

  /** {@code source, target, weight} with numbers for names, in both directions. */
  static Dataset<Row> numbered(Dataset<Row> checked, Dataset<Row> nodes) {
    var once =
        checked
            .join(nodes.select(col("name").as("source"), col("node").as("a")), "source")
            .join(nodes.select(col("name").as("target"), col("node").as("b")), "target");
    return once.select("a", "b", "weight").union(once.where("a <> b").select("b", "a", "weight"));
  }
}
