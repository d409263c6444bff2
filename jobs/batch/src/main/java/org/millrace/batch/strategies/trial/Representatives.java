package org.millrace.batch.strategies.trial;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.millrace.kernel.strategy.sample.Representative;

/**
 * Predictors without a model: one strategy stands for all instances that have something in common.
 */
public final class Representatives {

  /** Instances of a key that its medoid is found among: the time is quadratic in them. */
  private static final int MOST = 200;

  private Representatives() {}

  /**
   * The medoid of the question's key; where the sample has none, that of the problem's cluster,
   * then the most frequent strategy of all.
   */
  public static Predictor byKey(List<Example> sample) {
    var keys = table(sample, Example::key, Representatives::medoid);
    var clusters = table(sample, Example::problemCluster, Representatives::medoid);
    var usual = majority(sample);
    return questions ->
        questions.stream()
            .map(
                question ->
                    keys.getOrDefault(
                        question.key(), clusters.getOrDefault(question.problemCluster(), usual)))
            .toList();
  }

  /**
   * The most frequent strategy of the question's problem, whoever the learner; else that of all.
   */
  public static Predictor byProblem(List<Example> sample) {
    var problems = table(sample, Example::where, Representatives::majority);
    var usual = majority(sample);
    return questions ->
        questions.stream().map(question -> problems.getOrDefault(question.where(), usual)).toList();
  }

  private static <K> Map<K, List<String>> table(
      List<Example> sample,
      Function<Example, K> key,
      Function<List<Example>, List<String>> representative) {
    var table = new HashMap<K, List<String>>();
    sample.stream()
        .collect(Collectors.groupingBy(key))
        .forEach((name, members) -> table.put(name, representative.apply(members)));
    return table;
  }

  private static List<String> medoid(List<Example> members) {
    return Representative.medoid(members.stream().limit(MOST).map(Example::skills).toList());
  }

  private static List<String> majority(List<Example> members) {
    return Representative.majority(members.stream().map(Example::skills).toList());
  }
}
