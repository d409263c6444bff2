package org.millrace.streaming.inspector;

/**
 * One rank's part in one completed collective. Records of the same {@link #key} belong together;
 * there are {@code ranks} of them when all have come.
 *
 * @param comm the communicator, {@code header.id}
 * @param rank its number within the communicator, 0 to ranks - 1
 * @param ranks of the communicator, at least 1
 * @param nodes that the communicator spans, at least 1
 * @param host name of the rank's host
 * @param pid process on that host; with host it names the process over all of its communicators
 * @param dumpTsUs when the record was written, some while after the end, by the host's clock,
 *     microseconds since 1970 UTC
 * @param coll NCCL's name of the collective, such as {@code AllReduce}
 * @param sn number of the collective within the communicator, counting up
 * @param bytes of the rank's message
 * @param execUs how long the rank's kernel ran, microseconds, waiting for others included; NaN
 *     where only the host's call was timed ({@code coll_timing_source} of {@code collective_cpu}),
 *     which says nothing of it
 * @param algbwGbs algorithm bandwidth, 10^9 bytes a second; NaN where the record has none, or where
 *     it contradicts the record's own size and time
 * @param busbwGbs bus bandwidth, likewise
 * @param trace when the kernel ran; null without {@code NCCL_INSPECTOR_DUMP_VERBOSE=1}
 */
public record InspectorRecord(
    String comm,
    int rank,
    int ranks,
    int nodes,
    String host,
    long pid,
    long dumpTsUs,
    String coll,
    long sn,
    long bytes,
    double execUs,
    double algbwGbs,
    double busbwGbs,
    KernelTrace trace) {

  /** What records of one collective have in common. */
  public record Key(String comm, long sn) {}

  /** What the records of this collective have in common. */
  public Key key() {
    return new Key(comm, sn);
  }

  /** The process, the same in each of its communicators: {@code host:pid}. */
  public String process() {
    return host + ":" + pid;
  }

  /** The record's time: the kernel's end where it is known, else when the record was written. */
  public long timeUs() {
    return trace == null ? dumpTsUs : trace.endUs();
  }
}
