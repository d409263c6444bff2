package org.millrace.streaming.anomaly.rola;

import static java.util.Objects.requireNonNull;

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
import org.millrace.streaming.anomaly.detect.Fingerprint;

/**
 * All that is known of a device: a detector a variable, the vote between them, and its episodes.
 * Takes the device's rows in order of event time. What it says depends on the configuration, the
 * device's name and the rows, and on nothing else: one that was written and read back, with its
 * chunks of rows, goes on as if nothing had happened.
 *
 * <p>Not safe for threads.
 */
public final class DeviceMonitor {

  /** Version of the written state. */
  public static final int VERSION = 1;

  /** The most variables of a device. */
  public static final int MAX_VARIABLES = 4096;

  /** The most characters in the name of a variable. */
  public static final int MAX_NAME = 1024;

  /** What the detector of the partnerless episodes is called, after its name. */
  public static final String ALONE = "-alone";

  private final String device;
  private final MonitorConfig config;
  private final DetectorFactory factory;
  private final RowHistory history;
  private final Vote vote;
  private final Episodes episodes;
  private final Episodes aloneEpisodes;
  private final List<Series> series = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();

  private long lastTs = Long.MIN_VALUE;
  private List<String> names = List.of();
  private int[] mapping = {};
  private double[] row = {};
  private List<MonitorEvent> events = List.of();

  /** A device that has sent nothing. */
  public DeviceMonitor(
      String device, MonitorConfig config, DetectorFactory factory, ChunkStore store) {
    this(device, config, factory, new RowHistory(kept(config), store));
  }

  private DeviceMonitor(
      String device, MonitorConfig config, DetectorFactory factory, RowHistory history) {
    this.device = requireNonNull(device, "device is null");
    this.config = requireNonNull(config, "config is null");
    this.factory = requireNonNull(factory, "factory is null");
    this.history = history;
    vote = new Vote(config.strongCorrelation(), config.minPairs());
    var hash = Fingerprint.hex(config.canonical(), factory.name(), factory.configuration());
    episodes = episodes(factory.name(), hash);
    aloneEpisodes = episodes(factory.name() + ALONE, hash);
  }

  private Episodes episodes(String detector, String configHash) {
    return new Episodes(
        new Episodes.Origin(device, detector, config.mode(), configHash),
        config,
        variable -> series.get(places.get(variable)).status());
  }

  private static int kept(MonitorConfig config) {
    return config.window() + 1;
  }

  /** Event time of the last row; the smallest long before the first. */
  public long lastTs() {
    return lastTs;
  }

  /** The status of each variable, in the order in which they came. */
  public Map<String, SeriesStatus> statuses() {
    var statuses = new LinkedHashMap<String, SeriesStatus>();
    series.forEach(s -> statuses.put(s.name(), s.status()));
    return statuses;
  }

  /**
   * Takes a row.
   *
   * @param ts event time in milliseconds, later than that of the row before
   * @param names of variables; unknown ones join the device, known ones that are not named are
   *     absent
   * @param values one a name; NaN and infinite count as absent
   * @return changes of status, then the report of the row if it is anomalous, then what that means
   *     for episodes; mostly empty
   * @throws IllegalArgumentException if the row is not of that form; nothing has changed then
   */
  public List<MonitorEvent> observe(long ts, List<String> names, double[] values) {
    if (ts <= lastTs) {
      throw new IllegalArgumentException(
          "Row of %s at %d does not come after %d: sort the rows by time"
              .formatted(device, ts, lastTs));
    }
    if (names.size() != values.length) {
      throw new IllegalArgumentException(
          "Row of %s at %d has %d names and %d values"
              .formatted(device, ts, names.size(), values.length));
    }
    place(names);
    lastTs = ts;
    events = List.of();
    Arrays.fill(row, Double.NaN);
    for (int j = 0; j < values.length; j++) {
      row[mapping[j]] = Double.isFinite(values[j]) ? values[j] : Double.NaN;
    }
    history.append(row);
    boolean flagged = advance(ts);
    var result = flagged ? count() : null;
    conclude(ts, result);
    return events;
  }

  private void place(List<String> names) {
    if (names.equals(this.names)) {
      return;
    }
    for (var name : names) {
      if (name.length() > MAX_NAME) {
        throw new IllegalArgumentException(
            "A variable of %s has a name of %d characters, more than %d"
                .formatted(device, name.length(), MAX_NAME));
      }
    }
    long unknown = names.stream().filter(name -> !places.containsKey(name)).distinct().count();
    if (series.size() + unknown > MAX_VARIABLES) {
      throw new IllegalArgumentException(
          "%s would have more than %d variables: is a value in the place of a name?"
              .formatted(device, MAX_VARIABLES));
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

  private boolean advance(long ts) {
    boolean flagged = false;
    for (int v = 0; v < row.length; v++) {
      var one = series.get(v);
      var before = one.status();
      one.observe(ts, row[v], config);
      if (one.status() != before) {
        emit(new StatusChange(device, one.name(), ts, before, one.status(), one.afterGap()));
      }
      flagged |= one.flagged(0);
    }
    return flagged;
  }

  private void emit(MonitorEvent event) {
    if (events.isEmpty()) {
      events = new ArrayList<>();
    }
    events.add(event);
  }

  private Vote.Result count() {
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
    var columns = history.window(row.length, config.window(), skipped);
    return vote.count(
        flagged, agreeing, voting, (a, b) -> Correlation.pearson(columns[a], columns[b]));
  }

  private void conclude(long ts, Vote.Result result) {
    Report joint = null;
    Report alone = null;
    if (result != null) {
      var confirmed = result.confirmed();
      result.alone().stream()
          .filter(v -> config.noPartner() == MonitorConfig.NoPartner.SEVERE)
          .filter(v -> series.get(v).ratio() >= config.severeRatio())
          .forEach(confirmed::set);
      joint = report(ts, confirmed, result.partners(), null);
      if (config.noPartner() == MonitorConfig.NoPartner.LOW) {
        alone = report(ts, result.alone(), List.of(), Severity.INFO);
      }
    }
    conclude(ts, joint, episodes);
    conclude(ts, alone, aloneEpisodes);
  }

  private void conclude(long ts, Report report, Episodes track) {
    if (report != null) {
      emit(report);
      track.report(report).forEach(this::emit);
    } else if (track.open()) {
      track.quiet(ts).forEach(this::emit);
    }
  }

  /** Null if nothing of it passes the filters. */
  private Report report(
      long ts, BitSet variables, List<Vote.Partner> votes, Severity fixedSeverity) {
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

  /** Event time at which {@link #expire} gives the device up, if no row comes before. */
  public long expiry() {
    return lastTs + config.idleMillis();
  }

  /**
   * Closes what is open if nothing came for long; the state is then of no more use.
   *
   * @param now event time
   */
  public List<MonitorEvent> expire(long now) {
    if (now < expiry()) {
      return List.of();
    }
    var closed = new ArrayList<MonitorEvent>(episodes.close(now));
    closed.addAll(aloneEpisodes.close(now));
    return closed;
  }

  /** Writes all but the full chunks, after a version byte: about 1.4 kB a variable with RePAD2. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(lastTs);
    out.writeShort(series.size());
    for (var one : series) {
      one.write(out);
    }
    history.write(out);
    episodes.write(out);
    aloneEpisodes.write(out);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param store has, or will have before the next vote, the chunks that were put
   * @throws IOException if the state is of another version, damaged or not of this configuration
   */
  public static DeviceMonitor read(
      DataInput in, String device, MonitorConfig config, DetectorFactory factory, ChunkStore store)
      throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "State of %s has version %d, this release reads 1 to %d: use the release that wrote it, or start without it"
              .formatted(device, version, VERSION));
    }
    long lastTs = in.readLong();
    var series = new ArrayList<Series>();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      series.add(Series.read(in, device, factory));
    }
    var history = RowHistory.read(in, kept(config), store);
    var monitor = new DeviceMonitor(device, config, factory, history);
    monitor.lastTs = lastTs;
    monitor.series.addAll(series);
    for (int v = 0; v < series.size(); v++) {
      monitor.places.put(series.get(v).name(), v);
    }
    monitor.row = new double[series.size()];
    monitor.episodes.read(in);
    monitor.aloneEpisodes.read(in);
    return monitor;
  }
}
