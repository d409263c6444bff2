package org.millrace.streaming.straggler.diagnose;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.millrace.streaming.straggler.diagnose.Observation.OfOperation;
import org.millrace.streaming.straggler.diagnose.Observation.StepTime;
import org.millrace.streaming.straggler.diagnose.Observation.Transport;

/**
 * Watches a training job: observations in order of time in, incidents out. What comes out depends
 * on the observations alone, not on how often it is told that time has passed.
 *
 * <p>Takes time in proportion to the observations (a rank and operation costs a median of 60
 * numbers), and memory in proportion to ranks, communicators and links. Not thread-safe.
 */
public final class JobMonitor {

  /** Version of the written state. */
  private static final int VERSION = 1;

  /** Communicators of a job; the operations of further ones are passed over. */
  private static final int MOST_COMMUNICATORS = 4096;

  private final String job;
  private final Settings settings;
  private final Incidents incidents;
  private final Clocks clocks = new Clocks();
  private final DelayMatrix links;
  private final Turns turns;
  private final StepPanel steps;
  private final Rounds rounds;
  private final TreeMap<String, Communicator> communicators = new TreeMap<>();
  private final TreeMap<String, Member> members = new TreeMap<>();
  private long lastUs = Long.MIN_VALUE;

  /** Nothing happens by itself before this time. */
  private long wakeUs = Long.MAX_VALUE;

  /** A job that nothing is known of. */
  public JobMonitor(String job, Settings settings) {
    this.job = requireNonNull(job, "job is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.incidents = new Incidents(job);
    this.turns = new Turns(settings);
    this.links = new DelayMatrix(settings, clocks, incidents);
    this.steps = new StepPanel("steps", Cause.SLOW_STEPS, "", settings, turns, incidents);
    this.rounds = new Rounds(steps);
  }

  /**
   * Takes an observation, not earlier than the one before.
   *
   * @return false if it was of no use: its operation has been examined without it
   */
  public boolean observe(Observation observation) {
    advance(observation.tsUs() - 1);
    lastUs = Math.max(lastUs, observation.tsUs());
    if (observation instanceof StepTime step) {
      rounds.add(step);
      wakeUs = Math.min(wakeUs, rounds.wakeUs());
      return true;
    }
    if (observation instanceof Transport transport) {
      links.add(transport, this::member);
      wakeUs = Math.min(wakeUs, links.wakeUs());
      return true;
    }
    return !(observation instanceof OfOperation operation) || observe(operation);
  }

  private boolean observe(OfOperation observation) {
    members.putIfAbsent(observation.member().id(), observation.member());
    var communicator = communicators.get(observation.about());
    if (communicator == null) {
      if (communicators.size() == MOST_COMMUNICATORS) {
        return false;
      }
      communicator =
          new Communicator(observation.about(), settings, clocks, links, turns, incidents);
      communicators.put(observation.about(), communicator);
    }
    boolean used = communicator.observe(observation);
    wakeUs = Math.min(wakeUs, communicator.wakeUs());
    return used;
  }

  /** It is this late, microseconds since 1970 UTC: nothing earlier will come. */
  public void advance(long nowUs) {
    while (wakeUs <= nowUs) {
      long atUs = wakeUs;
      rounds.advance(atUs);
      links.advance(atUs, this::member);
      long next = Math.min(rounds.wakeUs(), links.wakeUs());
      for (var communicator : communicators.values()) {
        if (communicator.wakeUs() <= atUs) {
          communicator.advance(atUs, this);
        }
      }
      for (var communicator : communicators.values()) {
        next = Math.min(next, communicator.wakeUs());
      }
      wakeUs = Math.max(next, atUs + 1);
    }
  }

  /** Nothing more will come, and time goes on no further: steps that are under way are over. */
  public void finish() {
    rounds.finish();
  }

  /** When something may happen by itself; the largest long if never. */
  public long wakeUs() {
    return wakeUs;
  }

  /** When the job is to be forgotten, if nothing more comes; the largest long if it is unknown. */
  public long expiryUs() {
    return lastUs == Long.MIN_VALUE ? Long.MAX_VALUE : lastUs + settings.forgetUs();
  }

  /** Time of the last observation; the smallest long if there is none. */
  public long lastUs() {
    return lastUs;
  }

  /** Closes what is open: nothing more will come. */
  public void expire() {
    incidents.closeAll(expiryUs());
  }

  /** What has happened since this was last asked, in order. */
  public List<Incident> incidents() {
    return incidents.drain();
  }

  /** A rank by its id; by its id alone if nothing more is known of it. */
  Member member(String id) {
    var member = members.get(id);
    return member == null ? new Member(id, id, "") : member;
  }

  /** The operation of another communicator that a rank is stuck in; null if there is none. */
  OpenOperation inside(String id, Communicator except) {
    for (var communicator : communicators.values()) {
      if (communicator != except) {
        var op = communicator.inside(id);
        if (op != null) {
          return op;
        }
      }
    }
    return null;
  }

  /** Writes all that is known, with its version before; incidents must have been asked for. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(lastUs);
    out.writeLong(wakeUs);
    incidents.write(out);
    clocks.write(out);
    links.write(out);
    steps.write(out);
    rounds.write(out);
    out.writeInt(members.size());
    for (var member : members.values()) {
      member.write(out);
    }
    out.writeInt(communicators.size());
    for (var communicator : communicators.values()) {
      out.writeUTF(communicator.name());
      communicator.write(out);
    }
  }

  /**
   * What was written of a job.
   *
   * @param settings that it was written with
   */
  public static JobMonitor read(DataInput in, String job, Settings settings) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "state of job %s has version %d, this release reads 1 to %d: use the release that wrote it, or start without it"
              .formatted(job, version, VERSION));
    }
    var monitor = new JobMonitor(job, settings);
    monitor.lastUs = in.readLong();
    monitor.wakeUs = in.readLong();
    monitor.incidents.read(in);
    monitor.clocks.read(in);
    monitor.links.read(in);
    monitor.steps.read(in);
    monitor.rounds.read(in, job);
    for (int left = in.readInt(); left > 0; left--) {
      var member = Member.read(in);
      monitor.members.put(member.id(), member);
    }
    for (int left = in.readInt(); left > 0; left--) {
      var name = in.readUTF();
      var communicator =
          new Communicator(
              name, settings, monitor.clocks, monitor.links, monitor.turns, monitor.incidents);
      communicator.read(in);
      monitor.communicators.put(name, communicator);
    }
    return monitor;
  }
}
