package org.millrace.udf;

import org.apache.spark.sql.api.java.UDF4;
import org.millrace.kernel.dedup.MinHash;
import org.millrace.kernel.dedup.Shingles;

/**
 * {@code minhash_signature(text string, unit string, size int, permutations int) -> array<int>}:
 * the MinHash signature of the shingles of a text as it stands, of {@code size} {@code characters}
 * or of {@code words} between single spaces. Values are 32 bits without a sign. Empty where the
 * text has no shingle. Null in, null out.
 */
public class MinHashSignature implements UDF4<String, String, Integer, Integer, int[]> {

  private static final long serialVersionUID = 1L;

  @Override
  public int[] call(String text, String unit, Integer size, Integer permutations) {
    if (text == null || unit == null || size == null || permutations == null) {
      return null;
    }
    var shingles = Shingles.of(Shingles.Unit.of(unit), size);
    return MinHash.of(permutations).signatureOfForm(shingles, text);
  }
}
