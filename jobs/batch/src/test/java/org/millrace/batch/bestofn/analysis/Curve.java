package org.millrace.batch.bestofn.analysis;

import java.util.List;
import java.util.stream.IntStream;
import org.millrace.schema.CurvePoint;

/** Points of a curve for tests. */
final class Curve {

  private Curve() {}

  /** An exact curve over 10 prompts. */
  static List<CurvePoint> exact(String selector, int[] ks, double... values) {
    return of(selector, "exact", ks, values);
  }

  static List<CurvePoint> of(String selector, String method, int[] ks, double... values) {
    return IntStream.range(0, ks.length)
        .mapToObj(
            i ->
                CurvePoint.newBuilder()
                    .setSelector(selector)
                    .setK(ks[i])
                    .setValue(values[i])
                    .setStderr(0)
                    .setPrompts(10)
                    .setExcluded(0)
                    .setMethod(method)
                    .setSamplingError(0)
                    .build())
        .toList();
  }
}
