package org.millrace.streaming.straggler.diagnose;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A process of a job.
 *
 * @param id what names it in all of the job's communicators
 * @param rank what people call it: its rank, in the communicator or the job, as in the records
 * @param host it runs on; empty where the records don't say
 */
public record Member(String id, String rank, String host) {

  /** Checks that nothing is null. */
  public Member {
    requireNonNull(id, "id is null");
    requireNonNull(rank, "rank is null");
    requireNonNull(host, "host is null");
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(id);
    out.writeUTF(rank);
    out.writeUTF(host);
  }

  static Member read(DataInput in) throws IOException {
    return new Member(in.readUTF(), in.readUTF(), in.readUTF());
  }
}
