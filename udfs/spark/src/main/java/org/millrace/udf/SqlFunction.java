package org.millrace.udf;

import static java.util.Objects.requireNonNull;

import org.apache.spark.sql.types.DataType;

/**
 * One SQL function of the suite: what users read about it, and the Spark UDF behind it.
 *
 * @param name snake_case name in SQL
 * @param arguments argument names in order, comma-separated
 * @param description one sentence: what it computes, units and ranges
 * @param example a SQL expression that calls it on literals
 * @param result what the example gives, as Spark's {@code cast(… as string)} prints it
 * @param type type of the result
 * @param udf a {@code UDF1} to {@code UDF7}; on a GPU the columnar subclass of it
 */
public record SqlFunction(
    String name,
    String arguments,
    String description,
    String example,
    String result,
    DataType type,
    Object udf) {

  public SqlFunction {
    requireNonNull(name, "name is null");
    requireNonNull(arguments, "arguments is null");
    requireNonNull(description, "description is null");
    requireNonNull(example, "example is null");
    requireNonNull(result, "result is null");
    requireNonNull(type, "type is null");
    requireNonNull(udf, "udf is null");
  }

  /** How many arguments the function takes. */
  public int arity() {
    return arguments.split(",").length;
  }

  SqlFunction with(Object columnar) {
    return new SqlFunction(name, arguments, description, example, result, type, columnar);
  }
}
