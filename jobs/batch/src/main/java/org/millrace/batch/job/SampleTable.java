package org.millrace.batch.job;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.posexplode_outer;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.batch.job.Columns.Kind;
import org.millrace.command.UserError;

/**
 * Turns a user's records into one row a sample with every known column, typed. A record that holds
 * arrays in parallel becomes a row an element; a value that can't be what its column says gives its
 * row a {@code _reason}.
 */
final class SampleTable {

  private static final String DECIMAL =
      "^\\s*[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?\\s*$";

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
    var reason =
        when(col("_reason").isNotNull(), col("_reason"))
            .when(
                col("prompt_id").isNull().or(trim(col("prompt_id").cast("string")).equalTo("")),
                "no prompt_id")
            .when(col("sample_index").isNull(), "no sample_index");
    var values = new ArrayList<Column>();
    for (var entry : types.entrySet()) {
      var name = entry.getKey();
      var kind = Columns.KNOWN.get(name);
      var typed = convert(col(name), kind, entry.getValue());
      values.add(typed.value().as(name));
      if (typed.wrong() != null) {
        reason =
            reason.when(
                typed.wrong(),
                concat(
                    lit(name + " is not " + typed.wanted() + ": "),
                    substring(coalesce(shown(col(name), entry.getValue()), lit("")), 1, 60)));
      }
    }
    var raw =
        when(
            col("_reason").isNotNull(),
            coalesce(col("_raw"), RecordReader.rawOf(columns(types.keySet()))));
    POSITION.forEach(name -> values.add(col(name)));
    values.add(col("_reason"));
    values.add(raw.as("_raw"));
    var typed = rows.withColumn("_reason", reason).select(values.toArray(Column[]::new));
    var all = Columns.allOf(List.copyOf(types.keySet()));
    POSITION.forEach(name -> all.add(col(name)));
    all.add(col("_reason"));
    all.add(col("_raw"));
    return typed.select(all.toArray(Column[]::new));
  }

  private static Column shown(Column value, DataType type) {
    return type instanceof ArrayType ? to_json(value) : value.cast("string");
  }

  /**
   * A column as its kind.
   *
   * @param wrong true where the value isn't null and isn't what it should be; null if that can't be
   * @param wanted what it should be
   */
  private record Typed(Column value, Column wrong, String wanted) {}

  private static Typed convert(Column value, Kind kind, DataType type) {
    return switch (kind) {
      case PROMPT_TEXT, TEXT -> new Typed(value.cast("string"), null, "");
      case VERDICT -> verdict(value, type);
      case NUMBER -> {
        var number = number(value, type);
        yield new Typed(number, value.isNotNull().and(notFinite(number)), "a finite number");
      }
      case COUNT, INDEX -> {
        var number = number(value, type);
        double limit = kind == Kind.INDEX ? Integer.MAX_VALUE : 1L << 53;
        var bad =
            notFinite(number)
                .or(number.lt(0))
                .or(number.gt(limit))
                .or(floor(number).notEqual(number));
        yield new Typed(
            when(coalesce(bad, lit(true)), lit(null)).otherwise(number.cast(kind.type)),
            value.isNotNull().and(bad),
            "a whole number from 0");
      }
      case NUMBERS -> numbers(value, type);
      case VOTES -> type instanceof ArrayType ? votes(value, type) : voteLetters(value);
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

  private static Column notFinite(Column number) {
    return number.isNull().or(isnan(number)).or(abs(number).equalTo(Double.POSITIVE_INFINITY));
  }

  private static Typed verdict(Column value, DataType type) {
    var text = lower(trim(value.cast("string")));
    var number = number(text, DataTypes.StringType);
    var graded = number.geq(0).and(number.leq(1)).and(not(isnan(number)));
    var label =
        when(text.isin("correct", "true", "1", "1.0"), "correct")
            .when(text.isin("incorrect", "false", "0", "0.0"), "incorrect")
            .when(text.isin("unparsed", "missing"), text)
            .when(graded, number.cast("string"));
    return new Typed(label, value.isNotNull().and(label.isNull()), "a verdict or a number 0 to 1");
  }

  private static Typed numbers(Column value, DataType type) {
    if (!(type instanceof ArrayType array)) {
      return new Typed(lit(null).cast(Kind.NUMBERS.type), value.isNotNull(), "an array of numbers");
    }
    var elements = transform(value, element -> number(element, array.elementType()));
    var bad = exists(elements, SampleTable::notFinite);
    return new Typed(
        when(coalesce(bad, lit(true)), lit(null)).otherwise(elements).cast(Kind.NUMBERS.type),
        value.isNotNull().and(bad),
        "an array of finite numbers");
  }

  private static Typed votes(Column value, DataType type) {
    var elementType = ((ArrayType) type).elementType();
    var elements = transform(value, element -> number(element, elementType));
    var bad = exists(value, given -> given.isNotNull().and(notFinite(number(given, elementType))));
    return new Typed(
        when(bad, lit(null)).otherwise(elements).cast(Kind.VOTES.type),
        value.isNotNull().and(bad),
        "an array of votes");
  }

  private static Typed voteLetters(Column value) {
    var letters = upper(trim(value.cast("string")));
    var legal = letters.rlike("^[YN-]+$");
    var votes =
        transform(
            split(letters, ""),
            letter -> when(letter.equalTo("Y"), 1.0).when(letter.equalTo("N"), 0.0));
    return new Typed(
        when(legal, votes).cast(Kind.VOTES.type),
        value.isNotNull().and(not(legal)),
        "votes such as YYN-");
  }

  private static Column[] columns(Iterable<String> names) {
    var columns = new ArrayList<Column>();
    names.forEach(name -> columns.add(col(name)));
    return columns.toArray(Column[]::new);
  }
}
