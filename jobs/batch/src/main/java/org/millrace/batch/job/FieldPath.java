package org.millrace.batch.job;

import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.millrace.command.UserError;

/**
 * Where a value stands in a record: a field name, names within it, elements of arrays: {@code ys},
 * {@code doc.question}, {@code resps[0]}.
 *
 * @param steps a String for a field, an Integer for an element; the first is a field
 */
record FieldPath(List<Object> steps) {

  private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[(\\d{1,9})]");

  static FieldPath of(String field) {
    return new FieldPath(List.of(field));
  }

  static FieldPath parse(String path) {
    var steps = new ArrayList<Object>();
    var matcher = STEP.matcher(path);
    int at = 0;
    while (at < path.length() && matcher.find(at) && matcher.start() == at) {
      if (matcher.group(1) != null) {
        steps.add(matcher.group(1));
      } else {
        steps.add(Integer.valueOf(matcher.group(2)));
      }
      at = matcher.end();
    }
    if (at < path.length() || steps.isEmpty() || steps.get(0) instanceof Integer) {
      throw UserError.usage(
          "--columns: '%s' is no column path; write a name, a.b for a field in a field, or a[0] for"
              + " an element",
          path);
    }
    return new FieldPath(List.copyOf(steps));
  }

  String root() {
    return (String) steps.get(0);
  }

  /** The value at this path, given the column of its root. */
  Column in(Column root) {
    var value = root;
    for (var step : steps.subList(1, steps.size())) {
      value =
          step instanceof Integer index ? get(value, lit(index)) : value.getField((String) step);
    }
    return value;
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (var step : steps) {
      if (step instanceof Integer) {
        text.append('[').append(step).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(step);
      }
    }
    return text.toString();
  }
}
