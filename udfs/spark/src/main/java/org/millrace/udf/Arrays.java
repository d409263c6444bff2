package org.millrace.udf;

import scala.collection.Seq;

/** Spark's array arguments as primitive arrays. A null array stays null. */
final class Arrays {

  private Arrays() {}

  /** Numbers of any SQL type; a null element becomes NaN. */
  static double[] doubles(Seq<?> values) {
    if (values == null) {
      return null;
    }
    var out = new double[values.length()];
    for (int i = 0; i < out.length; i++) {
      out[i] = values.apply(i) instanceof Number number ? number.doubleValue() : Double.NaN;
    }
    return out;
  }

  /** Whole numbers of any SQL type; a null element becomes {@code absent}. */
  static int[] ints(Seq<?> values, int absent) {
    if (values == null) {
      return null;
    }
    var out = new int[values.length()];
    for (int i = 0; i < out.length; i++) {
      out[i] = values.apply(i) instanceof Number number ? number.intValue() : absent;
    }
    return out;
  }

  static String[] strings(Seq<?> values) {
    if (values == null) {
      return null;
    }
    var out = new String[values.length()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (String) values.apply(i);
    }
    return out;
  }
}
