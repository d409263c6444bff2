package org.millrace.batch.strategies.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.kernel.strategy.equity.PredictiveEquality;
import org.millrace.kernel.strategy.equity.SkillGroups;
import org.millrace.kernel.strategy.equity.StrategyMatch;

/**
 * Measures predictors on instances that were held out. Learners are in four groups of equal size by
 * their skill, where it is known.
 */
public final class Trial {

  /** Learners of a group at least, for it to be shown. */
  public static final int LEAST_OF_GROUP = 10;

  private final List<Example> pool;
  private final List<Example> heldOut;
  private final Map<String, Integer> groups;
  private final long seed;

  private Trial(List<Example> pool, List<Example> heldOut, Map<String, Integer> groups, long seed) {
    this.pool = pool;
    this.heldOut = heldOut;
    this.groups = groups;
    this.seed = seed;
  }

  /**
   * @param pool what samples are drawn from, at least one instance
   * @param heldOut what is predicted, at least one instance
   * @param skills of learners, 0 to 1; empty where no outcome is known
   * @param seed of the draws
   */
  public static Trial of(
      List<Example> pool, List<Example> heldOut, Map<String, Double> skills, long seed) {
    var names = new ArrayList<>(new TreeMap<>(skills).keySet());
    // With fewer learners, fewer groups: each is to be large enough to be shown.
    int count = Math.max(1, Math.min(SkillGroups.QUARTILES, names.size() / LEAST_OF_GROUP));
    var numbers = SkillGroups.of(names.stream().mapToDouble(skills::get).toArray(), count);
    var groups = new HashMap<String, Integer>();
    for (int i = 0; i < names.size(); i++) {
      groups.put(names.get(i), numbers[i]);
    }
    return new Trial(pool, heldOut, groups, seed);
  }

  /** Instances that samples are drawn from. */
  public int pool() {
    return pool.size();
  }

  /** Instances that are predicted. */
  public int heldOut() {
    return heldOut.size();
  }

  /**
   * A sample of the pool.
   *
   * @param share of it, above 0 to 1; one instance at least
   */
  public List<Example> sample(Method method, double share) {
    int size = Math.max(1, (int) Math.round(share * pool.size()));
    return method.draw(pool, size, student -> groups.getOrDefault(student, -1), seed);
  }

  /** How right predictions are. */
  public Accuracy measure(Predictor predictor) {
    var predicted = predictor.predict(heldOut);
    double jaccard = 0;
    int sets = 0;
    int exact = 0;
    double edits = 0;
    var students = new TreeMap<String, double[]>();
    for (int i = 0; i < heldOut.size(); i++) {
      var actual = heldOut.get(i).skills();
      double match = StrategyMatch.jaccard(predicted.get(i), actual);
      jaccard += match;
      sets += match == 1 ? 1 : 0;
      exact += StrategyMatch.exact(predicted.get(i), actual) ? 1 : 0;
      edits += StrategyMatch.editDistance(predicted.get(i), actual);
      var sum = students.computeIfAbsent(heldOut.get(i).student(), name -> new double[2]);
      sum[0] += match;
      sum[1]++;
    }
    double n = heldOut.size();
    return new Accuracy(jaccard / n, sets / n, exact / n, edits / n, equality(students));
  }

  /** Null where fewer than two groups of learners have held-out instances. */
  private PredictiveEquality equality(Map<String, double[]> students) {
    var known = students.keySet().stream().filter(groups::containsKey).toList();
    var numbers = known.stream().mapToInt(groups::get).toArray();
    long present = Arrays.stream(numbers).distinct().count();
    int most = Arrays.stream(numbers).max().orElse(-1);
    if (present < 2 || most + 1 != present) {
      return null;
    }
    return PredictiveEquality.of(
        numbers,
        known.stream().mapToDouble(student -> students.get(student)[0]).toArray(),
        known.stream().mapToLong(student -> (long) students.get(student)[1]).toArray());
  }

  /** Seed of the draws. */
  public long seed() {
    return seed;
  }
}
