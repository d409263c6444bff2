/**
 * Clusters of a table of vectors: DP-means and k-means of {@code org.millrace.kernel.strategy} with
 * the points in partitions.
 */
package org.millrace.batch.strategies.cluster;
