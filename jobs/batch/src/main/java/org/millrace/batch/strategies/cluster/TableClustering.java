package org.millrace.batch.strategies.cluster;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.kernel.strategy.cluster.Fit;

/**
 * Clusters of a table of vectors.
 *
 * @param fit centres, objective of each round, and whether it settled; of a table without vectors
 *     no centres and the objective 0
 * @param lambda what a cluster cost, in squared distance; 0 of k-means
 * @param labels {@code id, cluster int, d2 double}: each vector's nearest centre by its place in
 *     the fit, of equals the first, and the squared distance to it. Computed when it is read, from
 *     the table that was given; {@code d2} only where it is asked for
 */
public record TableClustering(Fit fit, double lambda, Dataset<Row> labels) {}
