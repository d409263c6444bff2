package org.millrace.kernel.bestofn;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/** The files of {@code ../shared/data/bestofn}; a test that needs one is skipped without them. */
final class SharedData {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SharedData() {}

  static List<String> lines(String name) throws IOException {
    var root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("../shared/data"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "../shared/data is not here");
    var file = root.resolve("../shared/data/bestofn").resolve(name);
    try (var bytes = Files.newInputStream(file);
        var plain = name.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        var reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  static List<JsonNode> records(String name) throws IOException {
    return lines(name).stream().map(SharedData::parse).toList();
  }

  static JsonNode document(String name) throws IOException {
    return parse(String.join("\n", lines(name)));
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String[] texts(JsonNode array) {
    return elements(array).map(JsonNode::asText).toArray(String[]::new);
  }

  /** Numbers, true as 1, false as 0, null as NaN. */
  static double[] numbers(JsonNode array) {
    return elements(array).mapToDouble(x -> x.isNull() ? Double.NaN : x.asDouble()).toArray();
  }

  /** Lengths of texts in UTF-16 units. */
  static double[] lengths(JsonNode array) {
    return elements(array).mapToDouble(x -> x.asText().length()).toArray();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static double[] negated(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> -values[i]).toArray();
  }

  /** Mean samples that a rule takes in file order, and how often their majority is right. */
  static double[] stopped(List<Ballot> ballots, StopRule rule, int cap) {
    double samples = 0;
    double right = 0;
    for (var ballot : ballots) {
      int taken = StopRuleTest.taken(rule, ballot.answers(), Math.min(cap, ballot.size()));
      samples += taken;
      right += new Rule.Majority().firstK(ballot, new int[] {taken}, Ties.FIRST)[0];
    }
    return new double[] {samples / ballots.size(), right / ballots.size()};
  }

  /** Mean curve over the prompts in which each k has a value. */
  static <T> double[] mean(List<T> prompts, int[] ks, Function<T, double[]> curve) {
    var mean = new double[ks.length];
    var counted = new int[ks.length];
    for (var prompt : prompts) {
      var values = curve.apply(prompt);
      for (int i = 0; i < ks.length; i++) {
        if (!Double.isNaN(values[i])) {
          mean[i] += values[i];
          counted[i]++;
        }
      }
    }
    for (int i = 0; i < ks.length; i++) {
      mean[i] /= counted[i];
    }
    return mean;
  }
}
