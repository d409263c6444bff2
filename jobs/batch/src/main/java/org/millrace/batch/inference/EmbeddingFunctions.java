package org.millrace.batch.inference;

import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.List;
import org.apache.spark.sql.api.java.UDF1;
import org.millrace.batch.inference.model.BundledModel;
import org.millrace.batch.inference.model.SharedModels;
import org.millrace.udf.FunctionProvider;
import org.millrace.udf.SqlFunction;

/**
 * The bundled embedding models as SQL functions. The first call in a process loads the model; for a
 * whole table {@link Embeddings} does the same.
 */
public final class EmbeddingFunctions implements FunctionProvider {

  @Override
  public List<SqlFunction> functions() {
    return List.of(
        embed(
            "embed_en",
            BundledModel.MINI_LM_EN,
            "English text as a vector of 384 numbers and length 1 (all-MiniLM-L6-v2, 8-bit); the"
                + " first 256 tokens count. Needs millrace-models.jar.",
            "cosine_top(embed_en('a cat'), array(embed_en('stock prices fell'),"
                + " embed_en('two kittens')), 1)[0].position"),
        embed(
            "embed_zh",
            BundledModel.BGE_ZH,
            "Chinese text as a vector of 512 numbers and length 1 (bge-small-zh-v1.5, 8-bit); the"
                + " first 512 tokens count. Needs millrace-models.jar.",
            "cosine_top(embed_zh('一只猫'), array(embed_zh('股票价格下跌'),"
                + " embed_zh('两只小猫')), 1)[0].position"));
  }

  private static SqlFunction embed(
      String name, BundledModel model, String description, String example) {
    return new SqlFunction(
        name,
        "text",
        description,
        example,
        "1",
        createArrayType(FloatType, false),
        (UDF1<String, float[]>) text -> text == null ? null : embed(model, text));
  }

  private static float[] embed(BundledModel model, String text) {
    try (var lease = SharedModels.lease(model.spec())) {
      return lease.model().apply(model.task(), text).value();
    }
  }
}
