package org.millrace.udf;

import java.util.stream.IntStream;
import org.millrace.kernel.bestofn.Answers;
import scala.collection.Seq;

/** Array arguments of functions, SQL arrays or {@link Packed}, in Java's terms; null stays null. */
final class Arrays {

  private Arrays() {}

  /** Numbers of any SQL type; a null element becomes NaN. */
  static double[] doubles(Object array) {
    if (array instanceof byte[] packed) {
      return Packed.numbers(packed);
    }
    var values = sql(array);
    if (values == null) {
      return null;
    }
    var out = new double[values.length()];
    for (int i = 0; i < out.length; i++) {
      out[i] = values.apply(i) instanceof Number number ? number.doubleValue() : Double.NaN;
    }
    return out;
  }

  /** Arrays of numbers of any SQL type; a null element becomes NaN, a null array an empty one. */
  static double[][] vectors(Object array) {
    var values = sql(array);
    if (values == null) {
      return null;
    }
    var out = new double[values.length()][];
    for (int i = 0; i < out.length; i++) {
      var vector = doubles(values.apply(i));
      out[i] = vector == null ? new double[0] : vector;
    }
    return out;
  }

  /** Whole numbers of any SQL type; a null element becomes {@code absent}. */
  static int[] ints(Object array, int absent) {
    var values = sql(array);
    if (values == null) {
      return null;
    }
    var out = new int[values.length()];
    for (int i = 0; i < out.length; i++) {
      out[i] = values.apply(i) instanceof Number number ? number.intValue() : absent;
    }
    return out;
  }

  /** Answers as texts and as numbers. */
  record Numbered(String[] texts, int[] answers) {}

  static Numbered answers(Object array) {
    if (array instanceof byte[] packed) {
      var texts = Packed.texts(packed);
      return new Numbered(texts.all(), texts.answers());
    }
    var values = sql(array);
    if (values == null) {
      return null;
    }
    var texts = IntStream.range(0, values.length()).mapToObj(values::apply).toArray(String[]::new);
    return new Numbered(texts, Answers.number(texts));
  }

  private static Seq<?> sql(Object array) {
    if (array == null || array instanceof Seq<?>) {
      return (Seq<?>) array;
    }
    throw new IllegalArgumentException("not an array: " + array.getClass().getSimpleName());
  }
}
