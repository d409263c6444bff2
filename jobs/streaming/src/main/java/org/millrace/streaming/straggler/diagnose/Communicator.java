package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.millrace.streaming.straggler.diagnose.Observation.Completed;
import org.millrace.streaming.straggler.diagnose.Observation.OfOperation;
import org.millrace.streaming.straggler.diagnose.Observation.Operation;
import org.millrace.streaming.straggler.diagnose.Observation.Started;
import org.millrace.streaming.straggler.diagnose.Observation.Stopped;

/**
 * Puts what ranks tell of a communicator's operations together, by number, and has each operation
 * examined when it is whole: all ranks have told of it, or have gone on to a later one, or were
 * waited for long enough.
 */
final class Communicator {

  /** Operations until the communicator's ranks are taken as known. */
  private static final int LEARNING = 2;

  /** More than so many operations at once are not waited for. */
  private static final int MOST_OPEN = 1024;

  /** A rank that was not seen in so many operations is no longer one of the communicator's. */
  private static final int GONE = 256;

  private final String name;
  private final Settings settings;
  private final Clocks clocks;
  private final Arrivals arrivals;
  private final HangCheck hang;
  private final TreeMap<String, Seen> members = new TreeMap<>();
  private final TreeMap<Long, OpenOperation> open = new TreeMap<>();
  private long firstSn = Long.MAX_VALUE;
  private long highestSn = Long.MIN_VALUE;
  private long examined = Long.MIN_VALUE;

  /** Whether there are ranks of which nothing is recorded. */
  private boolean incomplete;

  /** A rank, and the highest operation that it was seen in. */
  private static final class Seen {
    private final Member member;
    private long latest = Long.MIN_VALUE;

    private Seen(Member member) {
      this.member = member;
    }
  }

  Communicator(
      String name,
      Settings settings,
      Clocks clocks,
      DelayMatrix links,
      Turns turns,
      Incidents incidents) {
    this.name = name;
    this.settings = settings;
    this.clocks = clocks;
    this.arrivals = new Arrivals(name, settings, clocks, links, turns, incidents);
    this.hang = new HangCheck(this, settings, links, incidents);
  }

  String name() {
    return name;
  }

  /** Takes an observation; false if its operation has been examined without it. */
  boolean observe(OfOperation observation) {
    var operation = observation.operation();
    if (operation.sn() <= examined) {
      return false;
    }
    var member = observation.member();
    var seen = members.computeIfAbsent(member.id(), id -> new Seen(member));
    var op = open.get(operation.sn());
    if (op == null) {
      op = open(operation, observation.tsUs());
    }
    record(op, observation);
    goneOn(seen, operation.sn(), observation.tsUs());
    settle(observation.tsUs());
    return true;
  }

  private OpenOperation open(Operation operation, long tsUs) {
    var op = new OpenOperation(operation, tsUs);
    open.put(operation.sn(), op);
    firstSn = Math.min(firstSn, operation.sn());
    if (operation.sn() < highestSn) {
      for (var seen : members.values()) {
        if (seen.latest > operation.sn()) {
          op.done(op.part(seen.member));
        }
      }
    }
    highestSn = Math.max(highestSn, operation.sn());
    return op;
  }

  private void record(OpenOperation op, OfOperation observation) {
    var part = op.part(observation.member());
    if (observation instanceof Started started) {
      if (part.arrivalUs == Observation.UNKNOWN) {
        part.arrivalUs = started.tsUs();
        op.started(clocks.common(part.member.host(), started.tsUs()));
      }
    } else if (observation instanceof Stopped stopped) {
      if (part.endUs == Observation.UNKNOWN) {
        part.endUs = stopped.tsUs();
        op.stopped++;
        op.done(part);
      }
    } else if (observation instanceof Completed completed && !part.done) {
      if (completed.arrivalUs() == Observation.UNKNOWN) {
        part.writtenUs = completed.tsUs();
      } else {
        part.arrivalUs = completed.arrivalUs();
        part.endUs = completed.tsUs();
      }
      part.execUs = completed.execUs();
      op.stopped++;
      op.done(part);
    }
  }

  /** A rank that is in a later operation is done with the earlier ones, told or not. */
  private void goneOn(Seen seen, long sn, long tsUs) {
    if (sn <= seen.latest) {
      return;
    }
    for (var op : open.headMap(sn).values()) {
      if (!op.isDone(seen.member.id())) {
        op.done(op.part(seen.member));
      }
      if (op.passedUs == Observation.UNKNOWN) {
        op.passedUs = tsUs;
      }
    }
    seen.latest = sn;
  }

  /** It is this late: nothing earlier will come. */
  void advance(long nowUs, JobMonitor job) {
    settle(nowUs);
    if (!open.isEmpty()) {
      hang.check(open.firstEntry().getValue(), nowUs, job);
    }
  }

  private void settle(long nowUs) {
    while (!open.isEmpty()) {
      var head = open.firstEntry().getValue();
      if (head.done < expected(head) && !isOver(head, nowUs)) {
        return;
      }
      open.pollFirstEntry();
      incomplete |= head.done < head.operation.ranks() && members.size() < head.operation.ranks();
      hang.over(head, nowUs);
      arrivals.examine(head, expected(head), head.operation.sn() - 1 == examined);
      examined = head.operation.sn();
      if (examined % GONE == 0) {
        members.values().removeIf(seen -> seen.latest < examined - GONE);
      }
    }
  }

  /**
   * How many ranks an operation has: as many as it says, unless some were waited for in vain; else
   * those that were seen, once there were a few operations.
   */
  private int expected(OpenOperation op) {
    if (op.operation.ranks() > 0 && !incomplete) {
      return op.operation.ranks();
    }
    return highestSn - firstSn >= LEARNING ? members.size() : Integer.MAX_VALUE;
  }

  /** Whether the rest of an operation's records is waited for no longer. */
  private boolean isOver(OpenOperation op, long nowUs) {
    return open.size() > MOST_OPEN
        || nowUs >= op.firstUs + settings.joinUs() && (op.started == 0 || isLeft(op));
  }

  /** Whether ranks came out of a later operation, so that all of them came out of this one. */
  boolean isLeft(OpenOperation op) {
    for (var later : open.tailMap(op.operation.sn(), false).values()) {
      if (later.stopped > 0) {
        return true;
      }
    }
    return false;
  }

  /** When the communicator must be looked at, whatever comes; the largest long if never. */
  long wakeUs() {
    if (open.isEmpty()) {
      return Long.MAX_VALUE;
    }
    var head = open.firstEntry().getValue();
    long join = head.firstUs + settings.joinUs();
    return head.started == 0
        ? join
        : Math.min(hang.wakeUs(head), isLeft(head) ? join : Long.MAX_VALUE);
  }

  /** The operation that a rank has entered and not left, and others not either; null if none. */
  OpenOperation inside(String id) {
    for (var op : open.values()) {
      var part = op.parts.get(id);
      if (part != null && !part.done && part.arrivalUs != Observation.UNKNOWN) {
        // If all others are out, so is this one, and its word of it was lost.
        return op.done < expected(op) - 1 ? op : null;
      }
    }
    return null;
  }

  /** The ranks, by id. */
  Map<String, Member> ranks(OpenOperation op) {
    var ranks = new TreeMap<String, Member>();
    members.forEach((id, seen) -> ranks.put(id, seen.member));
    if (!incomplete && ranks.size() < op.operation.ranks()) {
      nameUnseen(ranks, op.operation.ranks());
    }
    return ranks;
  }

  /** Ranks that were never heard of have names where ranks are numbers. */
  private static void nameUnseen(Map<String, Member> ranks, int count) {
    boolean numbers = ranks.values().stream().allMatch(member -> member.id().equals(member.rank()));
    for (int rank = 0; numbers && rank < count; rank++) {
      var id = String.valueOf(rank);
      ranks.putIfAbsent(id, new Member(id, id, ""));
    }
  }

  /** The operations that are open, by number. */
  NavigableMap<Long, OpenOperation> open() {
    return open;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(firstSn);
    out.writeLong(highestSn);
    out.writeLong(examined);
    out.writeBoolean(incomplete);
    out.writeInt(members.size());
    for (var seen : members.values()) {
      seen.member.write(out);
      out.writeLong(seen.latest);
    }
    out.writeInt(open.size());
    for (var op : open.values()) {
      op.write(out);
    }
    hang.write(out);
    arrivals.write(out);
  }

  void read(DataInput in) throws IOException {
    firstSn = in.readLong();
    highestSn = in.readLong();
    examined = in.readLong();
    incomplete = in.readBoolean();
    for (int left = in.readInt(); left > 0; left--) {
      var seen = new Seen(Member.read(in));
      seen.latest = in.readLong();
      members.put(seen.member.id(), seen);
    }
    for (int left = in.readInt(); left > 0; left--) {
      var op = OpenOperation.read(in);
      open.put(op.operation.sn(), op);
    }
    hang.read(in);
    arrivals.read(in);
  }
}
