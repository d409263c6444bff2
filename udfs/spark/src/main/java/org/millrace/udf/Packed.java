package org.millrace.udf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.millrace.kernel.bestofn.Answers;

/**
 * The samples of a prompt as binary values, one a column, which Spark moves without boxing an
 * element. The functions of best-of-N take them in place of arrays; the jobs give them so.
 *
 * <p>Numbers are little-endian doubles, NaN for null. Texts are the number of samples, the number
 * of each one's text (-1 for null), the number of distinct texts, and these in UTF-8, each after
 * its length; all numbers are little-endian ints.
 */
public final class Packed {

  private static final int NULL = -1;

  private Packed() {}

  /** Packs the first values. */
  public static byte[] numbers(double[] values, int size) {
    var bytes = allocate(size * Double.BYTES);
    bytes.asDoubleBuffer().put(values, 0, size);
    return bytes.array();
  }

  /** Numbers as they were packed. */
  public static double[] numbers(byte[] packed) {
    var values = new double[packed.length / Double.BYTES];
    wrap(packed).asDoubleBuffer().get(values);
    return values;
  }

  /** How many numbers were packed. */
  public static int size(byte[] numbers) {
    return numbers.length / Double.BYTES;
  }

  /** One of the numbers. */
  public static double number(byte[] packed, int at) {
    return wrap(packed).getDouble(at * Double.BYTES);
  }

  /** The numbers with the other sign. */
  public static byte[] negated(byte[] packed) {
    var values = numbers(packed);
    for (int i = 0; i < values.length; i++) {
      values[i] = -values[i];
    }
    return numbers(values, values.length);
  }

  /** The numbers, filled up to a size. */
  public static byte[] padded(byte[] packed, int size, double filler) {
    var values = numbers(packed);
    int had = values.length;
    if (had >= size) {
      return packed;
    }
    values = Arrays.copyOf(values, size);
    Arrays.fill(values, had, size, filler);
    return numbers(values, size);
  }

  /**
   * Texts that are often equal.
   *
   * @param numbers positions of the samples' texts in {@code distinct}; -1 for none
   * @param distinct texts, none twice, in the order of their first samples
   */
  public record Texts(int[] numbers, List<String> distinct) {

    /** Packs them. */
    public byte[] packed() {
      var utf8 =
          distinct.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
      int length = (2 + numbers.length + utf8.length) * Integer.BYTES;
      for (var text : utf8) {
        length = Math.addExact(length, text.length);
      }
      var bytes = allocate(length).putInt(numbers.length);
      for (int number : numbers) {
        bytes.putInt(number);
      }
      bytes.putInt(utf8.length);
      for (var text : utf8) {
        bytes.putInt(text.length).put(text);
      }
      return bytes.array();
    }

    /** The text of a sample; null for none. */
    public String at(int sample) {
      return numbers[sample] == NULL ? null : distinct.get(numbers[sample]);
    }

    /** The texts with samples that have none added up to a size. */
    public Texts padded(int size) {
      if (numbers.length >= size) {
        return this;
      }
      var more = Arrays.copyOf(numbers, size);
      Arrays.fill(more, numbers.length, size, NULL);
      return new Texts(more, distinct);
    }

    /** One text a sample. */
    String[] all() {
      var all = new String[numbers.length];
      for (int i = 0; i < all.length; i++) {
        all[i] = at(i);
      }
      return all;
    }

    /** Numbers as of {@link Answers}, to which an empty text is no answer either. */
    int[] answers() {
      return distinct.contains("") ? Answers.number(all()) : numbers;
    }
  }

  /** Texts as they were packed. */
  public static Texts texts(byte[] packed) {
    var bytes = wrap(packed);
    var numbers = new int[bytes.getInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = bytes.getInt();
    }
    var distinct = new String[bytes.getInt()];
    for (int i = 0; i < distinct.length; i++) {
      int length = bytes.getInt();
      distinct[i] = new String(packed, bytes.position(), length, StandardCharsets.UTF_8);
      bytes.position(bytes.position() + length);
    }
    return new Texts(numbers, List.of(distinct));
  }

  private static ByteBuffer allocate(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer wrap(byte[] packed) {
    return ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
  }
}
