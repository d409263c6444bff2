package org.millrace.udf;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.List;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF4;
import org.millrace.kernel.dedup.Bands;
import org.millrace.kernel.dedup.Jaccard;
import org.millrace.kernel.dedup.Shingles;

/** What fuzzy deduplication is made of as SQL functions. */
final class DedupFunctions {

  private DedupFunctions() {}

  static List<SqlFunction> all() {
    return List.of(
        new SqlFunction(
            "minhash",
            "text, unit, size, permutations",
            "MinHash signature of a text's shingles of so many characters or words, in normal"
                + " form; empty where the text has fewer.",
            "minhash('盘古开天辟地', 'characters', 5, 4)",
            "[220723770, 783362682, 1715892886, 2006784769]",
            createArrayType(IntegerType, false),
            new MinHashFunction()),
        new SqlFunction(
            "normal_form",
            "text, unit",
            "The form of a text that minhash cuts into shingles of characters or words.",
            "normal_form('Full　ＷＩＤＴＨ  Text', 'characters')",
            "full width text",
            StringType,
            (UDF2<String, String, String>)
                (text, unit) ->
                    text == null || unit == null ? null : shingles(unit, 1).normalForm(text)),
        new SqlFunction(
            "minhash_signature",
            "text, unit, size, permutations",
            "minhash of a text as it stands, such as one in normal_form; words are what single"
                + " spaces set apart.",
            "minhash_signature('盘古开天辟地', 'characters', 5, 4)",
            "[220723770, 783362682, 1715892886, 2006784769]",
            createArrayType(IntegerType, false),
            new MinHashSignature()),
        new SqlFunction(
            "minhash_bands",
            "signature, bands, rows",
            "A key for each band of a signature; documents that share one are candidates. Empty"
                + " where the signature is.",
            "size(minhash_bands(minhash('盘古开天辟地', 'characters', 5, 120), 20, 6))",
            "20",
            createArrayType(LongType, false),
            (UDF3<Object, Integer, Integer, long[]>) DedupFunctions::bandKeys),
        new SqlFunction(
            "jaccard",
            "first, second, unit, size",
            "Exact Jaccard similarity of two texts' sets of shingles, 0 to 1.",
            "jaccard('盘古开天辟地', '盘古开天，', 'characters', 2)",
            "0.5",
            DoubleType,
            (UDF4<String, String, String, Integer, Double>)
                (first, second, unit, size) ->
                    first == null || second == null || unit == null || size == null
                        ? null
                        : Jaccard.of(shingles(unit, size), first, second)),
        new SqlFunction(
            "lsh_probability",
            "similarity, bands, rows",
            "Chance that two documents of a Jaccard similarity share the key of a band.",
            "round(lsh_probability(0.7, 20, 6), 3)",
            "0.918",
            DoubleType,
            (UDF3<Number, Integer, Integer, Double>)
                (similarity, bands, rows) ->
                    similarity == null || bands == null || rows == null
                        ? null
                        : new Bands(bands, rows).probability(similarity.doubleValue())));
  }

  private static long[] bandKeys(Object signature, Integer bands, Integer rows) {
    if (signature == null || bands == null || rows == null) {
      return null;
    }
    return new Bands(bands, rows).keys(Arrays.ints(signature, 0));
  }

  static Shingles shingles(String unit, int size) {
    return Shingles.of(Shingles.Unit.of(unit), size);
  }
}
