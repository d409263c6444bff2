package org.millrace.batch.inference;

import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.millrace.batch.inference.model.BundledModel;
import org.millrace.batch.inference.model.Embed;
import org.millrace.batch.inference.model.ModelSpec;

/** A column of texts to a column of vectors. */
public final class Embeddings {

  /** The column that is added: array of 32-bit numbers, of length 1; null where the text is. */
  public static final String COLUMN = "embedding";

  private static final StructType ADDED =
      new StructType().add(COLUMN, createArrayType(FloatType, false));

  private Embeddings() {}

  /**
   * Embeds with one of the models that come along.
   *
   * @param rows with a column of strings
   * @param column its name
   * @param model for its language
   * @return the rows as they were, and {@link #COLUMN}
   */
  public static Dataset<Row> of(Dataset<Row> rows, String column, BundledModel model) {
    return of(rows, column, model.spec(), model.task());
  }

  /**
   * Embeds with any model.
   *
   * @param model one that all machines can open, such as of {@link SharedModel}
   * @param task with the pooling that the model wants
   */
  public static Dataset<Row> of(Dataset<Row> rows, String column, ModelSpec model, Embed task) {
    int place = rows.schema().fieldIndex(column);
    return new ModelStep<>(
            model, task, row -> row.getString(place), result -> new Object[] {result.value()})
        .add(rows, ADDED);
  }
}
