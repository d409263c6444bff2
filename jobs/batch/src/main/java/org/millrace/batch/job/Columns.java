package org.millrace.batch.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.command.UserError;

/**
 * The columns that jobs know, how each is read from a user's value, and which column of the user's
 * stands for which of ours.
 */
public final class Columns {

  /** How a user's value becomes one of ours. */
  enum Kind {
    /** Text, the same for all samples of a record. */
    PROMPT_TEXT(DataTypes.StringType, null),
    /** Text of one sample. */
    TEXT(DataTypes.StringType, null),
    /** correct, incorrect, unparsed, missing, true, false, or a number 0 to 1. */
    VERDICT(DataTypes.StringType, "a verdict or a number 0 to 1"),
    /** A finite number. */
    NUMBER(DataTypes.DoubleType, "a finite number"),
    /** A whole number, at least 0. */
    COUNT(DataTypes.LongType, "a whole number from 0"),
    /** A whole number, at least 0, that fits 32 bits. */
    INDEX(DataTypes.IntegerType, "a whole number from 0"),
    /** Finite numbers of one sample, in order. */
    NUMBERS(DataTypes.createArrayType(DataTypes.DoubleType, true), "an array of finite numbers"),
    /** Votes of one sample: finite numbers, null for a missing one; or a string such as YYN-. */
    VOTES(
        DataTypes.createArrayType(DataTypes.DoubleType, true),
        "votes such as YYN-, or an array of them"),
    /** Texts about one sample, in order; null for one that is missing. */
    TEXTS(DataTypes.createArrayType(DataTypes.StringType, true), "an array of texts");

    final DataType type;

    /** What a value must be, in words; null where any will do. */
    final String wanted;

    Kind(DataType type, String wanted) {
      this.type = type;
      this.wanted = wanted;
    }

    /** Whether one value is itself an array. */
    boolean vector() {
      return type instanceof ArrayType;
    }

    /** Whether a record with an array here holds one sample an element. */
    boolean perSample() {
      return this != PROMPT_TEXT;
    }
  }

  static final Map<String, Kind> KNOWN = known();

  private static final Map<String, Kind> DOCUMENTS = ofDocuments();

  private static Map<String, Kind> known() {
    var kinds = new LinkedHashMap<String, Kind>();
    kinds.put("prompt_id", Kind.PROMPT_TEXT);
    kinds.put("sample_index", Kind.INDEX);
    kinds.put("prompt", Kind.PROMPT_TEXT);
    kinds.put("target", Kind.PROMPT_TEXT);
    kinds.put("level", Kind.PROMPT_TEXT);
    kinds.put("text", Kind.TEXT);
    kinds.put("answer", Kind.TEXT);
    kinds.put("verdict", Kind.VERDICT);
    kinds.put("score", Kind.NUMBER);
    kinds.put("step_scores", Kind.NUMBERS);
    kinds.put("votes", Kind.VOTES);
    kinds.put("length", Kind.COUNT);
    kinds.put("prompt_tokens", Kind.COUNT);
    kinds.put("completion_tokens", Kind.COUNT);
    kinds.put("verifier_tokens", Kind.COUNT);
    kinds.put("votes_length", Kind.COUNT);
    kinds.put("latency_ms", Kind.COUNT);
    kinds.put("finish_reason", Kind.TEXT);
    kinds.put("error", Kind.TEXT);
    kinds.put("critiques", Kind.TEXTS);
    kinds.put("token_confidences", Kind.NUMBERS);
    kinds.put("self_certainty", Kind.NUMBER);
    kinds.put("confidence_lowest_group", Kind.NUMBER);
    kinds.put("confidence_bottom10", Kind.NUMBER);
    kinds.put("confidence_tail", Kind.NUMBER);
    kinds.put("confidence_mean", Kind.NUMBER);
    return kinds;
  }

  private static Map<String, Kind> ofDocuments() {
    var kinds = new LinkedHashMap<String, Kind>();
    for (var name : List.of("doc_id", "source", "url", "title", "language", "text")) {
      kinds.put(name, Kind.TEXT);
    }
    kinds.put("score", Kind.NUMBER);
    return kinds;
  }

  private final Map<String, Kind> known;
  private final String required;
  private final Map<String, FieldPath> theirs = new LinkedHashMap<>();

  private Columns(Map<String, Kind> known, String required, Map<String, String> mapping) {
    this.known = known;
    this.required = required;
    mapping.forEach(
        (ours, path) -> {
          if (!known.containsKey(ours)) {
            throw UserError.usage(
                "--columns %s=%s: '%s' is no column of ours; ours are %s",
                ours, path, ours, String.join(", ", known.keySet()));
          }
          theirs.put(ours, FieldPath.parse(path));
        });
  }

  /**
   * The columns of samples.
   *
   * @param mapping our name to theirs; a column of ours that isn't named is read under its own name
   *     where the input has one
   * @throws UserError if a name on the left isn't ours
   */
  public static Columns samples(Map<String, String> mapping) {
    return new Columns(KNOWN, "prompt_id", mapping);
  }

  /**
   * The columns of documents.
   *
   * @param mapping as of {@link #samples}
   */
  public static Columns documents(Map<String, String> mapping) {
    return new Columns(DOCUMENTS, "text", mapping);
  }

  /** The column without which the input can't be used. */
  String required() {
    return required;
  }

  /**
   * Columns that the first records may lack and later ones have; they are read in any case, as
   * values.
   */
  Set<String> sparse() {
    if (known != DOCUMENTS) {
      return Set.of();
    }
    var sparse = new LinkedHashSet<>(List.of("source", "url", "title", "language", "score"));
    // Of a name that the user gave, it is more likely wrong than rare.
    sparse.removeAll(theirs.keySet());
    return sparse;
  }

  /** The names of all columns. */
  Set<String> names() {
    return known.keySet();
  }

  /** Their paths by our names, those that the user mapped. */
  Map<String, FieldPath> mapped() {
    return theirs;
  }

  /** All paths to look for: the mapped ones, and our own names for the rest. */
  Map<String, FieldPath> candidates() {
    var all = new LinkedHashMap<String, FieldPath>();
    known.keySet().forEach(ours -> all.put(ours, theirs.getOrDefault(ours, FieldPath.of(ours))));
    return all;
  }

  /** The schema of what {@link RecordReader} gives: every known column, typed. */
  static StructType schema() {
    var type = new StructType();
    for (var known : KNOWN.entrySet()) {
      type = type.add(known.getKey(), known.getValue().type);
    }
    return type;
  }

  /** All known columns, a typed null for each that is absent. */
  static List<Column> allOf(List<String> present) {
    var all = new ArrayList<Column>();
    KNOWN.forEach(
        (name, kind) ->
            all.add(present.contains(name) ? col(name) : lit(null).cast(kind.type).as(name)));
    return all;
  }
}
