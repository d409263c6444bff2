package org.millrace.kernel.strategy.cluster;

import org.millrace.kernel.vectors.Centroids;

/** The nearest centre of every point of a block, a batch at a time. */
final class Batches {

  private Batches() {}

  /** Takes a point with its nearest centre. */
  interface Taker {
    /** The point at place i, whose vector begins at {@code batch[from]}. */
    void take(int i, double[] batch, int from, int nearest, double squaredDistance);
  }

  /** Goes through a block in its order. */
  static void assign(Points points, Centres centres, Taker taker) {
    var centroids = centres.centroids();
    int dimensions = points.dimensions();
    var batch = new double[Centroids.BATCH * dimensions];
    var nearest = new int[Centroids.BATCH];
    var distances = new double[Centroids.BATCH];
    for (int first = 0; first < points.size(); first += Centroids.BATCH) {
      int size = Math.min(Centroids.BATCH, points.size() - first);
      for (int b = 0; b < size; b++) {
        points.copy(first + b, batch, b * dimensions);
      }
      centroids.nearest(batch, size, nearest, distances);
      for (int b = 0; b < size; b++) {
        taker.take(first + b, batch, b * dimensions, nearest[b], distances[b]);
      }
    }
  }
}
