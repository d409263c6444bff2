package org.millrace.udf;

import java.util.List;
import org.apache.spark.sql.api.java.UDF1;

/**
 * A function whose arguments after the first are constants as a rule, such as a matrix. Where they
 * are, it takes them into itself: as arguments they would be converted for each row, and on a GPU
 * be copied to each.
 */
public interface TakesConstants {

  /**
   * The function of the first argument alone.
   *
   * @param constants the other arguments, in order, none null, as a UDF is given them
   */
  UDF1<Object, ?> with(List<Object> constants);
}
