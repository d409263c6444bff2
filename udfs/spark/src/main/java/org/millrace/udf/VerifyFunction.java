package org.millrace.udf;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.kernel.verify.Verifier;

/**
 * {@code (prompt, target, text) -> struct<answer string, verdict string, error string>}: what a
 * verifier makes of a sample. Null where the text is null. {@code error} says why a prompt or
 * target can't be verified against; the other two are null then.
 */
public final class VerifyFunction implements UDF3<String, String, String, Row> {

  /** Type of the result. */
  public static final StructType TYPE =
      new StructType()
          .add("answer", DataTypes.StringType)
          .add("verdict", DataTypes.StringType)
          .add("error", DataTypes.StringType);

  private static final long serialVersionUID = 1L;

  private final Verifier verifier;

  /**
   * @param verifier that judges; thread-safe and serializable, as all are
   */
  public VerifyFunction(Verifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public Row call(String prompt, String target, String text) {
    if (text == null) {
      return null;
    }
    try {
      var judgement = verifier.judge(prompt, target, text);
      return RowFactory.create(judgement.answer(), judgement.verdict().label(), null);
    } catch (IllegalArgumentException e) {
      return RowFactory.create(null, null, e.getMessage());
    }
  }
}
