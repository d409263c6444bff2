package org.millrace.batch.strategies.page;

import java.util.Locale;
import java.util.stream.IntStream;
import org.millrace.kernel.strategy.Draws;
import org.millrace.kernel.strategy.embed.Plane;

/**
 * Clusters drawn in two dimensions.
 *
 * @param what is drawn, in plural
 * @param size how many there are, drawn or not
 * @param clusters how many
 * @param svg the drawing
 */
public record Drawing(String what, int size, int clusters, String svg) {

  private static final int MOST = 2000;
  private static final int WIDTH = 560;
  private static final int HEIGHT = 420;
  private static final int EDGE = 14;
  private static final int COLOURS = 8;

  /**
   * Draws vectors, a part of them where there are many.
   *
   * @param what they are, in plural
   * @param vectors at least one, of one length
   * @param labels each one's cluster, from 0
   * @param clusters how many
   */
  public static Drawing of(String what, double[][] vectors, int[] labels, int clusters) {
    var shown =
        IntStream.range(0, vectors.length)
            .boxed()
            .sorted((a, b) -> Long.compare(Draws.key(1, a), Draws.key(1, b)))
            .limit(MOST)
            .mapToInt(Integer::intValue)
            .toArray();
    var plane = Plane.of(IntStream.of(shown).mapToObj(i -> vectors[i]).toArray(double[][]::new));
    var at = IntStream.of(shown).mapToObj(i -> plane.at(vectors[i])).toArray(double[][]::new);
    var scale = new Scale(at);
    var svg = new StringBuilder();
    svg.append(
        "<figure><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s in %d clusters\">"
            .formatted(WIDTH, HEIGHT, what, clusters));
    var sums = new double[clusters][3];
    for (int i = 0; i < shown.length; i++) {
      int label = labels[shown[i]];
      sums[label][0] += scale.x(at[i]);
      sums[label][1] += scale.y(at[i]);
      sums[label][2]++;
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" class=\"c%d\"/>",
              scale.x(at[i]),
              scale.y(at[i]),
              label % COLOURS));
    }
    for (int c = 0; c < clusters; c++) {
      if (sums[c][2] > 0) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\">%d</text>",
                sums[c][0] / sums[c][2],
                sums[c][1] / sums[c][2] + 5,
                c));
      }
    }
    svg.append("</svg><figcaption>%,d %s, %d clusters".formatted(vectors.length, what, clusters));
    if (vectors.length > MOST) {
      svg.append(", %,d drawn".formatted(MOST));
    }
    svg.append("</figcaption></figure>");
    return new Drawing(what, vectors.length, clusters, svg.toString());
  }

  /** From the plane to the picture, as large as it fits. */
  private static final class Scale {
    private final double[] least = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    private final double[] most = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};

    Scale(double[][] points) {
      for (var point : points) {
        for (int axis = 0; axis < 2; axis++) {
          least[axis] = Math.min(least[axis], point[axis]);
          most[axis] = Math.max(most[axis], point[axis]);
        }
      }
    }

    double x(double[] point) {
      return EDGE + share(point, 0) * (WIDTH - 2 * EDGE);
    }

    double y(double[] point) {
      return HEIGHT - EDGE - share(point, 1) * (HEIGHT - 2 * EDGE);
    }

    private double share(double[] point, int axis) {
      double range = most[axis] - least[axis];
      return range > 0 ? (point[axis] - least[axis]) / range : .5;
    }
  }
}
