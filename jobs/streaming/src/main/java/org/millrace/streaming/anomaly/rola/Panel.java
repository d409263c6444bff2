package org.millrace.streaming.anomaly.rola;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The variables of a device, numbered in the order in which they came, and their last row. */
final class Panel {

  private final String device;
  private final MonitorConfig config;
  private final DetectorFactory factory;
  private final List<Series> series = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();

  private List<String> names = List.of();
  private int[] mapping = {};
  private double[] row = {};

  Panel(String device, MonitorConfig config, DetectorFactory factory) {
    this.device = device;
    this.config = config;
    this.factory = factory;
  }

  SeriesStatus status(String variable) {
    return series.get(places.get(variable)).status();
  }

  Map<String, SeriesStatus> statuses() {
    var statuses = new LinkedHashMap<String, SeriesStatus>();
    series.forEach(one -> statuses.put(one.name(), one.status()));
    return statuses;
  }

  /**
   * The values in the order of the panel, which grows by unknown names first; NaN where absent.
   *
   * @return overwritten by the next row
   */
  double[] arrange(List<String> names, double[] values) {
    place(names);
    Arrays.fill(row, Double.NaN);
    for (int j = 0; j < values.length; j++) {
      row[mapping[j]] = Double.isFinite(values[j]) ? values[j] : Double.NaN;
    }
    return row;
  }

  private void place(List<String> names) {
    if (names.equals(this.names)) {
      return;
    }
    for (var name : names) {
      if (name.length() > DeviceMonitor.MAX_NAME) {
        throw new IllegalArgumentException(
            "A variable of %s has a name of %d characters, more than %d"
                .formatted(device, name.length(), DeviceMonitor.MAX_NAME));
      }
    }
    long unknown = names.stream().filter(name -> !places.containsKey(name)).distinct().count();
    if (series.size() + unknown > DeviceMonitor.MAX_VARIABLES) {
      throw new IllegalArgumentException(
          "%s would have more than %d variables: is a value in the place of a name?"
              .formatted(device, DeviceMonitor.MAX_VARIABLES));
    }
    this.names = List.copyOf(names);
    mapping = new int[names.size()];
    for (int j = 0; j < mapping.length; j++) {
      var name = names.get(j);
      mapping[j] =
          places.computeIfAbsent(
              name,
              n -> {
                series.add(new Series(n, factory.create(device, n)));
                return series.size() - 1;
              });
    }
    row = new double[series.size()];
  }

  /** Shows the arranged row to the detectors; true if one of them flags it. */
  boolean advance(long ts, Consumer<StatusChange> changes) {
    boolean flagged = false;
    for (int v = 0; v < row.length; v++) {
      var one = series.get(v);
      var before = one.status();
      one.observe(ts, row[v], config);
      if (one.status() != before) {
        changes.accept(
            new StatusChange(device, one.name(), ts, before, one.status(), one.afterGap()));
      }
      flagged |= one.flagged(0);
    }
    return flagged;
  }

  /** The variables whose value in the last row is an outlier, by number. */
  BitSet outliers() {
    var outliers = new BitSet(row.length);
    for (int v = 0; v < row.length; v++) {
      outliers.set(v, series.get(v).outlying(config.outlierRows()));
    }
    return outliers;
  }

  /** The vote on the last row, which {@code history} has too. */
  Vote.Result vote(RowHistory history) {
    var flagged = new BitSet();
    var agreeing = new BitSet();
    var voting = new BitSet();
    for (int v = 0; v < row.length; v++) {
      var one = series.get(v);
      flagged.set(v, one.flagged(0) && one.passes(config));
      agreeing.set(v, one.flagged(config.agreementLag()));
      voting.set(v, one.voting());
    }
    if (row.length == 1 || flagged.isEmpty()) {
      return new Vote.Result(flagged, new BitSet(), List.of());
    }
    int skipped = config.windowEnd() == MonitorConfig.WindowEnd.AT_ROW ? 0 : 1;
    var rows = history.window(row.length, config.window(), skipped);
    return new Vote(config.strongCorrelation(), config.minPairs())
        .count(flagged, agreeing, voting, rows::correlation);
  }

  /** The names of some variables, in the order in which the device brought them. */
  List<String> names(BitSet variables) {
    return variables.stream().mapToObj(v -> series.get(v).name()).toList();
  }

  /** The score of a variable in thresholds. */
  double ratio(int variable) {
    return series.get(variable).ratio();
  }

  /**
   * The report on some variables in the last row; null if none of them passes the filters.
   *
   * @param fixedSeverity null: by score
   */
  Report report(long ts, BitSet variables, List<Vote.Partner> votes, Severity fixedSeverity) {
    var reported =
        variables.stream().mapToObj(series::get).filter(one -> one.passes(config)).toList();
    if (reported.isEmpty()) {
      return null;
    }
    double score = reported.stream().mapToDouble(Series::ratio).max().orElseThrow();
    Map<String, PartnerVote> partners = new LinkedHashMap<>();
    for (var vote : votes) {
      var name = series.get(vote.by()).name();
      var correlation = vote.correlation();
      partners.put(name, new PartnerVote(name, correlation.r(), correlation.n(), vote.agreed()));
    }
    return new Report(
        device,
        ts,
        fixedSeverity == null ? Severity.of(score) : fixedSeverity,
        score,
        VariableScore.attributed(reported.stream().map(Series::score).toList()),
        new ArrayList<>(partners.values()),
        reported.stream().anyMatch(Series::afterGap));
  }

  void write(DataOutput out) throws IOException {
    out.writeShort(series.size());
    for (var one : series) {
      one.write(out);
    }
  }

  static Panel read(DataInput in, String device, MonitorConfig config, DetectorFactory factory)
      throws IOException {
    var panel = new Panel(device, config, factory);
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      var one = Series.read(in, device, factory);
      panel.places.put(one.name(), panel.series.size());
      panel.series.add(one);
    }
    panel.row = new double[panel.series.size()];
    return panel;
  }
}
