package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.TreeMap;
import org.millrace.streaming.inspector.HostClocks;

/** Times of a job's hosts as one time, and when each rank last came out of an operation. */
final class Clocks {

  /** Ends that are kept a rank: operations of several communicators are not told in order. */
  private static final int ENDS = 16;

  private final HostClocks hosts = new HostClocks();
  private final TreeMap<String, long[]> ends = new TreeMap<>();

  HostClocks hosts() {
    return hosts;
  }

  /** A time by a host's clock as one by the common clock. */
  long common(String host, long us) {
    return host.isEmpty() ? us : us - hosts.offsetUs(host);
  }

  /** A rank came out of an operation; by the common clock. */
  void ended(String id, long us) {
    var last = ends.get(id);
    if (last == null) {
      last = new long[ENDS];
      Arrays.fill(last, Observation.UNKNOWN);
      ends.put(id, last);
    }
    System.arraycopy(last, 1, last, 0, ENDS - 1);
    last[ENDS - 1] = us;
  }

  /** When a rank last came out of an operation before a time; UNKNOWN if it is not known to. */
  long lastEnd(String id, long beforeUs) {
    long found = Observation.UNKNOWN;
    var last = ends.get(id);
    if (last != null) {
      for (long end : last) {
        if (end <= beforeUs) {
          found = Math.max(found, end);
        }
      }
    }
    return found;
  }

  void write(DataOutput out) throws IOException {
    var history = hosts.history();
    out.writeInt(history.size());
    for (var host : history.entrySet()) {
      out.writeUTF(host.getKey());
      out.writeShort(host.getValue().length);
      for (long difference : host.getValue()) {
        out.writeLong(difference);
      }
    }
    out.writeInt(ends.size());
    for (var rank : ends.entrySet()) {
      out.writeUTF(rank.getKey());
      for (long end : rank.getValue()) {
        out.writeLong(end);
      }
    }
  }

  void read(DataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      var host = in.readUTF();
      for (int differences = in.readUnsignedShort(); differences > 0; differences--) {
        hosts.add(host, in.readLong());
      }
    }
    for (int left = in.readInt(); left > 0; left--) {
      var id = in.readUTF();
      var last = new long[ENDS];
      for (int i = 0; i < ENDS; i++) {
        last[i] = in.readLong();
      }
      ends.put(id, last);
    }
  }
}
