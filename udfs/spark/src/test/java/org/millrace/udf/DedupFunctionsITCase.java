package org.millrace.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.kernel.dedup.XxHash64;

/** The functions of deduplication beside Spark's own hash, on texts at the edges. */
class DedupFunctionsITCase {

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.extensions", MillraceExtensions.class.getName())
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "盘",
        "\uD83D\uDE00",
        "盘古开天辟",
        "exactly thirty-two bytes of text",
        "a text of more bytes than one stripe of the hash has, 盘古开天辟地",
        "twice thirty-two bytes of text, the hash's stripe, and no more.."
      })
  void theBaseHashIsSparks(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);

    assertThat(XxHash64.hash(bytes, 0, bytes.length, XxHash64.SEED))
        .isEqualTo(spark.sql("SELECT xxhash64(\"" + text + "\")").head().getLong(0));
  }

  @Test
  void bandKeysAreSparksHashOfBandAndValues() {
    assertThat(text("minhash_bands(array(7, -8, 9, 10), 2, 2)"))
        .isEqualTo(text("array(xxhash64(0, 7, -8), xxhash64(1, 9, 10))"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "一", "\uD83D\uDE00一二三"})
  void aTextShorterThanAShingleHasNoSignatureNoKeyAndNoLikeness(String text) {
    var signature = "minhash('" + text + "', 'characters', 5, 120)";

    assertThat(text(signature)).isEqualTo("[]");
    assertThat(text("minhash_bands(" + signature + ", 20, 6)")).isEqualTo("[]");
    assertThat(text("jaccard('%s', '%s', 'characters', 5)".formatted(text, text))).isEqualTo("0.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"characters", "words"})
  void theSignatureOfANormalFormIsThatOfItsText(String unit) {
    var text = "'The  QUICK, brown fox，跳过了 12.5 只懒狗'";

    assertThat(
            text(
                "minhash_signature(normal_form(%1$s, '%2$s'), '%2$s', 3, 8)".formatted(text, unit)))
        .isEqualTo(text("minhash(%s, '%s', 3, 8)".formatted(text, unit)))
        .isNotEqualTo("[]");
  }

  @Test
  void signaturesOfRowsDontDependOnPartitions() {
    spark
        .range(0, 200, 1, 8)
        .selectExpr("id", "repeat(concat('数据', id, '😀'), 40) AS text")
        .createOrReplaceTempView("texts");
    var signatures = "SELECT id, minhash(text, 'characters', 5, 16) AS signature FROM texts";

    var eight = spark.sql(signatures).orderBy("id").collectAsList();
    var one = spark.sql(signatures).coalesce(1).orderBy("id").collectAsList();

    assertThat(one).hasSize(200).isEqualTo(eight);
  }

  @Test
  void theQueryOfTheDocsFindsTheNearDuplicates() throws Exception {
    var docs = Files.readString(Path.of("docs/functions.md"));
    int from = docs.indexOf("```sql") + "```sql".length();
    var query = docs.substring(from, docs.indexOf("```", from));
    var page = "盘古开天辟地，女娲炼石补天，夸父逐日而走，精卫衔石填海，愚公移山不止。";
    spark
        .sql(
            "SELECT * FROM VALUES (1, '%s'), (2, '%s子子孙孙'), (3, '别的文章，说的是另一件事情。')"
                .formatted(page, page))
        .toDF("id", "text")
        .createOrReplaceTempView("pages");

    var pairs = spark.sql(query).collectAsList();

    assertThat(pairs).hasSize(1);
    assertThat(pairs.get(0).getInt(0)).isEqualTo(1);
    assertThat(pairs.get(0).getInt(1)).isEqualTo(2);
  }

  @Test
  void mistakesSayWhatIsWrong() {
    assertThatThrownBy(() -> text("minhash('a', 'lines', 5, 120)"))
        .hasStackTraceContaining("a shingle's unit is characters or words, not 'lines'");
    assertThatThrownBy(() -> text("minhash_bands(array(1, 2), 20, 6)"))
        .hasStackTraceContaining("need a signature of 120 values or more, not 2");
  }

  private static String text(String expression) {
    return spark.sql("SELECT CAST(" + expression + " AS STRING)").head().getString(0);
  }
}
