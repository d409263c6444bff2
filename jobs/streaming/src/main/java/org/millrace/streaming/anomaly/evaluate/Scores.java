package org.millrace.streaming.anomaly.evaluate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run against labels: all together, a category, a device. A false alarm or a hit is an episode's
 * opening. With NAB's windows, rows in a file's probation count nowhere.
 *
 * @param lines all, then the categories if there are several, then the devices if there are several
 */
public record Scores(List<Line> lines) {

  /** What a line is about. */
  public enum Scope {
    ALL,
    CATEGORY,
    DEVICE
  }

  /**
   * A line of the table.
   *
   * @param name of the category or device; {@code all}
   * @param rows of its devices
   * @param nab NAB's scores; empty where it does not score: labels of another form, no window
   */
  public record Line(
      Scope scope, String name, long rows, Map<NabProfile, Double> nab, EventScore events) {}

  /** Scores windows a file. */
  public static Scores ofFiles(List<LabelledDevice> devices, long tolerance) {
    return of(devices, tolerance, true);
  }

  /** Scores labelled times. */
  public static Scores ofTimes(List<LabelledDevice> devices, long tolerance) {
    return of(devices, tolerance, false);
  }

  private record Judged(LabelledDevice device, NabSeries nab, EventScore events) {

    static Judged of(LabelledDevice device, long tolerance, boolean byFile) {
      var nab = byFile ? device.nab() : null;
      int probation = byFile ? nab.probation() : 0;
      long[] opens =
          device.episodes().stream()
              .filter(episode -> episode.first() >= probation)
              .mapToLong(episode -> device.times()[episode.first()])
              .toArray();
      return new Judged(device, nab, EventScore.of(opens, device.events(), tolerance));
    }

    BitSet opens() {
      var opens = new BitSet(device.rows());
      device.episodes().forEach(episode -> opens.set(episode.first()));
      return opens;
    }
  }

  private static Scores of(List<LabelledDevice> devices, long tolerance, boolean byFile) {
    var judged = devices.stream().map(device -> Judged.of(device, tolerance, byFile)).toList();
    var lines = new ArrayList<Line>();
    lines.add(line(Scope.ALL, "all", judged));
    var categories = new LinkedHashMap<String, List<Judged>>();
    for (var one : judged) {
      categories.computeIfAbsent(one.device.category(), name -> new ArrayList<>()).add(one);
    }
    if (categories.size() > 1) {
      categories.forEach((name, members) -> lines.add(line(Scope.CATEGORY, name, members)));
    }
    if (judged.size() > 1) {
      judged.forEach(one -> lines.add(line(Scope.DEVICE, one.device.name(), List.of(one))));
    }
    return new Scores(List.copyOf(lines));
  }

  private static Line line(Scope scope, String name, List<Judged> members) {
    long rows = members.stream().mapToLong(one -> one.device.rows()).sum();
    var events = members.stream().map(Judged::events).reduce(EventScore.NONE, EventScore::plus);
    var nab = new EnumMap<NabProfile, Double>(NabProfile.class);
    if (members.stream().anyMatch(one -> one.nab != null && !one.nab.windows().isEmpty())) {
      var series = members.stream().map(Judged::nab).toList();
      var flags = members.stream().map(Judged::opens).toList();
      for (var profile : NabProfile.values()) {
        nab.put(profile, new NabScorer(series, profile).ofFlags(flags));
      }
    }
    return new Line(scope, name, rows, nab, events);
  }

  /** The line about all devices. */
  public Line all() {
    return lines.get(0);
  }

  /** The line about a device. */
  public Line of(LabelledDevice device) {
    return lines.stream()
        .filter(line -> line.scope() == Scope.DEVICE && line.name().equals(device.name()))
        .findFirst()
        .orElse(all());
  }
}
