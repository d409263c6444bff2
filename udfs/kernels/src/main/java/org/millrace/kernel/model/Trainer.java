package org.millrace.kernel.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Trains a {@link LinearClassifier} by parts that any engine can place anywhere, with the same
 * result bit by bit. Examples belong to a fixed number of shards by their id. In each epoch every
 * shard goes on from the common model by stochastic gradient descent, in an order that ids and seed
 * decide, and the shards' models are averaged (McDonald et al. 2010, iterative parameter mixing):
 *
 * <pre>
 * model = start()
 * for epoch = 0 .. epochs − 1
 *   model = average(train(model, examples of shard, epoch) for each shard that has any, in order)
 * </pre>
 *
 * The step falls linearly to zero over all epochs. The sums are in strict arithmetic: machines
 * agree.
 *
 * @param units what texts are read by
 * @param shards from 1: how many parts can be trained at once; part of the result
 * @param epochs from 1
 * @param rate the first step, above 0
 * @param seed of the linear layer, the shards and their order
 */
public record Trainer(Units units, int shards, int epochs, double rate, long seed) {

  /** Shards by default: more of them need more epochs. */
  public static final int SHARDS = 4;

  /** Epochs by default. */
  public static final int EPOCHS = 40;

  /** First step by default. */
  public static final double RATE = 2;

  private static final long ORDER = 0x9E3779B97F4A7C15L;

  public Trainer {
    requireNonNull(units, "units is null");
    if (shards < 1 || epochs < 1 || !(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "shards and epochs start at 1 and the rate is above 0, not %d, %d and %s"
              .formatted(shards, epochs, rate));
    }
  }

  /** A trainer with the defaults. */
  public static Trainer of(Units units, long seed) {
    return new Trainer(units, SHARDS, EPOCHS, RATE, seed);
  }

  /** The model before the first epoch. */
  public LinearClassifier start() {
    return LinearClassifier.untrained(units, seed);
  }

  /** The shard that an example belongs to, from 0. */
  public int shard(String id) {
    return (int) Long.remainderUnsigned(Mix.of(requireNonNull(id, "id is null"), seed), shards);
  }

  /**
   * The model after one shard's part of an epoch.
   *
   * @param model the common one; not changed
   * @param shard all examples of one shard, in any order
   * @param epoch from 0
   */
  public LinearClassifier train(LinearClassifier model, Collection<Example> shard, int epoch) {
    if (epoch < 0 || epoch >= epochs) {
      throw new IllegalArgumentException("epochs are 0 to " + (epochs - 1) + ", not " + epoch);
    }
    var step = new Step(model);
    double done = epoch;
    for (var example : ordered(shard, epoch)) {
      step.learn(example, (float) (rate * (1 - done / epochs)));
      done += 1.0 / shard.size();
    }
    return step.model();
  }

  /** Labels must not come in blocks, as they would where ids are numbered by label. */
  private List<Example> ordered(Collection<Example> shard, int epoch) {
    record Keyed(long key, Example example) {}
    return shard.stream()
        .map(e -> new Keyed(Mix.of(e.id(), seed + (epoch + 1) * ORDER), e))
        .sorted(
            Comparator.comparingLong(Keyed::key)
                .thenComparing(k -> k.example().id())
                .thenComparing(k -> k.example().text())
                .thenComparing(k -> k.example().label()))
        .map(Keyed::example)
        .toList();
  }

  /**
   * The mean of the shards' models.
   *
   * @param models in the order of their shards, without shards that have no example; not empty
   */
  public static LinearClassifier average(List<LinearClassifier> models) {
    if (models.isEmpty()) {
      throw new IllegalArgumentException("no model to average: there are no examples");
    }
    var first = models.get(0);
    if (!models.stream().allMatch(first::sameShape)) {
      throw new IllegalArgumentException("models to average differ in shape");
    }
    return LinearClassifier.of(
        first.units(),
        first.buckets(),
        first.dim(),
        mean(models.stream().map(LinearClassifier::input).toList()),
        mean(models.stream().map(LinearClassifier::output).toList()));
  }

  private static float[] mean(List<float[]> parts) {
    var mean = new float[parts.get(0).length];
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      for (var part : parts) {
        sum += part[i];
      }
      mean[i] = (float) (sum / parts.size());
    }
    return mean;
  }

  /**
   * Trains on one machine.
   *
   * @param examples in any order; not empty
   */
  public LinearClassifier fit(Collection<Example> examples) {
    var parts = new TreeMap<Integer, List<Example>>();
    for (var example : examples) {
      parts.computeIfAbsent(shard(example.id()), s -> new ArrayList<>()).add(example);
    }
    var model = start();
    for (int epoch = 0; epoch < epochs; epoch++) {
      int now = epoch;
      var common = model;
      model = average(parts.values().stream().map(p -> train(common, p, now)).toList());
    }
    return model;
  }

  /** Gradient descent from a model, example by example. */
  private static final class Step {
    private final LinearClassifier from;
    private final float[] input;
    private final float[] output;
    private final float[] mean;
    private final float[] gradient;
    private int[] features = new int[1 << 10];
    private int count;

    Step(LinearClassifier from) {
      this.from = from;
      input = from.input().clone();
      output = from.output().clone();
      mean = new float[from.dim()];
      gradient = new float[from.dim()];
    }

    LinearClassifier model() {
      return LinearClassifier.of(from.units(), from.buckets(), from.dim(), input, output);
    }

    void learn(Example example, float rate) {
      read(example.text());
      if (count == 0) {
        return;
      }
      average();
      int dim = mean.length;
      double logOdds = 0;
      for (int d = 0; d < dim; d++) {
        logOdds += (double) mean[d] * (output[d] - output[dim + d]);
      }
      double good = 1 / (1 + StrictMath.exp(-logOdds));
      float error = (float) ((example.label() == Label.GOOD ? 1 : 0) - good) * rate;
      for (int d = 0; d < dim; d++) {
        gradient[d] = error * (output[d] - output[dim + d]) / count;
        output[d] += error * mean[d];
        output[dim + d] -= error * mean[d];
      }
      for (int i = 0; i < count; i++) {
        int row = features[i] * dim;
        for (int d = 0; d < dim; d++) {
          input[row + d] += gradient[d];
        }
      }
    }

    private void read(String text) {
      count = 0;
      var reader = new Features(text, from.units(), from.buckets());
      while (reader.next()) {
        if (count + 3 > features.length) {
          features = Arrays.copyOf(features, 2 * features.length);
        }
        features[count++] = reader.first();
        if (reader.second() >= 0) {
          features[count++] = reader.second();
        }
        if (reader.third() >= 0) {
          features[count++] = reader.third();
        }
      }
    }

    private void average() {
      Arrays.fill(mean, 0);
      for (int i = 0; i < count; i++) {
        int row = features[i] * mean.length;
        for (int d = 0; d < mean.length; d++) {
          mean[d] += input[row + d];
        }
      }
      for (int d = 0; d < mean.length; d++) {
        mean[d] /= count;
      }
    }
  }
}
