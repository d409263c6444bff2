package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.TreeMap;
import org.millrace.streaming.straggler.diagnose.Observation.Operation;

/** An operation that not all of its ranks are known to have left. */
final class OpenOperation {

  /**
   * A rank's part; times by its host's clock, {@link Observation#UNKNOWN} until known.
   *
   * <p>A rank is done when it was seen to leave, or seen in a later operation.
   */
  static final class Part {
    final Member member;
    long arrivalUs = Observation.UNKNOWN;
    long endUs = Observation.UNKNOWN;

    /** Where the time of arrival is unknown, when the record was written. */
    long writtenUs = Observation.UNKNOWN;

    double execUs = Double.NaN;
    boolean done;

    private Part(Member member) {
      this.member = member;
    }
  }

  final Operation operation;
  final TreeMap<String, Part> parts = new TreeMap<>();

  /** When the first observation of it was. */
  final long firstUs;

  /** By the common clock; UNKNOWN until a rank was seen to enter. */
  long firstStartUs = Observation.UNKNOWN;

  long lastStartUs = Observation.UNKNOWN;

  /** When a rank was first seen in a later operation. */
  long passedUs = Observation.UNKNOWN;

  /** When it was last looked at for whether it hangs. */
  long checkedUs = Observation.UNKNOWN;

  int started;

  /** Ranks seen to leave it. */
  int stopped;

  /** Ranks that left it, seen or not. */
  int done;

  /** Whether others wait because of it. */
  private boolean blamed;

  OpenOperation(Operation operation, long firstUs) {
    this.operation = operation;
    this.firstUs = firstUs;
  }

  Part part(Member member) {
    return parts.computeIfAbsent(member.id(), id -> new Part(member));
  }

  /** The rank has entered, at this time by the common clock. */
  void started(long commonUs) {
    started++;
    firstStartUs =
        firstStartUs == Observation.UNKNOWN ? commonUs : Math.min(firstStartUs, commonUs);
    lastStartUs = Math.max(lastStartUs, commonUs);
  }

  /** Others wait because of it: it is to be looked at again. */
  void blame() {
    if (!blamed) {
      blamed = true;
      checkedUs = Observation.UNKNOWN;
    }
  }

  boolean isBlamed() {
    return blamed;
  }

  void done(Part part) {
    if (!part.done) {
      part.done = true;
      done++;
    }
  }

  boolean isDone(String id) {
    var part = parts.get(id);
    return part != null && part.done;
  }

  /** Whether the rank was seen to enter it, or to be done with it. */
  boolean hasEntered(String id) {
    var part = parts.get(id);
    return part != null && (part.done || part.arrivalUs != Observation.UNKNOWN);
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(operation.comm());
    out.writeInt(operation.ranks());
    out.writeUTF(operation.coll());
    out.writeLong(operation.sn());
    out.writeLong(operation.bytes());
    out.writeLong(firstUs);
    out.writeLong(firstStartUs);
    out.writeLong(lastStartUs);
    out.writeLong(passedUs);
    out.writeLong(checkedUs);
    out.writeInt(started);
    out.writeInt(stopped);
    out.writeInt(done);
    out.writeBoolean(blamed);
    out.writeInt(parts.size());
    for (var part : parts.values()) {
      part.member.write(out);
      out.writeLong(part.arrivalUs);
      out.writeLong(part.endUs);
      out.writeLong(part.writtenUs);
      out.writeDouble(part.execUs);
      out.writeBoolean(part.done);
    }
  }

  static OpenOperation read(DataInput in) throws IOException {
    var operation =
        new Operation(in.readUTF(), in.readInt(), in.readUTF(), in.readLong(), in.readLong());
    var open = new OpenOperation(operation, in.readLong());
    open.firstStartUs = in.readLong();
    open.lastStartUs = in.readLong();
    open.passedUs = in.readLong();
    open.checkedUs = in.readLong();
    open.started = in.readInt();
    open.stopped = in.readInt();
    open.done = in.readInt();
    open.blamed = in.readBoolean();
    for (int left = in.readInt(); left > 0; left--) {
      var part = open.part(Member.read(in));
      part.arrivalUs = in.readLong();
      part.endUs = in.readLong();
      part.writtenUs = in.readLong();
      part.execUs = in.readDouble();
      part.done = in.readBoolean();
    }
    return open;
  }
}
