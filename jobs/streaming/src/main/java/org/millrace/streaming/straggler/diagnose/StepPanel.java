package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares the ranks of a job or communicator with each other, step by step, each by its own
 * measure: q = x / median of the rank's last unflagged x; a rank is flagged where q over the median
 * q of the ranks is above the level. So a rank that is always slower is not flagged, and a slowdown
 * of all cancels. Of two ranks each is compared with the other; one alone with nobody.
 */
final class StepPanel {

  /** A rank that has not been heard of for so many of its own steps is not compared with. */
  private static final double FRESH = 5;

  private static final double SMOOTHING = 0.125;

  /**
   * A rank's part in a step.
   *
   * @param x above 0
   * @param significant whether it may be flagged: false where its slowness would not matter
   */
  record Sample(Member member, long tsUs, double x, boolean significant) {}

  /** Gives evidence against a rank in the step that is at hand. */
  @FunctionalInterface
  interface Witness {

    /** Names and numbers, the unit in the name. */
    Map<String, Double> evidence(Member member);
  }

  private final String name;
  private final Cause cause;
  private final String comm;
  private final Settings settings;
  private final Incidents incidents;
  private final TreeMap<String, Track> tracks = new TreeMap<>();
  private final Turns turns;
  private final Wandering wandering = new Wandering();

  /**
   * @param name of the panel, no other of the job's has it
   * @param cause of a single slow rank
   * @param comm the communicator; empty if of none
   */
  StepPanel(
      String name, Cause cause, String comm, Settings settings, Turns turns, Incidents incidents) {
    this.name = name;
    this.cause = cause;
    this.comm = comm;
    this.settings = settings;
    this.turns = turns;
    this.incidents = incidents;
    turns.watch(wandering);
  }

  /** Usual time between two steps of a rank, microseconds; 0 if not known yet. */
  double intervalUs(String id) {
    var track = tracks.get(id);
    return track == null ? 0 : track.intervalUs;
  }

  /**
   * Takes a step.
   *
   * @param sn number of the operation; -1 if of none
   * @param samples one a rank
   */
  void step(long sn, List<Sample> samples, Witness witness) {
    int count = samples.size();
    var q = new double[count];
    var own = new Track[count];
    for (int i = 0; i < count; i++) {
      var sample = samples.get(i);
      own[i] = tracks.computeIfAbsent(sample.member().id(), id -> new Track(sample.member()));
      own[i].take(sample.tsUs());
      q[i] = own[i].quotient(sample.x());
    }
    var all = quotients(samples, q);
    var sorted = all.clone();
    double median = Baseline.median(sorted);
    var slow = new TreeSet<String>();
    var flagged = new double[count];
    for (int i = 0; i < count; i++) {
      double typical = all.length == 2 ? all[0] + all[1] - q[i] : median;
      double rel = all.length < 2 ? Double.NaN : q[i] / typical;
      boolean flag = rel > settings.flagLevel() && samples.get(i).significant();
      flagged[i] = flag ? rel : 0;
      own[i].last = q[i];
      if (!flag) {
        own[i].base.add(samples.get(i).x());
      } else if (!own[i].persistence.isOpen()) {
        slow.add(samples.get(i).member().id());
      }
    }
    long tsUs = samples.stream().mapToLong(Sample::tsUs).max().orElse(0);
    if (all.length >= 2) {
      wandering.add(tsUs, slow);
    }
    for (int i = 0; i < count; i++) {
      judge(own[i], sn, samples.get(i), flagged[i], witness);
    }
    judgeEvenness(tsUs);
  }

  private void judge(Track track, long sn, Sample sample, double rel, Witness witness) {
    boolean flagged = rel > 0;
    boolean due = track.persistence.add(flagged, sample.tsUs());
    var suspects = List.of(Suspect.rank(track.member));
    if (due && isOwnFault(track, sample.tsUs())) {
      track.persistence.open();
      wandering.explain(track.member.id());
      incidents.open(
          name,
          new Finding(
              cause,
              suspects,
              comm,
              sn,
              track.persistence.firstFlagUs(),
              sample.tsUs(),
              rel,
              evidence(track, sample, rel, witness),
              explanation(track, rel)));
    } else if (track.persistence.isOpen() && flagged) {
      incidents.seen(Finding.key(cause, suspects), rel, sample.tsUs());
    }
    if (track.persistence.closes()) {
      incidents.close(
          name, Finding.key(cause, suspects), track.persistence.lastFlagUs(), sample.tsUs());
    }
  }

  private boolean isOwnFault(Track track, long tsUs) {
    return turns.isOwnFault(track.member.id(), wandering, tracks.size(), tsUs, track.intervalUs);
  }

  private Map<String, Double> evidence(Track track, Sample sample, double rel, Witness witness) {
    var evidence = new TreeMap<>(witness.evidence(track.member));
    evidence.put("baseline", track.base.median());
    evidence.put("value", sample.x());
    evidence.put("ratio_to_own_baseline", track.last);
    evidence.put("ratio_to_others", rel);
    return evidence;
  }

  private String explanation(Track track, double rel) {
    var what =
        cause == Cause.SLOW_STEPS ? "takes" : "is late to its collectives: computing, it takes";
    return String.format(
        Locale.ROOT,
        "%s %s %.2f times as long for a step as it usually does, measured by the other ranks; %d of its last %d steps were slow",
        Suspect.rank(track.member).text(),
        what,
        rel,
        track.persistence.recentFlags(),
        settings.ofSteps());
  }

  private void judgeEvenness(long tsUs) {
    if (wandering.becomesUneven()) {
      var evidence = new TreeMap<String, Double>();
      evidence.put("slow_steps_of_last_" + Wandering.STEPS, (double) wandering.slowSteps());
      evidence.put("ranks_in_turn", (double) wandering.turns().size());
      incidents.open(
          name,
          new Finding(
              Cause.LOAD_IMBALANCE,
              List.of(),
              comm,
              Finding.NO_OPERATION,
              wandering.firstUs(),
              tsUs,
              (double) wandering.slowSteps() / Wandering.STEPS,
              evidence,
              String.format(
                  Locale.ROOT,
                  "%d of the last %d steps had a slow rank, %d ranks in turn: the work is uneven",
                  wandering.slowSteps(),
                  Wandering.STEPS,
                  wandering.turns().size())));
    } else if (wandering.becomesEven()) {
      incidents.close(name, Finding.key(Cause.LOAD_IMBALANCE, List.of()), wandering.lastUs(), tsUs);
    }
  }

  /** The quotients of the step; where most ranks are missing, with the last ones of those. */
  private double[] quotients(List<Sample> samples, double[] q) {
    var all = new ArrayList<Double>();
    for (double each : q) {
      if (!Double.isNaN(each)) {
        all.add(each);
      }
    }
    if (2 * samples.size() < tracks.size()) {
      long tsUs = samples.get(0).tsUs();
      var present = new TreeSet<String>();
      samples.forEach(sample -> present.add(sample.member().id()));
      for (var track : tracks.values()) {
        if (!present.contains(track.member.id())
            && !Double.isNaN(track.last)
            && tsUs - track.lastUs <= FRESH * track.intervalUs) {
          all.add(track.last);
        }
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  void write(DataOutput out) throws IOException {
    wandering.write(out);
    out.writeInt(tracks.size());
    for (var track : tracks.values()) {
      track.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    wandering.read(in);
    for (int left = in.readInt(); left > 0; left--) {
      var track = new Track(Member.read(in));
      track.base = Baseline.read(in, settings.window());
      track.persistence = Persistence.read(in, settings);
      track.last = in.readDouble();
      track.lastUs = in.readLong();
      track.intervalUs = in.readDouble();
      tracks.put(track.member.id(), track);
    }
  }

  /** What is known of a rank. */
  private final class Track {

    private final Member member;
    private Baseline base = new Baseline(settings.window());
    private Persistence persistence = new Persistence(settings);
    private double last = Double.NaN;
    private long lastUs = Long.MIN_VALUE;
    private double intervalUs;

    private Track(Member member) {
      this.member = member;
    }

    private void take(long tsUs) {
      if (lastUs != Long.MIN_VALUE) {
        double interval = tsUs - lastUs;
        // A gap is no rate.
        intervalUs =
            intervalUs == 0
                ? interval
                : intervalUs + SMOOTHING * (Math.min(interval, 2 * intervalUs) - intervalUs);
      }
      lastUs = tsUs;
    }

    private double quotient(double x) {
      return base.size() < settings.warmUp() ? Double.NaN : x / base.median();
    }

    private void write(DataOutput out) throws IOException {
      member.write(out);
      base.write(out);
      persistence.write(out);
      out.writeDouble(last);
      out.writeLong(lastUs);
      out.writeDouble(intervalUs);
    }
  }
}
