package org.millrace.streaming.straggler.diagnose;

import java.util.Comparator;

/**
 * Something that was seen of a job. Times are microseconds since 1970 UTC by the clock of the host
 * that saw it.
 */
public sealed interface Observation {

  /** No time. */
  long UNKNOWN = Long.MIN_VALUE;

  /**
   * By time, and among those of one time by what they are of. Two that are equal by it are the same
   * observation, seen twice.
   */
  Comparator<Observation> ORDER = Observation::compare;

  private static int compare(Observation one, Observation other) {
    int order = Long.compare(one.tsUs(), other.tsUs());
    if (order == 0) {
      order = Integer.compare(one.kind(), other.kind());
    }
    if (order == 0) {
      order = one.who().compareTo(other.who());
    }
    if (order == 0) {
      order = one.about().compareTo(other.about());
    }
    if (order == 0) {
      order = Long.compare(one.number(), other.number());
    }
    return order != 0 ? order : Double.compare(one.size(), other.size());
  }

  /** The job it is of. */
  String job();

  /** When it was. */
  long tsUs();

  /** Order of the kinds. */
  int kind();

  /** The process, host or link that it is of. */
  String who();

  /** The communicator; empty if of none. */
  default String about() {
    return "";
  }

  /** Number of the operation; 0 if of none. */
  default long number() {
    return 0;
  }

  /** What tells apart transfers that came at the same time; 0 of others. */
  default double size() {
    return 0;
  }

  /**
   * An operation of a communicator.
   *
   * @param comm the communicator
   * @param ranks of it; 0 if unknown
   * @param coll the collective, such as AllReduce; empty if unknown
   * @param sn number of the operation in the communicator, counting up
   * @param bytes of a rank's message; 0 if unknown
   */
  record Operation(String comm, int ranks, String coll, long sn, long bytes) {}

  /**
   * How long a rank's step took.
   *
   * @param duration above 0, in any unit, the same throughout the job
   */
  record StepTime(String job, Member member, long tsUs, double duration) implements Observation {
    @Override
    public int kind() {
      return 1;
    }

    @Override
    public String who() {
      return member.id();
    }
  }

  /** A rank has entered an operation. */
  record Started(String job, Member member, Operation operation, long tsUs) implements OfOperation {
    @Override
    public int kind() {
      return 2;
    }
  }

  /** A rank has left an operation. */
  record Stopped(String job, Member member, Operation operation, long tsUs) implements OfOperation {
    @Override
    public int kind() {
      return 3;
    }
  }

  /**
   * A rank's whole part in an operation, told when it was over.
   *
   * @param tsUs when it left, or where {@code arrivalUs} is unknown when that was written
   * @param arrivalUs when it entered, or {@link #UNKNOWN}
   * @param execUs how long it was inside, waiting included, microseconds; NaN if unknown
   */
  record Completed(
      String job, Member member, Operation operation, long tsUs, long arrivalUs, double execUs)
      implements OfOperation {
    @Override
    public int kind() {
      return 4;
    }
  }

  /**
   * A transfer between two ranks.
   *
   * @param src id of the sender
   * @param dst id of the receiver
   * @param comm the communicator; empty if unknown
   * @param tsUs when it was done
   * @param bytes at least 1
   * @param durationUs above 0, microseconds
   */
  record Transport(
      String job, String comm, String src, String dst, long tsUs, long bytes, double durationUs)
      implements Observation {
    @Override
    public int kind() {
      return 5;
    }

    @Override
    public String who() {
      return src + "\0" + dst;
    }

    @Override
    public String about() {
      return comm;
    }

    @Override
    public long number() {
      return bytes;
    }

    @Override
    public double size() {
      return durationUs;
    }
  }

  /** A host is alive; says no more than that time has passed. */
  record Heartbeat(String job, String host, long tsUs) implements Observation {
    @Override
    public int kind() {
      return 6;
    }

    @Override
    public String who() {
      return host;
    }
  }

  /** An observation of a rank in an operation. */
  sealed interface OfOperation extends Observation {

    /** The rank. */
    Member member();

    /** The operation. */
    Operation operation();

    @Override
    default String who() {
      return member().id();
    }

    @Override
    default String about() {
      return operation().comm();
    }

    @Override
    default long number() {
      return operation().sn();
    }
  }
}
