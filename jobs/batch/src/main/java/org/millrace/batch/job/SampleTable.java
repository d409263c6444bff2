package org.millrace.batch.job;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.posexplode_outer;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.millrace.batch.job.Columns.Kind;
import org.millrace.command.UserError;

/**
 * Turns a user's records into one row a sample with every known column, typed. A record that holds
 * arrays in parallel becomes a row an element; a value that can't be what its column says gives its
 * row a {@code _reason}. Only a bad score does not, since its row may well have a verdict: it is
 * null, and the row {@code _lost} it.
 */
final class SampleTable {

  private static final String DECIMAL =
      "^\\s*[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?\\s*$";

  /** True in rows whose score was no finite number and is null now. */
  static final String LOST = "_lost";

  private static final UserDefinedFunction VERDICT =
      udf((UDF1<String, String>) SampleTable::verdict, DataTypes.StringType).withName("verdict");

  private static final List<String> POSITION = List.of("_file", "_block", "_row");

  private SampleTable() {}

  /** Records of {@link RecordReader} to typed rows, the position columns kept. */
  static Dataset<Row> of(Dataset<Row> records) {
    return typed(unnested(records));
  }

  private static Dataset<Row> unnested(Dataset<Row> records) {
    var types = new LinkedHashMap<String, DataType>();
    for (var name : records.columns()) {
      if (Columns.KNOWN.containsKey(name)) {
        types.put(name, records.schema().apply(name).dataType());
      }
    }
    var parallel = parallel(types);
    return parallel.isEmpty() ? indexed(records, types) : exploded(records, types, parallel);
  }

  /** The columns that hold one element a sample; none where a record is one sample. */
  private static List<String> parallel(Map<String, DataType> types) {
    var scalarsInArrays = new ArrayList<String>();
    var vectorsInArrays = new ArrayList<String>();
    types.forEach(
        (name, type) -> {
          var kind = Columns.KNOWN.get(name);
          if (!(type instanceof ArrayType array)) {
            return;
          }
          if (!kind.perSample()) {
            throw new UserError(
                "column %s is an array; it must be one value a record: take an element, as in"
                    + " --columns %s=field[0]",
                name, name);
          }
          if (!kind.vector()) {
            scalarsInArrays.add(name);
          } else if (array.elementType() instanceof ArrayType) {
            vectorsInArrays.add(name);
          } else if (kind == Kind.VOTES) {
            // Strings such as YYN-, one a sample, if another column is an array too.
            vectorsInArrays.add(0, name);
          }
        });
    boolean nested =
        vectorsInArrays.stream()
            .anyMatch(name -> ((ArrayType) types.get(name)).elementType() instanceof ArrayType);
    if (scalarsInArrays.isEmpty() && !nested) {
      return List.of();
    }
    scalarsInArrays.addAll(vectorsInArrays);
    return scalarsInArrays;
  }

  private static Dataset<Row> exploded(
      Dataset<Row> records, Map<String, DataType> types, List<String> parallel) {
    var strict = parallel.stream().filter(name -> !Columns.KNOWN.get(name).vector()).toList();
    var first = strict.isEmpty() ? parallel.get(0) : strict.get(0);
    var n = size(col(first));
    var reason = when(col("_reason").isNotNull(), col("_reason"));
    for (var name : strict.isEmpty() ? parallel : strict) {
      reason =
          reason
              .when(col(name).isNull(), "no array: " + name)
              .when(size(col(name)).equalTo(0), "empty array: " + name);
    }
    for (var name : parallel) {
      // A verifier may not have been asked for the last samples, so its arrays may be shorter.
      var wrong = strict.contains(name) ? size(col(name)).notEqual(n) : size(col(name)).gt(n);
      reason =
          reason.when(
              wrong,
              concat(
                  lit("arrays of unequal length: " + first + " "),
                  n.cast("string"),
                  lit(", " + name + " "),
                  size(col(name)).cast("string")));
    }
    var raw = coalesce(col("_raw"), RecordReader.rawOf(columns(types.keySet())));
    var kept = new ArrayList<Column>();
    for (var name : types.keySet()) {
      if (!parallel.contains(name)) {
        kept.add(col(name));
      }
    }
    POSITION.forEach(name -> kept.add(col(name)));
    kept.add(col("_reason"));
    kept.add(when(col("_reason").isNotNull(), raw).as("_raw"));
    kept.add(
        posexplode_outer(when(col("_reason").isNull(), arrays_zip(columns(parallel))))
            .as(new String[] {"_position", "_sample"}));
    var rows = records.withColumn("_reason", reason).select(kept.toArray(Column[]::new));
    var all = new ArrayList<Column>();
    for (var name : types.keySet()) {
      all.add(parallel.contains(name) ? col("_sample").getField(name).as(name) : col(name));
    }
    if (!types.containsKey("sample_index")) {
      all.add(col("_position").as("sample_index"));
    }
    POSITION.forEach(name -> all.add(col(name)));
    all.add(col("_reason"));
    all.add(col("_raw"));
    return rows.select(all.toArray(Column[]::new));
  }

  private static Dataset<Row> indexed(Dataset<Row> records, Map<String, DataType> types) {
    if (types.containsKey("sample_index")) {
      return records;
    }
    var order = Window.partitionBy("prompt_id").orderBy("_file", "_block", "_row");
    return records.withColumn("sample_index", row_number().over(order).minus(1));
  }

  private static Dataset<Row> typed(Dataset<Row> rows) {
    var types = new LinkedHashMap<String, DataType>();
    for (var name : rows.columns()) {
      if (Columns.KNOWN.containsKey(name)) {
        types.put(name, rows.schema().apply(name).dataType());
      }
    }
    // First the values, then what is wrong with them, so that none is converted twice.
    var values = new ArrayList<Column>();
    var given = new ArrayList<Column>();
    var reason =
        when(col("_reason").isNotNull(), col("_reason"))
            .when(col("prompt_id").isNull().or(trim(col("prompt_id")).equalTo("")), "no prompt_id")
            .when(col(given("sample_index")).isNull(), "no sample_index");
    Column lost = lit(false);
    for (var entry : types.entrySet()) {
      var name = entry.getKey();
      var kind = Columns.KNOWN.get(name);
      values.add(convert(col(name), kind, entry.getValue()).as(name));
      values.add(col(name).as(given(name)));
      given.add(col(given(name)).as(name));
      var wrong = col(given(name)).isNotNull().and(col(name).isNull());
      if (kind == Kind.NUMBER) {
        lost = lost.or(wrong);
      } else if (kind.wanted != null) {
        reason =
            reason.when(
                wrong,
                concat(
                    lit(name + " is not " + kind.wanted + ": "),
                    substring(
                        coalesce(shown(col(given(name)), entry.getValue()), lit("")), 1, 60)));
      }
    }
    for (var name : List.of("_file", "_block", "_row", "_reason", "_raw")) {
      values.add(col(name));
    }
    var raw =
        when(
            col("_reason").isNotNull(),
            coalesce(col("_raw"), RecordReader.rawOf(given.toArray(Column[]::new))));
    var all = Columns.allOf(List.copyOf(types.keySet()));
    POSITION.forEach(name -> all.add(col(name)));
    all.add(lost.as(LOST));
    all.add(col("_reason"));
    all.add(raw.as("_raw"));
    return rows.select(values.toArray(Column[]::new))
        .withColumn("_reason", reason)
        .select(all.toArray(Column[]::new));
  }

  private static String given(String name) {
    return "_given_" + name;
  }

  private static Column shown(Column value, DataType type) {
    return type instanceof ArrayType ? to_json(value) : value.cast("string");
  }

  /** A column as its kind; null where it can't be that. */
  private static Column convert(Column value, Kind kind, DataType type) {
    return switch (kind) {
      case PROMPT_TEXT, TEXT -> value.cast("string");
      case VERDICT -> verdict(value, type);
      case NUMBER -> {
        var number = number(value, type);
        yield when(finite(number), number);
      }
      case COUNT -> whole(value, type, 1L << 53).cast(kind.type);
      case INDEX -> whole(value, type, Integer.MAX_VALUE).cast(kind.type);
      case NUMBERS -> numbers(value, type).cast(kind.type);
      case TEXTS -> type instanceof ArrayType ? value.cast(kind.type) : lit(null).cast(kind.type);
      case VOTES ->
          (type instanceof ArrayType ? votes(value, type) : voteLetters(value)).cast(kind.type);
    };
  }

  private static Column number(Column value, DataType type) {
    return type.equals(DataTypes.StringType)
        ? parsed(value)
        : type.equals(DataTypes.BooleanType)
            ? value.cast("int").cast("double")
            : value.cast("double");
  }

  /** Null where the text is no decimal number; a plain cast would fail in ANSI mode. */
  private static Column parsed(Column text) {
    return when(text.rlike(DECIMAL), trim(text).cast("double"));
  }

  /** False for NaN, which to Spark is more than any number; null for null. */
  private static Column finite(Column number) {
    return abs(number).lt(Double.POSITIVE_INFINITY);
  }

  private static Column whole(Column value, DataType type, long limit) {
    if (type instanceof IntegralType) {
      return when(value.between(0, limit), value);
    }
    var number = number(value, type);
    return when(number.between(0, limit).and(floor(number).equalTo(number)), number);
  }

  private static Column verdict(Column value, DataType type) {
    if (type.equals(DataTypes.BooleanType)) {
      return when(value, "correct").when(not(value), "incorrect");
    }
    if (type.equals(DataTypes.DoubleType) || type instanceof IntegralType) {
      return when(value.equalTo(1), "correct")
          .when(value.equalTo(0), "incorrect")
          .when(value.between(0, 1), value.cast("string"));
    }
    var text = value.cast("string");
    return when(text.isin("correct", "incorrect", "unparsed", "missing"), text)
        .when(text.isNotNull(), VERDICT.apply(text));
  }

  /** Our spelling of a verdict; null if it is none. */
  private static String verdict(String text) {
    var bare = text.strip().toLowerCase(Locale.ROOT);
    return switch (bare) {
      case "correct", "true", "1", "1.0" -> "correct";
      case "incorrect", "false", "0", "0.0" -> "incorrect";
      case "unparsed", "missing" -> bare;
      default -> {
        double grade = bare.matches(DECIMAL) ? Double.parseDouble(bare) : Double.NaN;
        yield grade >= 0 && grade <= 1 ? Double.toString(grade) : null;
      }
    };
  }

  private static Column numbers(Column value, DataType type) {
    if (!(type instanceof ArrayType array)) {
      return lit(null);
    }
    var elements = transform(value, element -> number(element, array.elementType()));
    return when(all(elements, SampleTable::finite), elements);
  }

  private static Column votes(Column value, DataType type) {
    var elementType = ((ArrayType) type).elementType();
    var elements = transform(value, element -> number(element, elementType));
    var legal =
        all(
            value,
            given -> given.isNull().or(coalesce(finite(number(given, elementType)), lit(false))));
    return when(legal, elements);
  }

  private static Column voteLetters(Column value) {
    var letters = upper(trim(value.cast("string")));
    var votes =
        transform(
            split(letters, ""),
            letter -> when(letter.equalTo("Y"), 1.0).when(letter.equalTo("N"), 0.0));
    return when(letters.rlike("^[YN-]+$"), votes);
  }

  /** What {@code forall} says, by what RAPIDS has. */
  private static Column all(Column array, UnaryOperator<Column> holds) {
    return not(exists(array, element -> not(holds.apply(element))));
  }

  private static Column[] columns(Iterable<String> names) {
    var columns = new ArrayList<Column>();
    names.forEach(name -> columns.add(col(name)));
    return columns.toArray(Column[]::new);
  }
}
