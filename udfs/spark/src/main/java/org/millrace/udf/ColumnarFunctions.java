package org.millrace.udf;

import java.util.Optional;

/**
 * Offers columnar versions of the functions. Found by {@code ServiceLoader} when a jar that has
 * one, such as millrace-gpu, is on the class path; none is needed.
 */
public interface ColumnarFunctions {

  /**
   * The columnar version of a function, or empty where there is none.
   *
   * @param name name of the function in SQL
   * @return a subclass of the function's CPU class
   */
  Optional<Object> columnar(String name);
}
