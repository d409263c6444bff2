package org.millrace.gpu;

import java.util.Optional;
import org.millrace.udf.ColumnarFunctions;

/**
 * The functions that have a RAPIDS version. Offers none where RAPIDS itself is not on the class
 * path, so that this jar does no harm on a cluster without it.
 */
public final class RapidsFunctions implements ColumnarFunctions {

  @Override
  public Optional<Object> columnar(String name) {
    return name.equals("step_score") && hasRapids()
        ? Optional.of(new RapidsStepScore())
        : Optional.empty();
  }

  private static boolean hasRapids() {
    try {
      Class.forName("com.nvidia.spark.RapidsUDF", false, RapidsFunctions.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
