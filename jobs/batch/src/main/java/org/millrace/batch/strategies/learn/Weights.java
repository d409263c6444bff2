package org.millrace.batch.strategies.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.millrace.kernel.strategy.Draws;

/**
 * The named arrays of a network. A network asks for them by name and shape; they are drawn from a
 * seed and the name, or were read from a file. Computing with a weight as the <em>first</em>
 * operand leaves the result in the weights' memory: begin with an array of a {@link #scope}.
 */
final class Weights implements AutoCloseable {

  private final NDManager manager;
  private final TreeMap<String, NDArray> arrays = new TreeMap<>();
  private final long seed;
  private final boolean read;

  private Weights(NDManager manager, long seed, boolean read) {
    this.manager = manager;
    this.seed = seed;
    this.read = read;
  }

  /** Weights to be drawn and trained. */
  static Weights drawn(long seed) {
    return new Weights(Torch.manager(), seed, false);
  }

  /**
   * Weights of a file, to be used as they are.
   *
   * @throws IllegalArgumentException if it isn't one that {@link #save} wrote
   */
  static Weights load(Path file) throws IOException {
    var weights = new Weights(Torch.manager(), 0, true);
    try (var in = Files.newInputStream(file)) {
      for (var array : NDList.decode(weights.manager, in)) {
        weights.arrays.put(array.getName(), array);
      }
      if (weights.arrays.isEmpty()) {
        throw new IllegalArgumentException("an archive of nothing");
      }
      return weights;
    } catch (RuntimeException e) {
      weights.close();
      throw new IllegalArgumentException(file + " has no weights that can be read", e);
    } catch (IOException e) {
      weights.close();
      throw e;
    }
  }

  /** Writes them all, as NumPy's .npz. */
  void save(Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      new NDList(arrays.values()).encode(out, NDList.Encoding.NPZ);
    }
  }

  /** Even draws within the bound of Glorot and Bengio (AISTATS 2010, equation 16). */
  NDArray matrix(String name, int rows, int columns) {
    return gates(name, 1, rows, columns);
  }

  /** Matrices one below the other, each drawn as for itself. */
  NDArray gates(String name, int gates, int rows, int columns) {
    double bound = Math.sqrt(6.0 / (rows + columns));
    var random = random(name);
    return array(
        name, new Shape((long) gates * rows, columns), () -> bound * (2 * random.nextDouble() - 1));
  }

  /** A row a token, normal with a variance of one over the columns. */
  NDArray embedding(String name, int rows, int columns) {
    double deviation = 1 / Math.sqrt(columns);
    var random = random(name);
    return array(name, new Shape(rows, columns), () -> deviation * random.nextGaussian());
  }

  /** A vector of given values. */
  NDArray vector(String name, double... values) {
    var next = Arrays.stream(values).iterator();
    return array(name, new Shape(values.length), next::nextDouble);
  }

  private SplittableRandom random(String name) {
    return new SplittableRandom(Draws.key(seed, name));
  }

  private NDArray array(String name, Shape shape, DoubleSupplier values) {
    var known = arrays.get(name);
    if (known == null && !read) {
      var flat = new float[(int) shape.size()];
      for (int i = 0; i < flat.length; i++) {
        flat[i] = (float) values.getAsDouble();
      }
      known = manager.create(flat, shape);
      known.setName(name);
      known.setRequiresGradient(true);
      arrays.put(name, known);
    }
    if (known == null || !known.getShape().equals(shape)) {
      throw new IllegalArgumentException(
          "the weights %s are %s, not of the shape %s"
              .formatted(name, known == null ? "missing" : known.getShape(), shape));
    }
    return known;
  }

  /** All of them, by name. */
  Collection<NDArray> all() {
    return arrays.values();
  }

  /** Memory for one computation. */
  NDManager scope() {
    return manager.newSubManager();
  }

  /** Ends training: from now on no gradients are kept. */
  void freeze() {
    all().forEach(array -> array.setRequiresGradient(false));
  }

  @Override
  public void close() {
    manager.close();
  }
}
