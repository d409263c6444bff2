package org.millrace.udf;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.api.java.UDF5;
import org.apache.spark.sql.api.java.UDF6;
import org.apache.spark.sql.api.java.UDF7;

/**
 * The registry of the suite's SQL functions. {@link MillraceExtensions} brings them into a session
 * by configuration; {@link #register} into one that is already open.
 */
public final class Functions {

  private Functions() {}

  /**
   * All functions, those of other jars on the class path behind our own, each in its columnar
   * version where such a jar has one.
   */
  public static List<SqlFunction> all() {
    var functions = new ArrayList<SqlFunction>();
    functions.addAll(BestOfNFunctions.all());
    functions.addAll(VerifyFunctions.all());
    functions.addAll(TextFunctions.all());
    functions.addAll(CleanFunctions.all());
    functions.addAll(DedupFunctions.all());
    functions.addAll(VectorFunctions.all());
    for (var provider : ServiceLoader.load(FunctionProvider.class)) {
      functions.addAll(provider.functions());
    }
    for (var provider : ServiceLoader.load(ColumnarFunctions.class)) {
      functions.replaceAll(
          function -> provider.columnar(function.name()).map(function::with).orElse(function));
    }
    return List.copyOf(functions);
  }

  /** The functions as a table in Markdown. */
  public static String markdown() {
    var table = new StringBuilder("| function | what it computes | example |\n|---|---|---|\n");
    for (var function : all()) {
      table.append(
          "| `%s(%s)` | %s | `%s` = `%s` |%n"
              .formatted(
                  function.name(),
                  function.arguments(),
                  function.description(),
                  function.example(),
                  function.result()));
    }
    return table.toString();
  }

  /** Registers all functions as temporary functions of a session. */
  public static void register(SparkSession spark) {
    for (var function : all()) {
      var name = function.name();
      var type = function.type();
      var registration = spark.udf();
      switch (function.arity()) {
        case 1 -> registration.register(name, (UDF1<?, ?>) function.udf(), type);
        case 2 -> registration.register(name, (UDF2<?, ?, ?>) function.udf(), type);
        case 3 -> registration.register(name, (UDF3<?, ?, ?, ?>) function.udf(), type);
        case 4 -> registration.register(name, (UDF4<?, ?, ?, ?, ?>) function.udf(), type);
        case 5 -> registration.register(name, (UDF5<?, ?, ?, ?, ?, ?>) function.udf(), type);
        case 6 -> registration.register(name, (UDF6<?, ?, ?, ?, ?, ?, ?>) function.udf(), type);
        case 7 -> registration.register(name, (UDF7<?, ?, ?, ?, ?, ?, ?, ?>) function.udf(), type);
        default -> throw new IllegalStateException(name + " has too many arguments");
      }
    }
  }
}
