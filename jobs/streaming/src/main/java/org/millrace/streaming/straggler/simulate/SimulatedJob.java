package org.millrace.streaming.straggler.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A job of data-parallel ranks on several hosts: each step every rank computes, the ranks of a host
 * exchange something, and all ranks reduce their gradients in one to three operations. Ranks differ
 * a little, computing and transfers are noisy with a spike now and then, hosts' clocks are off by
 * some 20 ms and drift, records get lost (0.2 %), repeated and out of order.
 *
 * @param lines of the record, without their ends; CSV with a header
 * @param planted what was planted; empty for {@link Trouble#NONE}
 * @param hosts of the ranks, by rank
 */
public record SimulatedJob(List<String> lines, Optional<Planted> planted, List<String> hosts) {

  /** The first step is then. */
  static final long BEGIN_US = 1_800_000_000_000_000L;

  private static final int WARM_UP = 45;
  private static final double HANG_SECONDS = 75;

  /**
   * Makes a job.
   *
   * @param name of the job: its communicators are called after it
   * @param seed the same gives the same lines
   * @throws IllegalArgumentException if the trouble can't be told in that form
   */
  public static SimulatedJob of(String name, Trouble trouble, Form form, long seed) {
    if (!isTold(trouble, form)) {
      throw new IllegalArgumentException(trouble + " can't be told by " + form);
    }
    return new Run(name, trouble, form, new SplittableRandom(seed)).job();
  }

  /** Whether records of the form have anything to say of the trouble. */
  public static boolean isTold(Trouble trouble, Form form) {
    return switch (trouble) {
      case NONE, SLOW_RANK, UNEVEN_LOAD, SLOW_JOB -> true;
      case SLOW_LINK, SLOW_SENDER, SLOW_RECEIVER, RANK_HANG, LINK_HANG -> form == Form.EVENTS;
      case SLOW_NETWORK -> form == Form.INSPECTOR || form == Form.INSPECTOR_BRIEF;
    };
  }

  /** A job while it runs. */
  private static final class Run {

    private final Trouble trouble;
    private final Form form;
    private final SplittableRandom random;
    private final Recorder recorder;
    private final int ranks;
    private final int perHost;
    private final int buckets;
    private final double computeUs;
    private final double noise;
    private final double[] speed;
    private final Ring ring;
    private final int first;
    private final int last;
    private final int culprit;
    private final int peer;
    private final double factor;

    private final double[] free;
    private long sn;
    private long hostSn;
    private long startUs = BEGIN_US;
    private long endUs = BEGIN_US;

    private Run(String name, Trouble trouble, Form form, SplittableRandom random) {
      this.trouble = trouble;
      this.form = form;
      this.random = random;
      int hosts = random.nextInt(2, 5);
      perHost = random.nextInt(2, 9);
      ranks = hosts * perHost;
      buckets = random.nextInt(1, 4);
      computeUs = random.nextDouble(400_000, 1_200_000);
      noise = random.nextDouble(0.01, 0.04);
      speed = new double[ranks];
      for (int rank = 0; rank < ranks; rank++) {
        speed[rank] = Math.max(0.9, 1 + 0.04 * random.nextGaussian());
      }
      free = new double[ranks];
      Arrays.fill(free, BEGIN_US);
      first = WARM_UP + random.nextInt(20);
      int length = isSlowLink() ? 60 + random.nextInt(20) : 15 + random.nextInt(30);
      last = first + length;
      culprit = random.nextInt(ranks);
      factor = random.nextDouble(1.7, 4);
      ring = new Ring(ranks, perHost, computeUs, random);
      peer = ring.peer(culprit, random);
      recorder = new Recorder(name, form, ranks, perHost, random.split());
    }

    private boolean isSlowLink() {
      return trouble == Trouble.SLOW_LINK
          || trouble == Trouble.SLOW_SENDER
          || trouble == Trouble.SLOW_RECEIVER;
    }

    private boolean isOn(int step) {
      return step >= first && step < last;
    }

    private SimulatedJob job() {
      boolean hung = false;
      int end = trouble == Trouble.NONE ? WARM_UP + 60 : last + 20;
      for (int step = 0; step < end && !hung; step++) {
        double begun = free[culprit];
        if (step == first) {
          startUs = (long) begun;
        }
        hung = step(step);
        if (isOn(step)) {
          endUs = (long) free[culprit];
        }
      }
      double now = latest();
      if (hung) {
        recorder.silence(now, HANG_SECONDS);
        endUs = (long) (now + HANG_SECONDS * 1e6);
      }
      return new SimulatedJob(recorder.lines(), planted(), recorder.hosts());
    }

    private double latest() {
      double latest = 0;
      for (double each : free) {
        latest = Math.max(latest, each);
      }
      return latest;
    }

    private Optional<Planted> planted() {
      return switch (trouble) {
        case NONE -> Optional.empty();
        case SLOW_NETWORK, UNEVEN_LOAD, SLOW_JOB ->
            Optional.of(new Planted(trouble, -1, -1, startUs, endUs));
        case SLOW_LINK, LINK_HANG ->
            Optional.of(new Planted(trouble, culprit, peer, startUs, endUs));
        case SLOW_RANK, SLOW_SENDER, SLOW_RECEIVER, RANK_HANG ->
            Optional.of(new Planted(trouble, culprit, -1, startUs, endUs));
      };
    }

    /** One step of all ranks; true if it never ends. */
    private boolean step(int step) {
      var compute = new double[ranks];
      double all = trouble == Trouble.SLOW_JOB && isOn(step) ? 1.6 : 1;
      // The input of a step may be long or short for all alike.
      double step0 = computeUs * all * Math.exp(0.03 * random.nextGaussian());
      for (int rank = 0; rank < ranks; rank++) {
        compute[rank] = step0 * speed[rank] * Math.exp(noise * random.nextGaussian());
        if (random.nextDouble() < 0.002) {
          compute[rank] *= random.nextDouble(1.3, 3);
        }
      }
      if (isOn(step)) {
        disturb(compute);
      }
      boolean hangs = step == first && trouble == Trouble.RANK_HANG;
      if (form == Form.STEP_TIMES) {
        for (int rank = 0; rank < ranks; rank++) {
          free[rank] += computeUs;
          recorder.step(rank, free[rank], compute[rank]);
        }
        return false;
      }
      // Half of the work, then the ranks of a host exchange, then the rest, a part a bucket.
      var arrivals = new double[ranks];
      for (int rank = 0; rank < ranks; rank++) {
        arrivals[rank] = free[rank] + compute[rank] / 2;
      }
      if (exchange(arrivals, hangs)) {
        return true;
      }
      for (int bucket = 0; bucket < buckets; bucket++) {
        for (int rank = 0; rank < ranks; rank++) {
          double share = (bucket + 1) / (buckets * (buckets + 1) / 2.0);
          arrivals[rank] = free[rank] + compute[rank] / 2 * share;
        }
        boolean dies = trouble == Trouble.LINK_HANG && step == first && bucket == buckets - 1;
        if (reduce(arrivals, isOn(step), dies)) {
          return true;
        }
      }
      return false;
    }

    private void disturb(double[] compute) {
      if (trouble == Trouble.SLOW_RANK) {
        compute[culprit] *= factor;
      } else if (trouble == Trouble.UNEVEN_LOAD) {
        // Some rank has a long sequence, now this one, now that one.
        for (int slow = random.nextInt(1, 2 + ranks / 8); slow > 0; slow--) {
          compute[random.nextInt(ranks)] *= random.nextDouble(1.6, 2.5);
        }
      }
    }

    /** The ranks of each host exchange something; true if the culprit never comes. */
    private boolean exchange(double[] arrivals, boolean hangs) {
      hostSn++;
      for (int host = 0; host < ranks / perHost; host++) {
        int from = host * perHost;
        double ready = 0;
        for (int rank = from; rank < from + perHost; rank++) {
          boolean absent = hangs && rank == culprit;
          if (!absent) {
            ready = Math.max(ready, arrivals[rank]);
          }
        }
        boolean stuck = hangs && culprit / perHost == host;
        double end = ready + ring.exchangeUs(random);
        for (int rank = from; rank < from + perHost; rank++) {
          boolean absent = hangs && rank == culprit;
          free[rank] = absent ? free[rank] : stuck ? arrivals[rank] : end + late();
          if (!absent) {
            recorder.part(
                host,
                perHost,
                "AllGather",
                hostSn,
                ring.exchangeBytes(),
                rank,
                rank - from,
                arrivals[rank],
                stuck ? Double.NaN : free[rank]);
          }
        }
      }
      if (hangs) {
        // The other hosts' ranks go on to the reduction, and wait there.
        sn++;
        for (int rank = 0; rank < ranks; rank++) {
          if (rank / perHost != culprit / perHost) {
            double arrival = free[rank] + computeUs / 4;
            recorder.part(
                -1, ranks, "AllReduce", sn, ring.bytes(), rank, rank, arrival, Double.NaN);
          }
        }
      }
      return hangs;
    }

    private double late() {
      return -20 * Math.log(1 - random.nextDouble());
    }

    /** All ranks reduce; true if a link dies in the middle of it. */
    private boolean reduce(double[] arrivals, boolean on, boolean dies) {
      sn++;
      double ready = 0;
      for (double arrival : arrivals) {
        ready = Math.max(ready, arrival);
      }
      double slow =
          on && trouble == Trouble.SLOW_NETWORK
              ? factor
              : on && trouble == Trouble.SLOW_JOB ? 1.6 : 1;
      var transfers = new ArrayList<Ring.Transfer>();
      double slowest = 1;
      for (var link : ring.links()) {
        double of = on && isSlow(link) ? factor : 1;
        slowest = Math.max(slowest, of);
        for (int half = 0; half < 2; half++) {
          transfers.add(ring.transfer(link, slow * of, random));
        }
      }
      double end = ready + ring.reduceUs(slow, slowest, random);
      for (int i = 0; i < transfers.size(); i++) {
        var transfer = transfers.get(i);
        // The dead link carries nothing, what comes behind it in the ring stops soon after.
        boolean dead = dies && transfer.link().src() == culprit && transfer.link().dst() == peer;
        if (!dead) {
          double at =
              dies
                  ? ready + 0.1 * (end - ready)
                  : ready + random.nextDouble(0.3, 1) * (end - ready);
          recorder.transfer(transfer, Math.min(at, end));
        }
      }
      for (int rank = 0; rank < ranks; rank++) {
        free[rank] = dies ? arrivals[rank] : end + late();
        recorder.part(
            -1,
            ranks,
            "AllReduce",
            sn,
            ring.bytes(),
            rank,
            rank,
            arrivals[rank],
            dies ? Double.NaN : free[rank]);
      }
      return dies;
    }

    private boolean isSlow(Ring.Link link) {
      return switch (trouble) {
        case SLOW_LINK -> link.src() == culprit && link.dst() == peer;
        case SLOW_SENDER -> link.src() == culprit;
        case SLOW_RECEIVER -> link.dst() == culprit;
        default -> false;
      };
    }
  }
}
