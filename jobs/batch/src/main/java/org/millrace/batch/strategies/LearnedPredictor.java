package org.millrace.batch.strategies;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.millrace.batch.job.Run;
import org.millrace.batch.strategies.learn.PredictorSettings;
import org.millrace.batch.strategies.learn.Question;
import org.millrace.batch.strategies.learn.StrategyPredictor;
import org.millrace.batch.strategies.trial.Contest.Measured;
import org.millrace.batch.strategies.trial.Example;
import org.millrace.batch.strategies.trial.Method;
import org.millrace.batch.strategies.trial.Trial;
import org.millrace.kernel.strategy.graph.Node;

/**
 * The trained predictor in a trial: asks it with the vectors of an instance's learner, hierarchy
 * (the mean of its problems) and problem.
 */
final class LearnedPredictor {

  private static final String LABEL = PredictorModel.LSTM.label();

  /** Instances that a training sees at most, over all passes: of many, fewer passes do. */
  private static final int SEEN = 40_000;

  private final NodeVectors vectors;
  private final Map<String, double[]> hierarchies;
  private final long seed;

  private LearnedPredictor(NodeVectors vectors, long seed) {
    this.vectors = vectors;
    this.seed = seed;
    hierarchies = hierarchies(vectors);
  }

  private static Map<String, double[]> hierarchies(NodeVectors vectors) {
    var members = new HashMap<String, List<double[]>>();
    for (var node : vectors.nodes(Node.Kind.PROBLEM)) {
      members.computeIfAbsent(node.hierarchy(), name -> new ArrayList<>()).add(vectors.of(node));
    }
    var means = new HashMap<String, double[]>();
    members.forEach(
        (name, problems) -> {
          var mean = new double[vectors.dimensions()];
          for (var problem : problems) {
            for (int d = 0; d < mean.length; d++) {
              mean[d] += problem[d] / problems.size();
            }
          }
          means.put(name, mean);
        });
    return means;
  }

  /**
   * Trains it on the MVec sample, on a random one of the same size and on the whole pool, and
   * measures each; the first is kept in the folder {@code predictor}.
   *
   * @param share of the pool that the samples are
   */
  static List<Measured> contest(Run run, Trial trial, NodeVectors vectors, double share, long seed)
      throws Exception {
    var learned = new LearnedPredictor(vectors, seed);
    var measured = new ArrayList<Measured>();
    measured.add(learned.measure(trial, Method.MVEC, share, run));
    if (share < 1) {
      measured.add(learned.measure(trial, Method.RANDOM, share, null));
      measured.add(learned.measure(trial, Method.RANDOM, 1, null));
    }
    return measured;
  }

  /** Trains it on the MVec sample and keeps it, without measuring. */
  static void keep(Run run, Trial trial, NodeVectors vectors, double share, long seed)
      throws IOException {
    var learned = new LearnedPredictor(vectors, seed);
    try (var model = learned.train(trial.sample(Method.MVEC, share))) {
      save(model, run);
    }
  }

  private StrategyPredictor train(List<Example> sample) {
    return StrategyPredictor.train(
        questions(sample),
        sample.stream().map(Example::skills).toList(),
        PredictorSettings.DEFAULT
            .seed(seed)
            .epochs(
                Math.max(1, Math.min(PredictorSettings.DEFAULT.epochs(), SEEN / sample.size()))));
  }

  /** Keeps the model where a run is given. */
  private Measured measure(Trial trial, Method method, double share, Run run) throws Exception {
    var sample = trial.sample(method, share);
    try (var model = train(sample)) {
      if (run != null) {
        save(model, run);
      }
      var accuracy = trial.measure(questions -> model.predict(questions(questions)));
      return new Measured(method, LABEL, share, sample.size(), accuracy);
    }
  }

  private List<Question> questions(List<Example> examples) {
    return examples.stream()
        .map(
            example ->
                new Question(
                    vectors.of(Node.student(example.student())),
                    hierarchies.get(example.hierarchy()),
                    vectors.of(Node.problem(example.hierarchy(), example.problem()))))
        .toList();
  }

  /** Written here and copied, as the output folder may be anywhere. */
  private static void save(StrategyPredictor model, Run run) throws IOException {
    var local = Files.createTempDirectory("predictor");
    model.save(local);
    var to = new Path(run.folder(), "predictor");
    var files = to.getFileSystem(run.spark().sparkContext().hadoopConfiguration());
    files.setWriteChecksum(false);
    files.copyFromLocalFile(true, new Path(local.toUri()), to);
  }
}
