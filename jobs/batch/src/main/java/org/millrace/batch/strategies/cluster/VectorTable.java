package org.millrace.batch.strategies.cluster;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.millrace.kernel.strategy.cluster.Centres;
import org.millrace.kernel.strategy.cluster.Points;

/**
 * Rows with an id and a vector: which of them can be clustered, and the labels of those. As many
 * numbers as most vectors have are the dimensions, of equally many the fewest. All in built-in SQL
 * and one function.
 */
final class VectorTable {

  private static final String WHY = "reason";
  private static final String OWN = "own centre";

  private final Dataset<Row> judged;
  private final int dimensions;

  private VectorTable(Dataset<Row> judged, int dimensions) {
    this.judged = judged;
    this.dimensions = dimensions;
  }

  /** The table of {@code id, vector}; other columns are left out. */
  static VectorTable of(Dataset<Row> table) {
    var rows = table.select(id(table), vector(table));
    var length = array_size(col("vector"));
    var most =
        rows.where(bad().isNull().and(length.gt(0)))
            .groupBy(length.as("length"))
            .agg(count(lit(1)).as("rows"))
            .orderBy(col("rows").desc(), col("length"))
            .limit(1)
            .collectAsList();
    int dimensions = most.isEmpty() ? 0 : most.get(0).getInt(0);
    var strange =
        when(
            length.notEqual(dimensions),
            concat(
                lit("a vector of "),
                length.cast("string"),
                lit(" numbers among those of " + dimensions)));
    return new VectorTable(rows.withColumn(WHY, functions.coalesce(bad(), strange)), dimensions);
  }

  private static Column id(Dataset<Row> table) {
    var type = type(table, "id");
    if (type.equals(DataTypes.StringType) || type.equals(DataTypes.LongType)) {
      return col("id");
    }
    if (type.equals(DataTypes.IntegerType)) {
      return col("id").cast("long");
    }
    throw new IllegalArgumentException(
        "id is %s: give each vector a string or a whole number".formatted(type.simpleString()));
  }

  private static Column vector(Dataset<Row> table) {
    var type = type(table, "vector");
    if (!(type instanceof ArrayType array && array.elementType() instanceof NumericType)) {
      throw new IllegalArgumentException(
          "vector is %s: it must be an array of numbers".formatted(type.simpleString()));
    }
    boolean kept =
        array.elementType().equals(DataTypes.FloatType)
            || array.elementType().equals(DataTypes.DoubleType);
    return kept ? col("vector") : col("vector").cast("array<double>").as("vector");
  }

  private static DataType type(Dataset<Row> table, String name) {
    var schema = table.schema();
    if (!schema.getFieldIndex(name).isDefined()) {
      throw new IllegalArgumentException(
          "no column %s among %s".formatted(name, String.join(", ", schema.fieldNames())));
    }
    return schema.apply(name).dataType();
  }

  /** Why a row can't be clustered whatever the others are; null where it can. */
  private static Column bad() {
    // NaN is larger than any number in SQL.
    return when(col("id").isNull(), "no id")
        .when(col("vector").isNull(), "no vector")
        .when(
            exists(col("vector"), x -> x.isNull().or(not(abs(x).leq(lit(Points.LARGEST))))),
            "a number is null, NaN, infinite or beyond %s".formatted(Points.LARGEST));
  }

  /** Numbers of a vector; 0 if no row can be clustered. */
  int dimensions() {
    return dimensions;
  }

  /** Whether the vectors are of single precision. */
  boolean floats() {
    return ((ArrayType) judged.schema().apply("vector").dataType())
        .elementType()
        .equals(DataTypes.FloatType);
  }

  /** Whether ids are numbers. */
  boolean numbered() {
    return judged.schema().apply("id").dataType().equals(DataTypes.LongType);
  }

  /** {@code id, vector} of rows that can be clustered. */
  Dataset<Row> accepted() {
    return judged.where(col(WHY).isNull()).drop(WHY);
  }

  /** {@code id, vector, reason} of the others. */
  Dataset<Row> rejected() {
    return judged.where(col(WHY).isNotNull());
  }

  /** {@code id, cluster, d2} of those that can. */
  Dataset<Row> labels(Centres centres) {
    var rows = new double[centres.count()][];
    for (int c = 0; c < rows.length; c++) {
      rows[c] = centres.centre(c);
    }
    var places = lit(rows);
    // Not zip_with, which RAPIDS leaves to the CPU.
    var differences = transform(col("vector"), (x, i) -> x.cast("double").minus(get(col(OWN), i)));
    return accepted()
        .withColumn("cluster", call_function("nearest_centroid", col("vector"), places))
        .withColumn(OWN, element_at(places, col("cluster").plus(1)))
        .withColumn(
            "d2", aggregate(transform(differences, d -> d.multiply(d)), lit(0.0), Column::plus))
        .select("id", "cluster", "d2");
  }
}
