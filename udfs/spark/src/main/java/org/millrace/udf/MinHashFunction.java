package org.millrace.udf;

import org.apache.spark.sql.api.java.UDF4;
import org.millrace.kernel.dedup.MinHash;

/**
 * {@code minhash(text string, unit string, size int, permutations int) -> array<int>}: the MinHash
 * signature of a text's shingles of {@code size} {@code characters} or {@code words}. Values are 32
 * bits without a sign. Empty where the text has no shingle. Null in, null out.
 */
public class MinHashFunction implements UDF4<String, String, Integer, Integer, int[]> {

  private static final long serialVersionUID = 1L;

  @Override
  public int[] call(String text, String unit, Integer size, Integer permutations) {
    if (text == null || unit == null || size == null || permutations == null) {
      return null;
    }
    return MinHash.of(permutations).signature(DedupFunctions.shingles(unit, size), text);
  }
}
