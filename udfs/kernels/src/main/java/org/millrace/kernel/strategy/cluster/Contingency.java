package org.millrace.kernel.strategy.cluster;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each pair of labels of two clusterings of the same points meets, and the scores that
 * compare them. Symmetric but for {@link #purity}. Immutable.
 */
public final class Contingency {

  private final long[][] table;
  private final long[] rows;
  private final long[] columns;
  private final long total;

  private Contingency(long[][] table) {
    this.table = table;
    rows = Arrays.stream(table).mapToLong(row -> Arrays.stream(row).sum()).toArray();
    columns = new long[table.length == 0 ? 0 : table[0].length];
    for (var row : table) {
      for (int c = 0; c < columns.length; c++) {
        columns[c] += row[c];
      }
    }
    total = Arrays.stream(rows).sum();
  }

  /**
   * Counts of pairs, as a grouped count gives them.
   *
   * @param counts a row a cluster, a column a class, all of one length, from 0; copied
   */
  public static Contingency of(long[][] counts) {
    return new Contingency(Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new));
  }

  /**
   * Labels of the same points.
   *
   * @param clusters any numbers
   * @param classes as many
   */
  public static Contingency of(int[] clusters, int[] classes) {
    if (clusters.length != classes.length) {
      throw new IllegalArgumentException(
          "%d labels against %d".formatted(clusters.length, classes.length));
    }
    var rows = places(clusters);
    var columns = places(classes);
    var counts = new long[rows.size()][columns.size()];
    for (int i = 0; i < clusters.length; i++) {
      counts[rows.get(clusters[i])][columns.get(classes[i])]++;
    }
    return new Contingency(counts);
  }

  private static Map<Integer, Integer> places(int[] labels) {
    var places = new HashMap<Integer, Integer>();
    for (int label : labels) {
      places.putIfAbsent(label, places.size());
    }
    return places;
  }

  /**
   * Adjusted Rand index (Hubert and Arabie 1985, equation 5): 1 for equal partitions, around 0 for
   * unrelated ones, -0.5 at the least. 1 where both put all points together, or each alone.
   */
  public double adjustedRand() {
    double together = 0;
    for (var row : table) {
      together += pairs(row);
    }
    double inRows = pairs(rows);
    double inColumns = pairs(columns);
    double expected = total < 2 ? 0 : inRows * inColumns / pairs(new long[] {total});
    double most = (inRows + inColumns) / 2;
    return most == expected ? 1 : (together - expected) / (most - expected);
  }

  private static double pairs(long[] counts) {
    return Arrays.stream(counts).mapToDouble(n -> n * (n - 1.0) / 2).sum();
  }

  /**
   * Mutual information over the mean of the two entropies, 0 to 1 (Strehl and Ghosh 2002, with the
   * arithmetic mean). 1 where both put all points together.
   */
  public double normalizedMutualInformation() {
    double information = 0;
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < columns.length; c++) {
        double n = table[r][c];
        if (n > 0) {
          information += n / total * Math.log(n * total / ((double) rows[r] * columns[c]));
        }
      }
    }
    double entropies = (entropy(rows) + entropy(columns)) / 2;
    return entropies == 0 ? 1 : Math.max(0, Math.min(1, information / entropies));
  }

  private double entropy(long[] counts) {
    return Arrays.stream(counts)
        .filter(n -> n > 0)
        .mapToDouble(n -> -(double) n / total * Math.log((double) n / total))
        .sum();
  }

  /** Share of the points that are of their cluster's largest class, 0 to 1; NaN without points. */
  public double purity() {
    long largest = Arrays.stream(table).mapToLong(r -> Arrays.stream(r).max().orElse(0)).sum();
    return (double) largest / total;
  }
}
