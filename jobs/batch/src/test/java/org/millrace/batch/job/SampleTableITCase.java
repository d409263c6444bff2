package org.millrace.batch.job;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of whatever type as the columns that we know. */
class SampleTableITCase {

  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.shuffle.partitions", 3)
          .getOrCreate();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "null",
      value = {
        "verdict       | true                | correct   | null",
        "verdict       | false               | incorrect | null",
        "verdict       | 1                   | correct   | null",
        "verdict       | 0L                  | incorrect | null",
        "verdict       | 2                   | null      | verdict is not a verdict or a number 0 to 1: 2",
        "verdict       | 1D                  | correct   | null",
        "verdict       | 0.25D               | 0.25      | null",
        "verdict       | -0.5D               | null      | verdict is not a verdict or a number 0 to 1: -0.5",
        "verdict       | double('NaN')       | null      | verdict is not a verdict or a number 0 to 1: NaN",
        "verdict       | 0.5BD               | 0.5       | null",
        "verdict       | ' True '            | correct   | null",
        "verdict       | 'INCORRECT'         | incorrect | null",
        "verdict       | 'Missing'           | missing   | null",
        "verdict       | '2.5e-1'            | 0.25      | null",
        "verdict       | '1.5'               | null      | verdict is not a verdict or a number 0 to 1: 1.5",
        "verdict       | string(null)        | null      | null",
        "score         | 3                   | 3.0       | null",
        "score         | true                | 1.0       | null",
        "score         | ' -1e3'             | -1000.0   | null",
        "score         | double('-Infinity') | null      | null",
        "length        | 7                   | 7         | null",
        "length        | 7.0D                | 7         | null",
        "length        | '7'                 | 7         | null",
        "length        | 7.5D                | null      | length is not a whole number from 0: 7.5",
        "length        | -1L                 | null      | length is not a whole number from 0: -1",
        "length        | double('NaN')       | null      | length is not a whole number from 0: NaN",
        "sample_index  | 2147483647L         | 2147483647| null",
        "sample_index  | 2147483648L         | null      | sample_index is not a whole number from 0: 2147483648",
        "sample_index  | bigint(null)        | null      | no sample_index",
        "step_scores   | array(1, 2)         | [1.0,2.0] | null",
        "step_scores   | array(1D, null)     | null      | step_scores is not an array of finite numbers: [1.0,null]",
        "votes         | array(1, null)      | [1.0,null]| null",
        "votes         | 'yN-'               | [1.0,0.0,null] | null",
        "votes         | 'maybe'             | null      | votes is not votes such as YYN-, or an array of them: maybe",
      })
  void aValueIsReadByItsTypeOrGivesAReason(String column, String sql, String value, String reason) {
    var records =
        SPARK
            .sql("select 'p' prompt_id, 0 sample_index, 'f' _file, 0L _block, 0L _row")
            .withColumn("_raw", lit(null).cast("string"))
            .withColumn("_reason", lit(null).cast("string"))
            .withColumn(column, expr(sql));

    var row =
        SampleTable.of(records)
            .selectExpr(
                column.equals("votes") || column.equals("step_scores")
                    ? "to_json(" + column + ", map('ignoreNullFields', 'false'))"
                    : "string(" + column + ")",
                "_reason")
            .head();

    assertThat(row.getString(0)).isEqualTo(value);
    assertThat(row.getString(1)).isEqualTo(reason);
  }
}
