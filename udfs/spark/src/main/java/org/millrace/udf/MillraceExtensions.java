package org.millrace.udf;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import scala.Function1;
import scala.Tuple3;
import scala.runtime.BoxedUnit;

/**
 * Brings the functions into every session of a program, such as {@code spark-sql}, by {@code
 * spark.sql.extensions=org.millrace.udf.MillraceExtensions}.
 */
public final class MillraceExtensions implements Function1<SparkSessionExtensions, BoxedUnit> {

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    for (var function : Functions.all()) {
      extensions.injectFunction(
          new Tuple3<>(
              new FunctionIdentifier(function.name()),
              SqlCalls.info(function),
              SqlCalls.of(function)));
    }
    return BoxedUnit.UNIT;
  }
}
