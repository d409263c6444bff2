package org.millrace.batch.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.batch.inference.model.BundledModel;
import org.millrace.batch.inference.model.Embed;
import org.millrace.batch.inference.model.ModelSpec;
import org.millrace.batch.inference.model.OnnxFile;
import org.millrace.batch.inference.model.Pooling;
import org.millrace.batch.inference.model.TextModel;
import org.millrace.batch.inference.model.WordTokens;
import org.millrace.command.UserError;
import org.millrace.udf.Functions;
import org.millrace.udf.MillraceExtensions;
import org.millrace.udf.SqlFunction;

class EmbeddingsITCase {

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.extensions", MillraceExtensions.class.getName())
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  static Stream<SqlFunction> functions() {
    return Functions.all().stream().filter(function -> function.name().startsWith("embed_"));
  }

  @Test
  void theRegistryHasBoth() {
    assertThat(functions()).extracting(SqlFunction::name).containsExactly("embed_en", "embed_zh");
  }

  @ParameterizedTest
  @MethodSource("functions")
  void exampleGivesItsResultAndNullGivesNull(SqlFunction function) {
    var row =
        spark
            .sql(
                "SELECT CAST(%s AS STRING), %s(null)"
                    .formatted(function.example(), function.name()))
            .head();

    assertThat(row.getString(0)).isEqualTo(function.result());
    assertThat(row.isNullAt(1)).isTrue();
  }

  @Test
  void theDocsHaveTheTable() throws Exception {
    assertThat(Files.readString(Path.of("../../udfs/spark/docs/functions.md")))
        .as("udfs/spark/docs/functions.md; mend it with deploy/bin/millrace functions --markdown")
        .contains(Functions.markdown());
  }

  @Test
  void aColumnOfTextsHasTheVectorsOfTheFunctionHoweverItIsParted() {
    var rows =
        IntStream.range(0, 60)
            .mapToObj(i -> RowFactory.create(i, i % 7 == 0 ? null : "word ".repeat(i) + i, "kept"))
            .toList();
    var schema =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("text", DataTypes.StringType)
            .add("more", DataTypes.StringType);
    var texts = spark.createDataFrame(rows, schema);

    var one =
        Embeddings.of(texts.coalesce(1), "text", BundledModel.MINI_LM_EN)
            .orderBy("id")
            .collectAsList();
    var many =
        Embeddings.of(texts.repartition(5), "text", BundledModel.MINI_LM_EN)
            .orderBy("id")
            .collectAsList();
    var called = texts.selectExpr("id", "text", "more", "embed_en(text)").collectAsList();

    assertThat(one).hasSize(60).isEqualTo(many);
    assertThat(one)
        .extracting(Row::toString)
        .isEqualTo(called.stream().map(Row::toString).toList());
    assertThat(one.get(7).isNullAt(3)).isTrue();
    assertThat(one.get(8).getList(3)).hasSize(384);
  }

  @Test
  void aModelOfTheUsersGoesToAllMachinesAsAnArchive(@TempDir Path folder) throws Exception {
    OnnxFile.lookup(new float[][] {{0, 1}, {3, 4}}).write(folder, WordTokens.json("a"));
    var path = new org.apache.hadoop.fs.Path(folder.toUri());
    Files.writeString(folder.resolve("pytorch_model.bin"), "the same in another format");

    var shared = SharedModel.archived("mine", path, spark);
    var file =
        SharedModel.archived("mine", new org.apache.hadoop.fs.Path(path, "model.onnx"), spark);

    var texts = spark.sql("SELECT 'a' AS text");
    for (var source : List.of(shared, file)) {
      var vector =
          Embeddings.of(texts, "text", new ModelSpec(source, 8), new Embed(Pooling.MEAN))
              .head()
              .<Float>getList(1);
      assertThat(vector.get(0)).isCloseTo(.6f, within(1e-6f));
      assertThat(vector.get(1)).isCloseTo(.8f, within(1e-6f));
      assertThat(source.files().onnx().resolveSibling("pytorch_model.bin")).doesNotExist();
    }
  }

  @Test
  void aModelThatIsntThereIsSaidInOneLine() throws Exception {
    assertThatThrownBy(() -> SharedModel.of("--model", "file:///none/at/all", spark))
        .isInstanceOf(UserError.class)
        .hasMessage("--model: no such file or folder: file:///none/at/all");

    var here = SharedModel.of("--model", "/none/at/all", spark);
    assertThatThrownBy(() -> TextModel.open(new ModelSpec(here, 8)))
        .hasMessage("no folder with a model, and no .onnx file: /none/at/all");
  }
}
