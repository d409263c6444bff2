package org.millrace.kernel.model;

import static java.util.Objects.requireNonNull;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A classifier of texts as good or bad in fastText's form (Joulin et al. 2016): the mean of the
 * vectors of hashed n-grams, a linear layer and softmax. {@link Trainer} makes one.
 *
 * <p>A text's probability needs one number a feature, as two classes and a mean are linear in the
 * features: time is linear in the text, and nothing is kept of it. Immutable and thread-safe; 17 MB
 * with {@link #BUCKETS} and {@link #DIM}.
 */
public final class LinearClassifier {

  /** Buckets that n-grams are hashed to, a power of two. */
  public static final int BUCKETS = 1 << 18;

  /** Values of a bucket's vector. */
  public static final int DIM = 16;

  private static final int MAGIC = 0x4D4C434C; // MLCL
  private static final int VERSION = 1;
  private static final int MOST_NUMBERS = 1 << 26; // 256 MB, whatever a damaged file says

  private final Units units;
  private final int buckets;
  private final int dim;

  /** By bucket its vector: zeros where training met no example of it. */
  private final float[] input;

  /** The vector of GOOD, then that of BAD. */
  private final float[] output;

  /** By bucket, what it adds to the log odds of GOOD. */
  private final float[] odds;

  private LinearClassifier(Units units, int buckets, int dim, float[] input, float[] output) {
    this.units = units;
    this.buckets = buckets;
    this.dim = dim;
    this.input = input;
    this.output = output;
    odds = new float[buckets];
    for (int bucket = 0; bucket < buckets; bucket++) {
      double sum = 0;
      for (int d = 0; d < dim; d++) {
        sum += (double) input[bucket * dim + d] * (output[d] - output[dim + d]);
      }
      odds[bucket] = (float) sum;
    }
  }

  /** A model that knows nothing: every probability is a half. Its linear layer is seeded. */
  static LinearClassifier untrained(Units units, long seed) {
    var output = new float[2 * DIM];
    for (int i = 0; i < output.length; i++) {
      output[i] = (float) (2 * Mix.unit(Mix.of(seed + i * 0x9E3779B97F4A7C15L)) - 1);
    }
    return of(units, BUCKETS, DIM, new float[BUCKETS * DIM], output);
  }

  /** A model of these numbers, which are its own from now on. */
  static LinearClassifier of(Units units, int buckets, int dim, float[] input, float[] output) {
    return new LinearClassifier(units, buckets, dim, input, output);
  }

  /**
   * Probability that a text is {@link Label#GOOD}; of a spam model, one less the probability of
   * spam.
   *
   * @param text not null
   * @return 0 to 1; a half for a text without features
   */
  public double probability(String text) {
    var features = new Features(text, units, buckets);
    double sum = 0;
    long count = 0;
    while (features.next()) {
      sum += odds[features.first()];
      count++;
      if (features.second() >= 0) {
        sum += odds[features.second()];
        count++;
      }
      if (features.third() >= 0) {
        sum += odds[features.third()];
        count++;
      }
    }
    return count == 0 ? .5 : 1 / (1 + StrictMath.exp(-sum / count));
  }

  /** What texts are read by. */
  public Units units() {
    return units;
  }

  int buckets() {
    return buckets;
  }

  int dim() {
    return dim;
  }

  /** Not to be changed. */
  float[] input() {
    return input;
  }

  /** Not to be changed. */
  float[] output() {
    return output;
  }

  boolean sameShape(LinearClassifier other) {
    return units == other.units && buckets == other.buckets && dim == other.dim;
  }

  /**
   * Writes the model: big-endian, magic, version 1, units (0 characters, 1 words), buckets, dim,
   * the linear layer, then the number of vectors that are not zero and each with its bucket before.
   * Equal models give equal bytes. The stream stays open.
   */
  public void write(OutputStream out) throws IOException {
    var data = new DataOutputStream(out);
    data.writeInt(MAGIC);
    data.writeInt(VERSION);
    data.writeByte(units.ordinal());
    data.writeInt(buckets);
    data.writeInt(dim);
    for (float value : output) {
      data.writeFloat(value);
    }
    int known = 0;
    for (int bucket = 0; bucket < buckets; bucket++) {
      known += known(bucket) ? 1 : 0;
    }
    data.writeInt(known);
    for (int bucket = 0; bucket < buckets; bucket++) {
      if (known(bucket)) {
        data.writeInt(bucket);
        for (int i = bucket * dim; i < (bucket + 1) * dim; i++) {
          data.writeFloat(input[i]);
        }
      }
    }
    data.flush();
  }

  private boolean known(int bucket) {
    for (int i = bucket * dim; i < (bucket + 1) * dim; i++) {
      if (Float.floatToRawIntBits(input[i]) != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads what {@link #write} wrote. The stream stays open, after the model.
   *
   * @throws IOException if it is something else, damaged or cut off
   */
  public static LinearClassifier read(InputStream in) throws IOException {
    var data = new DataInputStream(requireNonNull(in, "in is null"));
    require(data.readInt() == MAGIC, "it doesn't begin as one");
    int version = data.readInt();
    require(version == VERSION, "its version is " + version + ", not " + VERSION);
    int kind = data.readUnsignedByte();
    int buckets = data.readInt();
    int dim = data.readInt();
    require(
        kind < Units.values().length
            && Integer.bitCount(buckets) == 1
            && buckets > 1
            && dim >= 1
            && (long) buckets * dim <= MOST_NUMBERS,
        "its shape is damaged");
    var output = floats(data, 2 * dim);
    int known = data.readInt();
    require(known >= 0 && known <= buckets, "its shape is damaged");
    var input = new float[buckets * dim];
    for (int i = 0, before = -1; i < known; i++) {
      int bucket = data.readInt();
      require(bucket > before && bucket < buckets, "a bucket is out of order");
      System.arraycopy(floats(data, dim), 0, input, bucket * dim, dim);
      before = bucket;
    }
    return new LinearClassifier(Units.values()[kind], buckets, dim, input, output);
  }

  private static float[] floats(DataInputStream data, int count) throws IOException {
    var floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = data.readFloat();
      require(Float.isFinite(floats[i]), "a number is not finite");
    }
    return floats;
  }

  private static void require(boolean right, String otherwise) throws IOException {
    if (!right) {
      throw new IOException("no linear classifier: " + otherwise + "; train the model again");
    }
  }

  /** Models are equal when they are bit by bit. */
  @Override
  public boolean equals(Object other) {
    return other instanceof LinearClassifier that
        && sameShape(that)
        && Arrays.equals(input, that.input)
        && Arrays.equals(output, that.output);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(output) + Arrays.hashCode(input);
  }
}
