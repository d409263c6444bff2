package org.millrace.batch.strategies.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.millrace.kernel.strategy.Draws;
import org.millrace.kernel.strategy.mastery.Mastery;
import org.millrace.kernel.strategy.steps.Instance;
import org.millrace.kernel.strategy.steps.Outcome;
import org.millrace.kernel.strategy.steps.SkillTokens;

/**
 * A transformer that predicts the outcomes of an instance's first attempts from its skills; how
 * much it attends to a skill is how much the skill counts (Shakya, Rus and Venugopal, EDM 2023,
 * section 3.2). Same instances, settings, processor and number of threads: same weights. Any number
 * of threads may ask it; close it.
 */
public final class MasteryTransformer implements Mastery, AutoCloseable {

  private static final int ROWS = 64;

  private final Weights weights;
  private final MasteryNetwork network;
  private final Map<String, Integer> tokens;
  private final List<Epoch> epochs = new ArrayList<>();

  private MasteryTransformer(Weights weights, MasterySettings settings, List<String> skills) {
    this.weights = weights;
    var numbers = SkillTokens.of(skills);
    tokens = new HashMap<>();
    skills.forEach(skill -> tokens.put(skill, numbers.token(skill)));
    network = new MasteryNetwork(weights, settings, numbers.size());
  }

  /**
   * Trains on instances.
   *
   * @param instances of one or more skills, in a fixed order; those without any outcome are left
   *     out
   * @param settings of training
   * @throws IllegalArgumentException if no instance has an outcome
   * @throws IllegalStateException if the class path has no PyTorch, or the loss is no number
   */
  public static MasteryTransformer train(List<Instance> instances, MasterySettings settings) {
    var known = instances.stream().filter(MasteryTransformer::hasOutcome).toList();
    if (known.isEmpty()) {
      throw new IllegalArgumentException(
          "none of %d instances has an outcome to learn from; take cfa-rate or a log with outcomes"
              .formatted(instances.size()));
    }
    var skills = known.stream().map(Instance::skills).flatMap(Collection::stream).distinct();
    var weights = Weights.drawn(settings.seed());
    try {
      var transformer = new MasteryTransformer(weights, settings, skills.sorted().toList());
      transformer.learn(known, settings);
      weights.freeze();
      return transformer;
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  private static boolean hasOutcome(Instance instance) {
    return instance.outcomes().stream().anyMatch(outcome -> outcome != Outcome.UNKNOWN);
  }

  private void learn(List<Instance> instances, MasterySettings settings) {
    var order = TokenRows.shuffled(IntStream.range(0, instances.size()).toArray(), settings.seed());
    int held = (int) (settings.heldOut() * order.length);
    var heldOut = Arrays.stream(order, 0, held).mapToObj(instances::get).toList();
    var places = Arrays.copyOfRange(order, held, order.length);
    var dropout = Dropout.of(settings.dropout(), settings.seed());
    try (var adam = new Adam(weights, new Adam.Betas(.9, .98, 1e-9), settings.clip())) {
      for (int e = 0; e < settings.epochs(); e++) {
        double sum = 0;
        var batches = TokenRows.batches(places, settings.batch(), Draws.key(settings.seed(), e));
        for (var batch : batches) {
          var rows = Arrays.stream(batch).mapToObj(instances::get).toList();
          sum +=
              adam.step(
                  settings.rate(adam.steps() + 1),
                  memory ->
                      TokenRows.crossEntropy(
                          decoded(memory, rows, dropout).outcomes(), targets(memory, rows)));
        }
        epochs.add(epoch(sum / batches.size(), heldOut));
      }
    }
  }

  private Epoch epoch(double trainingLoss, List<Instance> heldOut) {
    double loss = 0;
    double right = 0;
    double all = 0;
    for (int from = 0; from < heldOut.size(); from += ROWS) {
      try (var memory = weights.scope()) {
        var rows = heldOut.subList(from, Math.min(heldOut.size(), from + ROWS));
        var outcomes = decoded(memory, rows, Dropout.NONE).outcomes();
        var targets = targets(memory, rows);
        long known = targets.neq(SkillTokens.PAD).sum().getLong();
        loss += TokenRows.crossEntropy(outcomes, targets).getFloat() * known;
        right += outcomes.argMax(-1).eq(targets).sum().getLong();
        all += known;
      }
    }
    return new Epoch(trainingLoss, loss / all, right / all);
  }

  private MasteryNetwork.Decoded decoded(
      NDManager memory, List<Instance> instances, Dropout dropout) {
    var sources = TokenRows.array(memory, instances.stream().map(this::skills).toList());
    var real = TokenRows.real(memory, instances.stream().map(i -> i.skills().size()).toList());
    var given = TokenRows.array(memory, instances.stream().map(MasteryTransformer::given).toList());
    return network.forward(sources, real, given, dropout);
  }

  /** Skills that training did not see are as nothing, but have their place. */
  private int[] skills(Instance instance) {
    return instance.skills().stream()
        .mapToInt(skill -> tokens.getOrDefault(skill, SkillTokens.PAD))
        .toArray();
  }

  private static NDArray targets(NDManager memory, List<Instance> instances) {
    return TokenRows.array(memory, instances.stream().map(MasteryTransformer::outcomes).toList());
  }

  private static int[] outcomes(Instance instance) {
    return instance.outcomes().stream()
        .mapToInt(
            outcome ->
                switch (outcome) {
                  case INCORRECT -> SkillTokens.INCORRECT;
                  case CORRECT -> SkillTokens.CORRECT;
                  case UNKNOWN -> SkillTokens.PAD;
                })
        .toArray();
  }

  private static int[] given(Instance instance) {
    var outcomes = outcomes(instance);
    var given = new int[outcomes.length];
    given[0] = SkillTokens.BEGIN;
    System.arraycopy(outcomes, 0, given, 1, outcomes.length - 1);
    return given;
  }

  /**
   * Attention to each skill of each instance: the mean over the decoder's layers, heads and places,
   * without dropout, of what they attend to in the encoder.
   *
   * @param instances of one or more skills, trained on or not
   * @return a weight a skill, in the instances' order; an instance's add up to 1
   */
  public List<double[]> weights(List<Instance> instances) {
    var order =
        IntStream.range(0, instances.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> instances.get(i).skills().size()))
            .toList();
    var attention = new double[instances.size()][];
    for (int from = 0; from < order.size(); from += ROWS) {
      var places = order.subList(from, Math.min(order.size(), from + ROWS));
      var rows = attention(places.stream().map(instances::get).toList());
      for (int row = 0; row < rows.length; row++) {
        attention[places.get(row)] = rows[row];
      }
    }
    return List.of(attention);
  }

  @Override
  public double[] weights(Instance instance) {
    return attention(List.of(instance))[0];
  }

  /** Rows of their own lengths, from one pass. */
  private double[][] attention(List<Instance> instances) {
    try (var memory = weights.scope()) {
      var layers = decoded(memory, instances, Dropout.NONE).shares();
      var attention = new double[instances.size()][];
      for (int row = 0; row < attention.length; row++) {
        attention[row] = new double[instances.get(row).skills().size()];
      }
      for (var shares : layers) {
        add(shares, attention, layers.size());
      }
      return attention;
    }
  }

  private static void add(NDArray shares, double[][] attention, int layers) {
    int heads = (int) shares.getShape().get(1);
    int targets = (int) shares.getShape().get(2);
    int sources = (int) shares.getShape().get(3);
    var flat = shares.sum(new int[] {1}).toFloatArray();
    for (int row = 0; row < attention.length; row++) {
      int length = attention[row].length;
      for (int t = 0; t < length; t++) {
        for (int j = 0; j < length; j++) {
          attention[row][j] +=
              flat[(row * targets + t) * sources + j] / ((double) layers * heads * length);
        }
      }
    }
  }

  /** How training went, an epoch after the other. */
  public List<Epoch> epochs() {
    return List.copyOf(epochs);
  }

  @Override
  public void close() {
    weights.close();
  }
}
