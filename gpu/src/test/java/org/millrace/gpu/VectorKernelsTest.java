package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.millrace.kernel.vectors.Vectors;
import org.millrace.kernel.vectors.Vectors.Neighbour;

/** The kernels' bodies, compiled for the host, give what the Java kernel gives, bit for bit. */
@AddLifecycleHook(NeedsHostKernels.class)
class VectorKernelsTest {

  private static final double[] ODD = {
    0.0, -0.0, 1, -1, 0.1, 3, Double.NaN, 1e300, -1e300, Double.POSITIVE_INFINITY, 4.9e-324
  };

  @Property(tries = 400)
  void anyVectors(
      @ForAll long seed,
      @ForAll @IntRange(max = 150) int rows,
      @ForAll @IntRange(max = 150) int others,
      @ForAll @IntRange(max = 40) int length,
      @ForAll @IntRange(max = 70) int k) {
    var random = new SplittableRandom(seed);

    assertSameAsJava(
        vectors(random, rows, length, true), vectors(random, others, length, false), k);
  }

  /** Whole numbers of one digit: ties abound, and sums of any order would agree. */
  @Property(tries = 200)
  void ties(@ForAll long seed, @ForAll @IntRange(max = 12) int k) {
    var random = new SplittableRandom(seed);
    var vectors = new double[130][];
    Arrays.setAll(vectors, i -> random.ints(2, -1, 2).asDoubleStream().toArray());

    assertSameAsJava(vectors, vectors, k);
  }

  @Example
  void theEdges() {
    assertSameAsJava(new double[][] {}, new double[][] {{1}}, 3);
    assertSameAsJava(new double[][] {{1}, null}, new double[][] {}, 3);
    assertSameAsJava(new double[][] {{}, null}, new double[][] {{}, {}}, 1);
    assertSameAsJava(new double[][] {null, null}, new double[][] {{1}}, 1);
    assertSameAsJava(new double[][] {{Double.NaN}, {0}}, new double[][] {{1}, {Double.NaN}}, 2);
    assertSameAsJava(new double[][] {{1e300}}, new double[][] {{-2e300}, {-1e300}}, 2);
  }

  @Example
  void embeddingsOfTheUsualLength() {
    var random = new SplittableRandom(1);

    assertSameAsJava(plain(random, 200, 768), plain(random, 300, 768), 10);
  }

  /** The kernels read no place that isn't there, so a vector of another length is as a null one. */
  @Example
  void aVectorOfAnotherLengthHasNoNeighbours() {
    double[][] vectors = {{1, 2}, {1}, {1, 2, 3}, {}};
    double[][] others = {{1, 2}};

    assertThat(nearest(vectors, others, 8)).containsExactly(0, -1, -1, -1);
    assertThat(tops(vectors, others, 1, 8)[0]).hasSize(1);
    assertThat(tops(vectors, others, 1, 8)[1]).isEmpty();
  }

  private static void assertSameAsJava(double[][] vectors, double[][] others, int k) {
    assertSameAsJava(vectors, others, k, 8);
    var floats = Stream.of(vectors).map(VectorKernelsTest::asFloats).toArray(double[][]::new);
    assertSameAsJava(floats, others, k, 4);
  }

  private static void assertSameAsJava(double[][] vectors, double[][] others, int k, int width) {
    var places = nearest(vectors, others, width);
    var tops = tops(vectors, others, k, width);

    for (int row = 0; row < vectors.length; row++) {
      var vector = vectors[row];
      assertThat(places[row])
          .as("row %d", row)
          .isEqualTo(vector == null ? Vectors.NONE : Vectors.nearest(vector, others));
      assertThat(tops[row])
          .as("row %d", row)
          .containsExactly(
              vector == null ? new Neighbour[0] : Vectors.cosineTop(vector, others, k));
    }
  }

  private static int[] nearest(double[][] vectors, double[][] others, int width) {
    try (var memory = new HostMemory()) {
      var in = Column.of(vectors, width, memory);
      var places = memory.allocate(4L * vectors.length);
      Kernels.nearest(
          in.offsets(),
          in.numbers(),
          in.valid(),
          vectors.length,
          width,
          memory.doubles(flat(others)),
          others.length,
          others.length == 0 ? 0 : others[0].length,
          HostMemory.address(places),
          0);
      return HostMemory.ints(places);
    }
  }

  private static Neighbour[][] tops(double[][] vectors, double[][] others, int k, int width) {
    int rows = vectors.length;
    int most = Math.min(k, others.length);
    try (var memory = new HostMemory()) {
      var in = Column.of(vectors, width, memory);
      var places = memory.allocate(4L * rows * most);
      var similarities = memory.allocate(8L * rows * most);
      var counts = memory.allocate(4L * rows);
      Kernels.cosineTop(
          in.offsets(),
          in.numbers(),
          in.valid(),
          rows,
          width,
          memory.doubles(flat(others)),
          others.length,
          others.length == 0 ? 0 : others[0].length,
          memory.doubles(Stream.of(others).mapToDouble(Vectors::norm).toArray()),
          most,
          HostMemory.address(places),
          HostMemory.address(similarities),
          HostMemory.address(counts),
          0);
      var lists = StringColumn.listOffsets(HostMemory.ints(counts));
      var packedPlaces = memory.allocate(4L * lists[rows]);
      var packedSimilarities = memory.allocate(8L * lists[rows]);
      Kernels.packTops(
          HostMemory.address(places),
          HostMemory.address(similarities),
          rows,
          most,
          memory.ints(lists),
          HostMemory.address(packedPlaces),
          HostMemory.address(packedSimilarities),
          0);
      var place = HostMemory.ints(packedPlaces);
      var similarity = HostMemory.doubles(packedSimilarities);
      var tops = new Neighbour[rows][];
      for (int row = 0; row < rows; row++) {
        tops[row] =
            IntStream.range(lists[row], lists[row + 1])
                .mapToObj(i -> new Neighbour(place[i], similarity[i]))
                .toArray(Neighbour[]::new);
      }
      return tops;
    }
  }

  /** A list column as cuDF lays it out; before the first row and in null rows are stray numbers. */
  private record Column(long offsets, long numbers, long valid) {

    private static final double[] STRAY = {7, Double.NaN, 7};

    static Column of(double[][] vectors, int width, HostMemory memory) {
      int rows = vectors.length;
      var offsets = new int[rows + 1];
      offsets[0] = STRAY.length;
      var valid = new int[(rows + 31) / 32];
      var all = Stream.<double[]>builder().add(STRAY);
      for (int row = 0; row < rows; row++) {
        var numbers = vectors[row] == null ? STRAY : vectors[row];
        all.add(numbers);
        offsets[row + 1] = offsets[row] + numbers.length;
        valid[row / 32] |= vectors[row] == null ? 0 : 1 << row;
      }
      var numbers = flat(all.build().toArray(double[][]::new));
      return new Column(
          memory.ints(offsets),
          width == 4 ? memory.floats(floats(numbers)) : memory.doubles(numbers),
          Arrays.asList(vectors).contains(null) ? memory.ints(valid) : 0);
    }
  }

  private static double[] flat(double[][] vectors) {
    return Stream.of(vectors).flatMapToDouble(Arrays::stream).toArray();
  }

  private static float[] floats(double[] numbers) {
    var floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  private static double[] asFloats(double[] numbers) {
    return numbers == null ? null : Arrays.stream(numbers).map(x -> (float) x).toArray();
  }

  private static double[][] vectors(SplittableRandom random, int count, int length, boolean nulls) {
    var vectors = new double[count][];
    for (int row = 0; row < count; row++) {
      boolean odd = random.nextInt(6) == 0;
      vectors[row] =
          nulls && random.nextInt(8) == 0
              ? null
              : random
                  .doubles(length, -1, 1)
                  .map(x -> odd && random.nextInt(4) == 0 ? ODD[random.nextInt(ODD.length)] : x)
                  .toArray();
    }
    return vectors;
  }

  private static double[][] plain(SplittableRandom random, int count, int length) {
    return Stream.generate(() -> random.doubles(length, -1, 1).toArray())
        .limit(count)
        .toArray(double[][]::new);
  }
}
