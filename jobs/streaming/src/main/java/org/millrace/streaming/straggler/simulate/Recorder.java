package org.millrace.streaming.straggler.simulate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Writes down what happens in a simulated job, as its tools would: each host by its own clock. */
final class Recorder {

  private static final double LOST = 0.002;
  private static final double REPEATED = 0.003;
  private static final double DISORDER_US = 200_000;
  private static final double HEARTBEAT_US = 5e6;

  private record Line(double order, String text) {}

  private final String job;
  private final Form form;
  private final int perHost;
  private final int ranks;
  private final SplittableRandom random;
  private final double[] offset;
  private final double[] drift;
  private final List<Line> lines = new ArrayList<>();

  Recorder(String job, Form form, int ranks, int perHost, SplittableRandom random) {
    this.job = job;
    this.form = form;
    this.ranks = ranks;
    this.perHost = perHost;
    this.random = random;
    int hosts = ranks / perHost;
    offset = new double[hosts];
    drift = new double[hosts];
    for (int host = 0; host < hosts; host++) {
      offset[host] = 20_000 * random.nextGaussian();
      drift[host] = 3e-6 * random.nextGaussian();
    }
  }

  List<String> hosts() {
    var hosts = new ArrayList<String>();
    for (int rank = 0; rank < ranks; rank++) {
      hosts.add(host(rank / perHost));
    }
    return List.copyOf(hosts);
  }

  private String host(int host) {
    return job + "-host-" + host;
  }

  /** A time as the host's clock has it. */
  private long clock(int host, double us) {
    return Math.round(us + offset[host] + drift[host] * (us - SimulatedJob.BEGIN_US));
  }

  /** A rank's step, told when it was done. */
  void step(int rank, double us, double tookUs) {
    add(us, String.format(Locale.ROOT, "%d,%.3f,%.1f", rank, us / 1e6, tookUs / 1000));
  }

  /**
   * A rank's part in an operation.
   *
   * @param host whose ranks' communicator it is; -1 for that of all
   * @param number of the rank within the communicator
   * @param endUs NaN if it never comes out
   */
  void part(
      int host,
      int size,
      String coll,
      long sn,
      long bytes,
      int rank,
      int number,
      double arrivalUs,
      double endUs) {
    int on = rank / perHost;
    var comm = job + (host < 0 ? "-all" : "-host-" + host);
    long arrival = clock(on, arrivalUs);
    if (form == Form.EVENTS) {
      var text =
          "{\"job\":\""
              + job
              + "\",\"comm\":\""
              + comm
              + "\",\"rank\":"
              + rank
              + ",\"host\":\""
              + host(on)
              + "\",\"coll\":\""
              + coll
              + "\",\"sn\":"
              + sn
              + ",\"bytes\":"
              + bytes
              + ",";
      add(arrivalUs, text + "\"phase\":\"START\",\"tsUs\":" + arrival + "}");
      if (!Double.isNaN(endUs)) {
        add(endUs, text + "\"phase\":\"STOP\",\"tsUs\":" + clock(on, endUs) + "}");
      }
    } else if (!Double.isNaN(endUs)) {
      long end = Math.max(arrival + 1, clock(on, endUs));
      add(endUs, inspector(comm, size, coll, sn, bytes, rank, number, arrival, end));
    }
  }

  private String inspector(
      String comm,
      int size,
      String coll,
      long sn,
      long bytes,
      int rank,
      int number,
      long arrival,
      long end) {
    long took = end - arrival;
    boolean gathers = coll.equals("AllGather");
    double algbw = (double) bytes * (gathers ? size : 1) / took / 1000;
    double busbw = algbw * (size - 1) / size * (gathers ? 1 : 2);
    var text = new StringBuilder(512);
    text.append(
        String.format(
            Locale.ROOT,
            "{\"header\":{\"id\":\"%s\",\"rank\":%d,\"n_ranks\":%d,\"nnodes\":%d},\"metadata\":{\"inspector_output_format_version\":\"v4.0\",\"dump_timestamp_us\":%d,\"hostname\":\"%s\",\"pid\":%d},",
            comm,
            number,
            size,
            size == ranks ? ranks / perHost : 1,
            end + random.nextInt(2000),
            host(rank / perHost),
            1000 + rank));
    text.append(
        String.format(
            Locale.ROOT,
            "\"coll_perf\":{\"coll\":\"%s\",\"coll_sn\":%d,\"coll_msg_size_bytes\":%d,\"coll_exec_time_us\":%d,\"coll_timing_source\":\"kernel_gpu\",\"coll_algobw_gbs\":%.6f,\"coll_busbw_gbs\":%.6f",
            coll,
            sn,
            bytes,
            took,
            algbw,
            busbw));
    if (form == Form.INSPECTOR) {
      text.append(
          String.format(
              ",\"event_trace_ts\":{\"coll_start_ts\":%d,\"coll_stop_ts\":%d,\"kernel_events\":[{\"channel_id\":0,\"kernel_start_ts\":%d,\"kernel_stop_ts\":%d,\"kernel_record_ts\":%d}]}",
              arrival - 120, arrival - 115, arrival, end, end));
    }
    return text.append("}}").toString();
  }

  /** A transfer, told when it was done. */
  void transfer(Ring.Transfer transfer, double us) {
    if (form == Form.EVENTS) {
      int host = transfer.link().src() / perHost;
      add(
          us,
          "{\"job\":\""
              + job
              + "\",\"comm\":\""
              + job
              + "-all\",\"phase\":\"TRANSPORT\""
              + ",\"src\":"
              + transfer.link().src()
              + ",\"dst\":"
              + transfer.link().dst()
              + ",\"bytes\":"
              + transfer.bytes()
              + ",\"durationUs\":"
              + Math.max(1, Math.round(transfer.durationUs()))
              + ",\"tsUs\":"
              + clock(host, us)
              + "}");
    }
  }

  /** Nothing happens any more; the hosts are alive. */
  void silence(double us, double seconds) {
    for (double at = us; at < us + seconds * 1e6; at += HEARTBEAT_US) {
      for (int host = 0; host < offset.length; host++) {
        lines.add(
            new Line(
                at,
                String.format(
                    "{\"job\":\"%s\",\"phase\":\"HEARTBEAT\",\"host\":\"%s\",\"tsUs\":%d}",
                    job, host(host), clock(host, at))));
      }
    }
  }

  private void add(double us, String text) {
    if (random.nextDouble() < LOST) {
      return;
    }
    lines.add(new Line(us + random.nextDouble() * DISORDER_US, text));
    if (random.nextDouble() < REPEATED) {
      lines.add(new Line(us + random.nextDouble() * DISORDER_US, text));
    }
  }

  /** All lines, more or less in order. */
  List<String> lines() {
    var sorted = new ArrayList<>(lines);
    sorted.sort(Comparator.comparingDouble(Line::order));
    var texts = new ArrayList<String>();
    if (form == Form.STEP_TIMES) {
      texts.add("worker,time,batch_time");
    }
    sorted.forEach(line -> texts.add(line.text()));
    return List.copyOf(texts);
  }
}
