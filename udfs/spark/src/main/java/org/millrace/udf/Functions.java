package org.millrace.udf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;

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
    ServiceLoader.load(FunctionProvider.class)
        .forEach(provider -> functions.addAll(provider.functions()));
    ServiceLoader.load(ColumnarFunctions.class).forEach(columnar -> replace(functions, columnar));
    return List.copyOf(functions);
  }

  private static void replace(List<SqlFunction> functions, ColumnarFunctions columnar) {
    functions.replaceAll(
        function -> columnar.columnar(function.name()).map(function::with).orElse(function));
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
    register(spark, name -> Optional.empty());
  }

  /** Registers all functions, those that the service has in its version before any other. */
  public static void register(SparkSession spark, ColumnarFunctions columnar) {
    var functions = new ArrayList<>(all());
    replace(functions, columnar);
    var registry =
        ((org.apache.spark.sql.classic.SparkSession) spark).sessionState().functionRegistry();
    for (var function : functions) {
      registry.registerFunction(
          new FunctionIdentifier(function.name()), SqlCalls.info(function), SqlCalls.of(function));
    }
  }
}
