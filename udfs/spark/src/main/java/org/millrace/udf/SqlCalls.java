package org.millrace.udf;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Optional;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.api.java.UDF5;
import org.apache.spark.sql.api.java.UDF6;
import org.apache.spark.sql.api.java.UDF7;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.types.ArrayType;
import scala.Function1;
import scala.Function2;
import scala.Function3;
import scala.Function4;
import scala.Function5;
import scala.Function6;
import scala.Function7;
import scala.Option;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** What a session makes of a call of a function in SQL. */
final class SqlCalls {

  private SqlCalls() {}

  /** The builder of a function's calls. */
  static Function1<Seq<Expression>, Expression> of(SqlFunction function) {
    return arguments -> call(function, arguments);
  }

  /** What {@code DESCRIBE FUNCTION} says. */
  static ExpressionInfo info(SqlFunction function) {
    return new ExpressionInfo(
        function.udf().getClass().getName(),
        null,
        function.name(),
        "_FUNC_(" + function.arguments() + ") - " + function.description(),
        "");
  }

  @SuppressWarnings("unchecked")
  private static Expression call(SqlFunction function, Seq<Expression> arguments) {
    if (arguments.length() != function.arity()) {
      throw new IllegalArgumentException(
          "%s takes %d arguments (%s), not %d"
              .formatted(
                  function.name(), function.arity(), function.arguments(), arguments.length()));
    }
    var constants = constants(function, arguments);
    return constants.isPresent()
        ? call(function, wrap(constants.get()), (Seq) arguments.take(1))
        : call(function, scalaFunction(function), arguments);
  }

  @SuppressWarnings("unchecked")
  private static Expression call(
      SqlFunction function, Object scalaFunction, Seq<Expression> arguments) {
    return new ScalaUDF(
        scalaFunction,
        function.type(),
        arguments,
        (Seq) Nil$.MODULE$,
        Option.empty(),
        Option.apply(function.name()),
        true,
        true);
  }

  /** The function with all arguments but the first taken in, if it does that and they allow it. */
  @SuppressWarnings("unchecked")
  private static Optional<UDF1<Object, Object>> constants(
      SqlFunction function, Seq<Expression> arguments) {
    // A packed vector is no array; only the CPU's version reads it.
    if (!(function.udf() instanceof TakesConstants takes)
        || !(arguments.head().dataType() instanceof ArrayType)) {
      return Optional.empty();
    }
    var values = new ArrayList<Object>();
    for (var argument : CollectionConverters.asJava((Seq<Expression>) arguments.tail())) {
      var value = argument.foldable() ? argument.eval(InternalRow.empty()) : null;
      if (value == null) {
        return Optional.empty();
      }
      values.add(CatalystTypeConverters.convertToScala(value, argument.dataType()));
    }
    return Optional.of((UDF1<Object, Object>) takes.with(values));
  }

  // Spark takes a Java UDF wrapped in a Scala function; RAPIDS looks for it among the captures.
  @SuppressWarnings("unchecked")
  private static Object scalaFunction(SqlFunction function) {
    var udf = function.udf();
    return switch (function.arity()) {
      case 1 -> wrap((UDF1<Object, Object>) udf);
      case 2 -> wrap((UDF2<Object, Object, Object>) udf);
      case 3 -> wrap((UDF3<Object, Object, Object, Object>) udf);
      case 4 -> wrap((UDF4<Object, Object, Object, Object, Object>) udf);
      case 5 -> wrap((UDF5<Object, Object, Object, Object, Object, Object>) udf);
      case 6 -> wrap((UDF6<Object, Object, Object, Object, Object, Object, Object>) udf);
      case 7 -> wrap((UDF7<Object, Object, Object, Object, Object, Object, Object, Object>) udf);
      default -> throw new IllegalStateException(function.name() + " has too many arguments");
    };
  }

  private static Object wrap(UDF1<Object, Object> udf) {
    return (Function1<Object, Object> & Serializable) a -> unchecked(() -> udf.call(a));
  }

  private static Object wrap(UDF2<Object, Object, Object> udf) {
    return (Function2<Object, Object, Object> & Serializable)
        (a, b) -> unchecked(() -> udf.call(a, b));
  }

  private static Object wrap(UDF3<Object, Object, Object, Object> udf) {
    return (Function3<Object, Object, Object, Object> & Serializable)
        (a, b, c) -> unchecked(() -> udf.call(a, b, c));
  }

  private static Object wrap(UDF4<Object, Object, Object, Object, Object> udf) {
    return (Function4<Object, Object, Object, Object, Object> & Serializable)
        (a, b, c, d) -> unchecked(() -> udf.call(a, b, c, d));
  }

  private static Object wrap(UDF5<Object, Object, Object, Object, Object, Object> udf) {
    return (Function5<Object, Object, Object, Object, Object, Object> & Serializable)
        (a, b, c, d, e) -> unchecked(() -> udf.call(a, b, c, d, e));
  }

  private static Object wrap(UDF6<Object, Object, Object, Object, Object, Object, Object> udf) {
    return (Function6<Object, Object, Object, Object, Object, Object, Object> & Serializable)
        (a, b, c, d, e, f) -> unchecked(() -> udf.call(a, b, c, d, e, f));
  }

  private static Object wrap(
      UDF7<Object, Object, Object, Object, Object, Object, Object, Object> udf) {
    return (Function7<Object, Object, Object, Object, Object, Object, Object, Object>
            & Serializable)
        (a, b, c, d, e, f, g) -> unchecked(() -> udf.call(a, b, c, d, e, f, g));
  }

  private interface Call {
    Object run() throws Exception;
  }

  // Spark catches what a UDF throws and names the function; it expects no checked wrapper.
  private static Object unchecked(Call call) {
    try {
      return call.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
