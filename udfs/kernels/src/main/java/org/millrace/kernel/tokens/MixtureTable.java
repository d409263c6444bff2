package org.millrace.kernel.tokens;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The sources of a training run as its authors give them. Tokens and weights of such tables need
 * not agree: they are a configuration.
 *
 * <p>The form is Java properties: {@code tables=NAME NAME}, {@code NAME.sources=SOURCE SOURCE}, and
 * for each source {@code NAME.SOURCE.tokens} in billions, {@code .weight} in per cent and {@code
 * .epochs}, of which the first and last may be missing.
 *
 * @param name of the run
 * @param rows one a source
 */
public record MixtureTable(String name, List<Row> rows) {

  private static final String PANGU = "pangu-mixture.properties";

  /** A table whose rows can't be changed. */
  public MixtureTable {
    rows = List.copyOf(rows);
  }

  /**
   * A source.
   *
   * @param source its name
   * @param billionTokens tokens of the training data, in billions
   * @param weight per cent of the training data
   * @param epochs how often it's read
   */
  public record Row(
      String source, OptionalDouble billionTokens, double weight, OptionalDouble epochs) {}

  /**
   * PanGu-α's tables (arXiv 2104.12369): {@code 200b}, {@code 13b} and {@code 2.6b}.
   *
   * @throws IllegalArgumentException if there is none of the name
   */
  public static MixtureTable pangu(String name) {
    try (var in = MixtureTable.class.getResourceAsStream(PANGU)) {
      return read(new InputStreamReader(in, StandardCharsets.UTF_8), PANGU, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A table of a file.
   *
   * @param properties the file
   * @param file its name, for messages
   * @param name of the table
   * @throws IllegalArgumentException if the table isn't there or a value is no number of 0 or more
   */
  public static MixtureTable read(Reader properties, String file, String name) throws IOException {
    var values = new Properties();
    values.load(properties);
    var names = words(values, file, "tables");
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "%s has no table \"%s\"; choose of %s".formatted(file, name, new TreeSet<>(names)));
    }
    var rows = new ArrayList<Row>();
    for (String source : words(values, file, name + ".sources")) {
      var key = name + "." + source;
      var weight =
          number(values, file, key + ".weight")
              .orElseThrow(() -> new IllegalArgumentException(file + " lacks " + key + ".weight"));
      rows.add(
          new Row(
              source,
              number(values, file, key + ".tokens"),
              weight,
              number(values, file, key + ".epochs")));
    }
    return new MixtureTable(name, rows);
  }

  /**
   * The mixture by the table's weights.
   *
   * @param budget tokens of the training data
   * @param available tokens by source
   */
  public Mixture byWeights(long budget, Map<String, Long> available) {
    return Mixture.ofWeights(column(row -> OptionalDouble.of(row.weight())), budget, available);
  }

  /**
   * The mixture by the table's epochs.
   *
   * @param available tokens by source
   * @throws IllegalArgumentException if a source of the table has no epochs
   */
  public Mixture byEpochs(Map<String, Long> available) {
    return Mixture.ofEpochs(column(Row::epochs), available);
  }

  private Map<String, Double> column(Function<Row, OptionalDouble> value) {
    var column = new LinkedHashMap<String, Double>();
    for (var row : rows) {
      var cell = value.apply(row);
      if (cell.isEmpty()) {
        throw new IllegalArgumentException(
            "table \"%s\" has no epochs of source \"%s\"; mix by weights"
                .formatted(name, row.source()));
      }
      column.put(row.source(), cell.getAsDouble());
    }
    return column;
  }

  private static Set<String> words(Properties values, String file, String key) {
    var value = values.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException(file + " lacks " + key);
    }
    return new LinkedHashSet<>(List.of(value.strip().split("\\s+")));
  }

  private static OptionalDouble number(Properties values, String file, String key) {
    var value = values.getProperty(key);
    if (value == null) {
      return OptionalDouble.empty();
    }
    try {
      double number = Double.parseDouble(value.strip());
      if (number >= 0 && number < Double.POSITIVE_INFINITY) {
        return OptionalDouble.of(number);
      }
    } catch (NumberFormatException e) {
      // Below it's told with its place.
    }
    throw new IllegalArgumentException(
        "%s: %s is \"%s\"; give a number of 0 or more".formatted(file, key, value));
  }
}
