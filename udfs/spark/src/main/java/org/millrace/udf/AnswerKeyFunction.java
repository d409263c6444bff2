package org.millrace.udf;

import org.apache.spark.sql.api.java.UDF1;
import org.millrace.kernel.verify.AnswerKey;

/**
 * {@code answer_key(answer string) -> string}: the cheap exact normal form of an answer, by {@link
 * AnswerKey}. Null in, null out.
 */
public class AnswerKeyFunction implements UDF1<String, String> {

  private static final long serialVersionUID = 1L;

  @Override
  public String call(String answer) {
    return answer == null ? null : AnswerKey.of(answer);
  }
}
