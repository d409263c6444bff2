package org.millrace.udf;

import java.util.List;

/**
 * Offers more functions, which need what this module may not: a job's own, or a model. Found by
 * {@code ServiceLoader} when a jar that has one, such as millrace-batch, is on the class path.
 */
public interface FunctionProvider {

  /** The functions; asked often, so it loads nothing that only a call of them needs. */
  List<SqlFunction> functions();
}
