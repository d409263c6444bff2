package org.millrace.kernel.strategy.equity;

import java.util.HashSet;
import java.util.List;

/** How right a predicted strategy is. */
public final class StrategyMatch {

  private StrategyMatch() {}

  /**
   * Jaccard accuracy: skills in both over skills in either, as sets, whatever the order.
   *
   * @param predicted skills
   * @param actual skills
   * @return 0 to 1; 1 where both are empty
   */
  public static double jaccard(List<String> predicted, List<String> actual) {
    var union = new HashSet<>(predicted);
    var shared = new HashSet<>(actual);
    shared.retainAll(union);
    union.addAll(actual);
    return union.isEmpty() ? 1 : (double) shared.size() / union.size();
  }

  /**
   * Whether the sequences are equal.
   *
   * @param predicted skills
   * @param actual skills
   */
  public static boolean exact(List<String> predicted, List<String> actual) {
    return predicted.equals(actual);
  }

  /**
   * Edit distance (Levenshtein) over the longer length.
   *
   * @param predicted skills
   * @param actual skills
   * @return 0 for equal ones, to 1; 0 where both are empty
   */
  public static double editDistance(List<String> predicted, List<String> actual) {
    int longer = Math.max(predicted.size(), actual.size());
    if (longer == 0) {
      return 0;
    }
    var row = new int[actual.size() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= predicted.size(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int above = row[j];
        int replaced = diagonal + (predicted.get(i - 1).equals(actual.get(j - 1)) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return (double) row[actual.size()] / longer;
  }
}
