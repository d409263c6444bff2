package org.millrace.batch.bestofn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.udf.Packed;

/**
 * The samples of one prompt while they are gathered, as primitive columns. A row of it is the
 * prompt's own values and then {@link Packed} columns: answers, and numbers, of which the first are
 * sample index, credit, score and size (NaN where not known).
 */
final class PromptSamples {

  static final int INDEX = 0;
  static final int CREDIT = 1;
  static final int SCORE = 2;
  static final int SIZE = 3;

  /** Prompt columns before the samples: prompt_id, prompt, target, level, two token counts. */
  static final int PROMPT_TOKENS = 4;

  static final int COMPLETION_TOKENS = 5;
  static final int ANSWERS = 6;
  static final int NUMBERS = 7;

  private static final int OWN_BYTES = 1024;
  private static final int TEXT_BYTES = 64;

  private final String[] own = new String[PROMPT_TOKENS];
  private final Long[] tokens = new Long[2];
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> distinct = new ArrayList<>();
  private int[] answers = new int[8];
  private double[][] columns;
  private int size;
  private boolean ordered = true;

  PromptSamples(String id, int width) {
    own[0] = id;
    columns = new double[width][8];
  }

  /**
   * Names of the packed numbers.
   *
   * @param more those that not every run has
   */
  static List<String> numberColumns(List<String> more) {
    var names = new ArrayList<>(List.of("indices", "credits", "scores", "sizes"));
    names.addAll(more);
    return names;
  }

  /** Schema of {@link #row}. */
  static StructType schema(List<String> more) {
    var schema =
        new StructType()
            .add("prompt_id", DataTypes.StringType)
            .add("prompt", DataTypes.StringType)
            .add("target", DataTypes.StringType)
            .add("level", DataTypes.StringType)
            .add("prompt_tokens", DataTypes.LongType)
            .add("completion_tokens", DataTypes.LongType)
            .add("answers", DataTypes.BinaryType);
    for (var name : numberColumns(more)) {
      schema = schema.add(name, DataTypes.BinaryType);
    }
    return schema;
  }

  /** Schema of {@link #summed}: with counts of the samples, their mean and their best credit. */
  static StructType summedSchema(List<String> more) {
    return schema(more)
        .add("n", DataTypes.IntegerType)
        .add("copies", DataTypes.IntegerType)
        .add("judged", DataTypes.IntegerType)
        .add("scored", DataTypes.IntegerType)
        .add("sized", DataTypes.IntegerType)
        .add("answered", DataTypes.IntegerType)
        .add("pass_rate", DataTypes.DoubleType)
        .add("ceiling", DataTypes.DoubleType);
  }

  String id() {
    return own[0];
  }

  int size() {
    return size;
  }

  /**
   * Adds a sample: the prompt's own values, the answer, the numbers.
   *
   * @return about how many bytes more this takes now
   */
  long add(Row sample) {
    takeOwn(sample);
    var answer = sample.getString(ANSWERS);
    int before = distinct.size();
    grow(size + 1);
    answers[size] = number(answer);
    for (int c = 0; c < columns.length; c++) {
      columns[c][size] = sample.isNullAt(NUMBERS + c) ? Double.NaN : sample.getDouble(NUMBERS + c);
    }
    added();
    long bytes = (columns.length + 1L) * Double.BYTES + (size == 1 ? OWN_BYTES : 0);
    return distinct.size() == before ? bytes : bytes + TEXT_BYTES + 2L * answer.length();
  }

  /** Adds the samples of a row of {@link #row}, in which the credit is known if need be. */
  void addAll(Row row, boolean judgedOnly) {
    takeOwn(row);
    var texts = Packed.texts(row.getAs(ANSWERS));
    var from = new double[columns.length][];
    for (int c = 0; c < from.length; c++) {
      from[c] = Packed.numbers(row.<byte[]>getAs(NUMBERS + c));
    }
    int n = texts.numbers().length;
    grow(size + n);
    for (int i = 0; i < n; i++) {
      if (judgedOnly && Double.isNaN(from[CREDIT][i])) {
        continue;
      }
      answers[size] = number(texts.at(i));
      for (int c = 0; c < columns.length; c++) {
        columns[c][size] = from[c][i];
      }
      added();
    }
  }

  private void takeOwn(Row row) {
    for (int i = 1; i < own.length; i++) {
      own[i] = own[i] == null ? row.getString(i) : own[i];
    }
    for (int i = 0; i < tokens.length; i++) {
      if (!row.isNullAt(PROMPT_TOKENS + i)) {
        tokens[i] = (tokens[i] == null ? 0 : tokens[i]) + row.getLong(PROMPT_TOKENS + i);
      }
    }
  }

  private int number(String answer) {
    if (answer == null) {
      return -1;
    }
    var number = numbers.putIfAbsent(answer, distinct.size());
    if (number == null) {
      distinct.add(answer);
      return distinct.size() - 1;
    }
    return number;
  }

  private void grow(int needed) {
    if (needed > answers.length) {
      int room = Math.max(needed, answers.length * 2);
      answers = Arrays.copyOf(answers, room);
      for (int c = 0; c < columns.length; c++) {
        columns[c] = Arrays.copyOf(columns[c], room);
      }
    }
  }

  private void added() {
    size++;
    ordered &= size == 1 || columns[INDEX][size - 2] <= columns[INDEX][size - 1];
  }

  /** The samples as they came. */
  Row row() {
    return RowFactory.create(values(0));
  }

  /** The samples in the order of their indices, and their sums. */
  Row summed() {
    if (!ordered) {
      order();
    }
    var values = values(8);
    int copies = 0;
    for (int i = 1; i < size; i++) {
      copies += columns[INDEX][i] == columns[INDEX][i - 1] ? 1 : 0;
    }
    double sum = 0;
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      sum += columns[CREDIT][i];
      best = Math.max(best, columns[CREDIT][i]);
    }
    int judged = known(CREDIT);
    int at = NUMBERS + columns.length;
    values[at++] = size;
    values[at++] = copies;
    values[at++] = judged;
    values[at++] = known(SCORE);
    values[at++] = known(SIZE);
    values[at++] = (int) IntStream.range(0, size).filter(i -> answers[i] >= 0).count();
    values[at++] = judged == size ? sum / size : null;
    values[at] = judged == size ? best : null;
    return RowFactory.create(values);
  }

  private int known(int column) {
    int known = 0;
    for (int i = 0; i < size; i++) {
      known += Double.isNaN(columns[column][i]) ? 0 : 1;
    }
    return known;
  }

  private Object[] values(int more) {
    var values = new Object[NUMBERS + columns.length + more];
    System.arraycopy(own, 0, values, 0, own.length);
    values[PROMPT_TOKENS] = tokens[0];
    values[COMPLETION_TOKENS] = tokens[1];
    values[ANSWERS] = new Packed.Texts(Arrays.copyOf(answers, size), distinct).packed();
    for (int c = 0; c < columns.length; c++) {
      values[NUMBERS + c] = Packed.numbers(columns[c], size);
    }
    return values;
  }

  private void order() {
    var index = columns[INDEX];
    var order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> index[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    var texts = IntStream.of(order).mapToObj(i -> answers[i] < 0 ? null : distinct.get(answers[i]));
    var given = texts.toArray(String[]::new);
    numbers.clear();
    distinct.clear();
    for (int i = 0; i < size; i++) {
      answers[i] = number(given[i]);
    }
    for (int c = 0; c < columns.length; c++) {
      var column = columns[c];
      columns[c] = IntStream.of(order).mapToDouble(i -> column[i]).toArray();
    }
    ordered = true;
  }
}
