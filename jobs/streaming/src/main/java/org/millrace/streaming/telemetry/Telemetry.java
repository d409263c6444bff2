package org.millrace.streaming.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Telemetry of a GPU host in a training job, made up: load, power and temperature go together, and
 * so do the two directions of the network; steps and checkpoints repeat; now and then a fault.
 * Depends on the seed and the host's number alone.
 */
public final class Telemetry {

  /** Names of the variables: percent, watts, degrees Celsius, gigabits a second, milliseconds. */
  public static final List<String> VARIABLES =
      List.of("gpu_load", "gpu_power", "gpu_temperature", "nic_sent", "nic_received", "step_time");

  /** Time between rows. */
  public static final Duration STEP = Duration.ofMinutes(1);

  /** Rows of a host before its first fault may come. */
  static final int QUIET_ROWS = 720;

  private static final int CHECKPOINT_EVERY = 180;
  private static final int CHECKPOINT_ROWS = 4;

  /** What can go wrong. */
  public enum Fault {
    /** The chip is too hot and slows down. */
    THROTTLED,
    /** The network card loses most of its rate; the chip waits. */
    SLOW_NIC,
    /** Nothing moves. */
    HANG
  }

  /**
   * A planted fault.
   *
   * @param first its first row
   * @param last its last row
   */
  public record Planted(Fault fault, int first, int last) {}

  /**
   * A host's rows.
   *
   * @param name of the host
   * @param values a row each {@link #STEP}, in the order of {@link #VARIABLES}
   * @param faults in order, none overlapping
   */
  public record Host(String name, List<double[]> values, List<Planted> faults) {

    /** The time of a row. */
    public Instant time(int row) {
      return START.plus(STEP.multipliedBy(row));
    }
  }

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Telemetry() {}

  /**
   * Makes a host.
   *
   * @param number from 0; the fault of its kind comes first on this host
   * @param rows more than 720, the first of which are without faults
   * @param faults how many, spread over the rest
   */
  public static Host host(int number, int rows, int faults, long seed) {
    var random = new Random(31 * seed + number);
    var planted = new ArrayList<Planted>();
    int room = (rows - QUIET_ROWS) / Math.max(1, faults);
    for (int i = 0; i < faults; i++) {
      int first = QUIET_ROWS + i * room + random.nextInt(Math.max(1, room / 2));
      int length = 15 + random.nextInt(20);
      var kind = Fault.values()[(number + i) % Fault.values().length];
      planted.add(new Planted(kind, first, Math.min(rows - 1, first + length - 1)));
    }
    var values = new ArrayList<double[]>();
    double drift = 0;
    double heat = 62;
    for (int row = 0; row < rows; row++) {
      drift = 0.98 * drift + 0.15 * random.nextGaussian();
      var state = new State(row, faultAt(planted, row), drift, random);
      heat += 0.3 * (state.warmth() - heat);
      values.add(state.row(heat));
    }
    return new Host("gpu-host-" + (number + 1), values, List.copyOf(planted));
  }

  private static Fault faultAt(List<Planted> planted, int row) {
    for (var each : planted) {
      if (row >= each.first() && row <= each.last()) {
        return each.fault();
      }
    }
    return null;
  }

  /** What a host does in a minute. */
  private record State(int row, Fault fault, double drift, Random random) {

    private boolean checkpoint() {
      return row % CHECKPOINT_EVERY < CHECKPOINT_ROWS;
    }

    private double load() {
      double load = (checkpoint() ? 92 : 95) + drift;
      return fault == null
          ? load
          : switch (fault) {
            case THROTTLED -> 0.62 * load;
            case SLOW_NIC -> 0.4 * load;
            case HANG -> 1.5;
          };
    }

    private double network() {
      double rate = (checkpoint() ? 174 : 180) + 2 * drift;
      return fault == null
          ? rate
          : switch (fault) {
            case THROTTLED -> 0.6 * rate;
            case SLOW_NIC -> 0.12 * rate;
            case HANG -> 0.4;
          };
    }

    private double warmth() {
      return fault == Fault.THROTTLED ? 93 : 34 + 0.32 * load();
    }

    private double noisy(double value, double share) {
      return Math.max(0, value * (1 + share * random.nextGaussian()));
    }

    private double[] row(double heat) {
      double load = noisy(load(), 0.003);
      double network = network();
      double slowness = fault == Fault.HANG ? 30 : 95 / Math.max(3, load());
      return new double[] {
        Math.min(100, load),
        noisy(90 + 6.1 * load, 0.003),
        noisy(heat, 0.002),
        noisy(network, 0.004),
        noisy(0.97 * network, 0.004),
        noisy(410 * slowness, 0.004)
      };
    }
  }
}
