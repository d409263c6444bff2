package org.millrace.streaming.anomaly.rola;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.millrace.streaming.job.Fingerprint;

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
  public static final int VERSION = 2;

  /** The most variables of a device. */
  public static final int MAX_VARIABLES = 4096;

  /** The most characters in the name of a variable. */
  public static final int MAX_NAME = 1024;

  /** What the detector of the partnerless episodes is called, after its name. */
  public static final String ALONE = "-alone";

  private final String device;
  private final MonitorConfig config;
  private final Panel panel;
  private final RowHistory history;
  private final Episodes episodes;
  private final Episodes aloneEpisodes;

  private long lastTs = Long.MIN_VALUE;
  private List<MonitorEvent> events = List.of();

  /** A device that has sent nothing. */
  public DeviceMonitor(
      String device, MonitorConfig config, DetectorFactory factory, ChunkStore store) {
    this(
        requireNonNull(device, "device is null"),
        requireNonNull(config, "config is null"),
        requireNonNull(factory, "factory is null"),
        new Panel(device, config, factory),
        new RowHistory(kept(config), store));
  }

  private DeviceMonitor(
      String device,
      MonitorConfig config,
      DetectorFactory factory,
      Panel panel,
      RowHistory history) {
    this.device = device;
    this.config = config;
    this.panel = panel;
    this.history = history;
    var hash = Fingerprint.hex(config.canonical(), factory.name(), factory.configuration());
    episodes = episodes(factory.name(), hash);
    aloneEpisodes = episodes(factory.name() + ALONE, hash);
  }

  private Episodes episodes(String detector, String configHash) {
    return new Episodes(
        new Episodes.Origin(device, detector, config.mode(), configHash), config, panel::status);
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
    return panel.statuses();
  }

  /**
   * Takes a row.
   *
   * @param ts event time in milliseconds, later than that of the row before
   * @param names of variables; unknown ones join the device, known ones that are not named are
   *     absent
   * @param values one a name; NaN and infinite count as absent
   * @return changes of status, then what was flagged without a partner, then the report of the row
   *     if it is anomalous, then what that means for episodes; mostly empty
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
    var row = panel.arrange(names, values);
    lastTs = ts;
    events = List.of();
    boolean flagged = panel.advance(ts, this::emit);
    history.append(row, panel.outliers());
    conclude(ts, flagged ? panel.vote(history) : null);
    return events;
  }

  private void emit(MonitorEvent event) {
    if (events.isEmpty()) {
      events = new ArrayList<>();
    }
    events.add(event);
  }

  private void conclude(long ts, Vote.Result result) {
    Report joint = null;
    Report alone = null;
    if (result != null) {
      if (!result.alone().isEmpty()) {
        emit(new Partnerless(device, ts, panel.names(result.alone())));
      }
      var confirmed = result.confirmed();
      result.alone().stream()
          .filter(v -> config.noPartner() == MonitorConfig.NoPartner.SEVERE)
          .filter(v -> panel.ratio(v) >= config.severeRatio())
          .forEach(confirmed::set);
      joint = panel.report(ts, confirmed, result.partners(), null);
      if (config.noPartner() == MonitorConfig.NoPartner.LOW) {
        alone = panel.report(ts, result.alone(), List.of(), Severity.INFO);
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
    panel.write(out);
    history.write(out);
    episodes.write(out);
    aloneEpisodes.write(out);
  }

  /**
   * Reads what {@link #write} wrote, in this version or version 1.
   *
   * @param store has, or will have before the next vote, the chunks that were put
   * @throws IOException if the state is of another version, damaged or not of this configuration
   */
  public static DeviceMonitor read(
      DataInput in, String device, MonitorConfig config, DetectorFactory factory, ChunkStore store)
      throws IOException {
    int version = in.readUnsignedByte();
    if (version < 1 || version > VERSION) {
      throw new IOException(
          "State of %s has version %d, this release reads 1 to %d: use the release that wrote it, or start without it"
              .formatted(device, version, VERSION));
    }
    long lastTs = in.readLong();
    var panel = Panel.read(in, device, config, factory);
    var history = RowHistory.read(in, version, kept(config), store);
    var monitor = new DeviceMonitor(device, config, factory, panel, history);
    monitor.lastTs = lastTs;
    monitor.episodes.read(in);
    monitor.aloneEpisodes.read(in);
    return monitor;
  }
}
