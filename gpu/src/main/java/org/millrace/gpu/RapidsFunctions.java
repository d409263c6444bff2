package org.millrace.gpu;

import java.util.Optional;
import org.millrace.udf.ColumnarFunctions;

/**
 * The functions that have a RAPIDS version. Offers none where RAPIDS itself is not on the class
 * path, so that this jar does no harm on a cluster without it, and none that needs a CUDA kernel
 * where the jar was built without nvcc.
 */
public final class RapidsFunctions implements ColumnarFunctions {

  @Override
  public Optional<Object> columnar(String name) {
    return hasRapids() ? Optional.ofNullable(onRapids(name)) : Optional.empty();
  }

  private static Object onRapids(String name) {
    return switch (name) {
      case "step_score" -> new RapidsStepScore();
      case "minhash_signature" -> NativeLibrary.packed() ? new RapidsMinHashSignature() : null;
      case "ngram_stats" -> NativeLibrary.packed() ? new RapidsNGramStats() : null;
      case "answer_key" -> NativeLibrary.packed() ? new RapidsAnswerKey() : null;
      case "nearest_centroid" -> NativeLibrary.packed() ? new RapidsNearestCentroid() : null;
      case "cosine_top" -> NativeLibrary.packed() ? new RapidsCosineTop() : null;
      default -> null;
    };
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
