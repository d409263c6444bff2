package org.millrace.batch.strategies.cluster;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.kernel.strategy.cluster.Centres;
import org.millrace.kernel.strategy.cluster.DpMeans;
import org.millrace.kernel.strategy.cluster.FarthestFirst;
import org.millrace.kernel.strategy.cluster.Fit;

/**
 * DP-means of a table of vectors: the rounds of {@link DpMeans}, which see to it that the objective
 * never rises and no cluster is empty, on {@link SpreadPoints}. It starts from a farthest-first
 * traversal, from the mean of all; PDC starts again from seeded points and keeps the best.
 */
public final class SparkDpMeans {

  private SparkDpMeans() {}

  /**
   * Clusters a table.
   *
   * @param vectors as of {@link SpreadPoints#of}; rows that can't be clustered have no label
   */
  public static TableClustering of(Dataset<Row> vectors, DpMeansSettings settings) {
    try (var points = points(vectors, settings)) {
      return of(points, settings);
    }
  }

  /**
   * Points as the variant wants them, for several calls; to be closed after use.
   *
   * @param vectors as of {@link SpreadPoints#of}
   */
  public static SpreadPoints points(Dataset<Row> vectors, DpMeansSettings settings) {
    return settings.variant() == DpMeansSettings.Variant.OCC
        ? SpreadPoints.inEpochs(vectors, settings.epoch())
        : SpreadPoints.of(vectors);
  }

  /**
   * Clusters points.
   *
   * @param points of {@link #points} with these settings
   */
  public static TableClustering of(SpreadPoints points, DpMeansSettings settings) {
    if (points.size() == 0) {
      return ofNothing(points);
    }
    var lambda = settings.lambda();
    if (lambda instanceof LambdaChoice.Clusters clusters) {
      // To know where λ falls most one more is needed.
      boolean range = clusters.fewest() < clusters.most();
      var traversal = DpMeans.traversal(points, clusters.most() + (range ? 1 : 0));
      return of(points, traversal, clusters.lambda(traversal), settings);
    }
    double value = ((LambdaChoice.Value) lambda).squared();
    var traversal = FarthestFirst.from(points.mean(), points, settings.most(), value);
    return of(points, traversal, value, settings);
  }

  /**
   * Clusters points at a λ, as for each of {@link FarthestFirst#schedule}.
   *
   * @param points of {@link #points} with these settings, at least one
   * @param fromMean {@link DpMeans#traversal} of these points down to λ
   * @param lambda in squared distance, instead of the settings'
   */
  public static TableClustering of(
      SpreadPoints points, FarthestFirst fromMean, double lambda, DpMeansSettings settings) {
    var algorithm = DpMeans.of(lambda).rounds(settings.rounds());
    var fit =
        settings.variant() == DpMeansSettings.Variant.OCC
            ? algorithm.optimistic(points.epochs(), fromMean.start(lambda)).fit()
            : algorithm.best(points, fromMean, settings.starts(), settings.seed());
    return new TableClustering(fit, lambda, points.labels(fit.centres()));
  }

  static TableClustering ofNothing(SpreadPoints points) {
    var none = Centres.of(new double[0], Math.max(1, points.dimensions()));
    return new TableClustering(new Fit(none, new double[1], true), 0, points.labels(none));
  }
}
