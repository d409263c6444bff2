package org.millrace.streaming.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.millrace.streaming.input.JsonObject;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;
import org.millrace.streaming.job.Format;

/**
 * JSON lines of NCCL Inspector, v4.0. What else is in a line is passed over, so that later versions
 * that only add fields are read too.
 *
 * <p>Bandwidths that contradict the record's own size, time and ranks are set apart as fields
 * ({@code inconsistent bandwidth}); the rest of the record counts. Records of point-to-point
 * transfers ({@code p2p_perf}) are left out, as {@code p2p}.
 */
public record InspectorFormat() implements Format<InspectorRecord> {

  /** How far a bandwidth may be from what size and time give: times are whole microseconds. */
  static final double TOLERANCE = 0.02;

  /** The same for small bandwidths, which are printed with six decimals; GB/s. */
  static final double ROUNDING = 2e-6;

  private static final long LAST_US = 253_402_300_799_999_999L; // the end of the year 9999
  private static final int MOST_RANKS = 10_000_000;
  private static final String HOST_CALL = "collective_cpu";

  @Override
  public Header header() {
    return Header.NONE;
  }

  @Override
  public Decoder<InspectorRecord> decoder(String source, String header) {
    return (record, length, out) -> decode(JsonObject.parse(record, length), out);
  }

  /**
   * The same of an object that has been parsed.
   *
   * @throws BadRecord if it can't be used
   */
  public static void decode(JsonObject json, Decoder.Out<InspectorRecord> out) throws BadRecord {
    if (!json.has("coll_perf") && json.has("p2p_perf")) {
      out.dropped("p2p");
      return;
    }
    var bad = new ArrayList<BadField>();
    var read = read(json, bad);
    for (var field : bad) {
      out.rejected(field.name(), field.text(), field.why());
    }
    out.value(read, read.timeUs() / 1000, read.host());
  }

  /** A field that can't be used, of a record of which the rest can. */
  private record BadField(String name, String text, BadRecord why) {}

  /** Whether an object looks like a record of Inspector, good or bad. */
  public static boolean isInspector(JsonObject json) {
    return json.has("coll_perf") || json.has("p2p_perf");
  }

  /**
   * Reads a record of a collective; bandwidths that contradict it are NaN.
   *
   * @throws BadRecord if it can't be used
   */
  public static InspectorRecord read(JsonObject json) throws BadRecord {
    return read(json, new ArrayList<>());
  }

  private static InspectorRecord read(JsonObject json, List<BadField> bad) throws BadRecord {
    var header = json.object("header");
    int ranks = (int) header.whole("n_ranks", 1, MOST_RANKS);
    int rank = (int) header.whole("rank", 0, MOST_RANKS);
    if (rank >= ranks) {
      throw new BadRecord("number out of range", "header.rank " + rank + " of " + ranks + " ranks");
    }
    var metadata = json.object("metadata");
    var perf = json.object("coll_perf");
    var coll = perf.name("coll");
    long bytes = perf.whole("coll_msg_size_bytes", 0, Long.MAX_VALUE);
    double execUs = execution(perf);
    var bandwidths = new Bandwidths(Collective.named(coll), ranks, bytes, execUs);
    double algbw = perf.has("coll_algobw_gbs") ? perf.amount("coll_algobw_gbs") : Double.NaN;
    double busbw = perf.has("coll_busbw_gbs") ? perf.amount("coll_busbw_gbs") : Double.NaN;
    if (!bandwidths.isAlgorithm(algbw)) {
      bad.add(contradiction("coll_algobw_gbs", algbw, bandwidths.algorithm()));
      algbw = Double.NaN;
    }
    if (!bandwidths.isBus(busbw)) {
      bad.add(contradiction("coll_busbw_gbs", busbw, bandwidths.bus()));
      busbw = Double.NaN;
    }
    return new InspectorRecord(
        header.name("id"),
        rank,
        ranks,
        header.has("nnodes") ? (int) header.whole("nnodes", 1, MOST_RANKS) : 1,
        metadata.name("hostname"),
        metadata.has("pid") ? metadata.whole("pid", 0, Long.MAX_VALUE) : 0,
        metadata.whole("dump_timestamp_us", 0, LAST_US),
        coll,
        perf.whole("coll_sn", 0, Long.MAX_VALUE),
        bytes,
        execUs,
        algbw,
        busbw,
        trace(perf));
  }

  private static BadField contradiction(String field, double value, double expected) {
    return new BadField(
        field,
        String.valueOf(value),
        new BadRecord(
            "inconsistent bandwidth",
            String.format(
                Locale.ROOT,
                "coll_perf.%s = %s, but size, time and ranks give %.6f",
                field,
                value,
                expected)));
  }

  private static double execution(JsonObject perf) throws BadRecord {
    double execUs = perf.amount("coll_exec_time_us");
    return perf.name("coll_timing_source", "").equals(HOST_CALL) ? Double.NaN : execUs;
  }

  /** Null where the record has none, or an empty one. */
  private static KernelTrace trace(JsonObject perf) throws BadRecord {
    if (!perf.has("event_trace_ts")) {
      return null;
    }
    var times = perf.object("event_trace_ts");
    if (!times.has("kernel_events")) {
      return null;
    }
    long arrival = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (var kernel : times.objects("kernel_events")) {
      long start = kernel.whole("kernel_start_ts", 0, LAST_US);
      long stop = kernel.whole("kernel_stop_ts", 0, LAST_US);
      // A channel that was not timed has zeros.
      if (start > 0 && stop > 0) {
        arrival = Math.min(arrival, start);
        end = Math.max(end, stop);
      }
    }
    if (arrival == Long.MAX_VALUE) {
      return null;
    }
    if (end < arrival) {
      throw new BadRecord("kernel ends before it starts", arrival + " to " + end);
    }
    return new KernelTrace(arrival, end);
  }

  /** What the bandwidths of a record must be. NaN, an absent one, is always right. */
  private record Bandwidths(Collective coll, int ranks, long bytes, double execUs) {

    private double algorithm() {
      return coll.traffic(bytes, ranks) / execUs / 1000;
    }

    private double bus() {
      return algorithm() * coll.busFactor(ranks);
    }

    private boolean isAlgorithm(double value) {
      return isNear(value, algorithm());
    }

    private boolean isBus(double value) {
      return isNear(value, bus());
    }

    private boolean isNear(double value, double expected) {
      if (Double.isNaN(value) || !coll.isChecked() || !(execUs > 0)) {
        return true;
      }
      return Math.abs(value - expected) <= TOLERANCE * expected + ROUNDING;
    }
  }
}
