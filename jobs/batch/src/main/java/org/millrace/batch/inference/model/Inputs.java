package org.millrace.batch.inference.model;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Set;

/** A batch as the tensors that a model names, each (rows, tokens) of 64-bit integers. */
final class Inputs {

  /** The names that models use. */
  static final Set<String> KNOWN =
      Set.of("input_ids", "attention_mask", "token_type_ids", "position_ids");

  private Inputs() {}

  /**
   * @param names of the model's inputs, all of them {@link #KNOWN}
   * @param rows of the batch; the shorter ones are padded at their end
   */
  static NDList of(List<String> names, List<Encoded> rows, NDManager manager) {
    int tokens = rows.stream().mapToInt(Encoded::length).max().orElseThrow();
    var list = new NDList();
    for (var name : names) {
      var values = LongBuffer.allocate(rows.size() * tokens);
      for (var row : rows) {
        for (int token = 0; token < tokens; token++) {
          values.put(value(name, row, token));
        }
      }
      var array = manager.create(values.flip(), new Shape(rows.size(), tokens), DataType.INT64);
      array.setName(name);
      list.add(array);
    }
    return list;
  }

  private static long value(String name, Encoded row, int token) {
    if (token >= row.length()) {
      return 0;
    }
    return switch (name) {
      case "input_ids" -> row.ids()[token];
      case "attention_mask" -> 1;
      case "token_type_ids" -> row.types()[token];
      default -> token;
    };
  }
}
