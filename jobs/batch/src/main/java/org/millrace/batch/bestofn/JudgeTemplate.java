package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;

/**
 * What a judge reads: a text with places, such as {@code {prompt}}, for what it is to judge. What
 * stands in braces in a value stays as it is.
 *
 * @param parts of the text in order
 */
record JudgeTemplate(List<Part> parts) {

  /**
   * A piece of text, or a place.
   *
   * @param name of the place; null of a text
   */
  record Part(String text, String name) {}

  /**
   * Reads a template.
   *
   * @param needed places that must be there
   * @param others places that may be; braces around anything else are text
   * @throws IllegalArgumentException if one is missing
   */
  static JudgeTemplate of(String pattern, List<String> needed, List<String> others) {
    for (var place : needed) {
      if (!pattern.contains("{" + place + "}")) {
        throw new IllegalArgumentException("the template must have {" + place + "} in it");
      }
    }
    var places = new ArrayList<>(needed);
    places.addAll(others);
    var parts = new ArrayList<Part>();
    var matcher = Pattern.compile("\\{(" + String.join("|", places) + ")\\}").matcher(pattern);
    int from = 0;
    while (matcher.find()) {
      parts.add(new Part(pattern.substring(from, matcher.start()), null));
      parts.add(new Part(null, matcher.group(1)));
      from = matcher.end();
    }
    parts.add(new Part(pattern.substring(from), null));
    return new JudgeTemplate(List.copyOf(parts));
  }

  /** Whether it has a place. */
  boolean has(String place) {
    return parts.stream().anyMatch(part -> place.equals(part.name()));
  }

  /** The text to read, with the values of a row; a null value is empty. */
  Column column(Map<String, Column> values) {
    return concat(
        parts.stream()
            .map(
                part ->
                    part.name() == null
                        ? lit(part.text())
                        : coalesce(values.get(part.name()), lit("")))
            .toArray(Column[]::new));
  }
}
