package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/** What the ranks of a communicator did in the operations of a step, added up. */
final class StepOfRanks {

  /** The least that a rank's work is taken for, as a share of the others'. */
  private static final double LEAST = 1e-3;

  private final Settings settings;
  private final TreeMap<String, Sum> sums = new TreeMap<>();
  private double transferUs;
  private double skewUs;
  private double bytes;
  private double workUs;

  /** What a rank did. */
  private static final class Sum {
    private final Member member;
    private double workUs;

    /** The ranks' median work before the same operations. */
    private double medianUs;

    private double behindUs;
    private long lastUs;

    private Sum(Member member) {
      this.member = member;
    }
  }

  StepOfRanks(Settings settings) {
    this.settings = settings;
  }

  /** A rank's arrival: its work before it, the ranks' median, how far behind the median it came. */
  void add(Member member, double work, double median, double behind, long arrivalUs) {
    var sum = sums.computeIfAbsent(member.id(), id -> new Sum(member));
    sum.workUs += work;
    sum.medianUs += median;
    sum.behindUs += behind;
    sum.lastUs = arrivalUs;
  }

  /** An operation. */
  void add(double transfer, double skew, long size, double work) {
    transferUs += transfer;
    skewUs += skew;
    bytes += size;
    workUs += work;
  }

  /** The step is over. */
  void judge(long sn, double periodUs, StepPanel panel, Transfers transfers, long endUs) {
    if (workUs >= 1) {
      var samples = new ArrayList<StepPanel.Sample>(sums.size());
      for (var sum : sums.values()) {
        if (sum.medianUs > 0) {
          samples.add(
              new StepPanel.Sample(
                  sum.member,
                  sum.lastUs,
                  Math.max(sum.workUs / sum.medianUs, LEAST),
                  sum.behindUs >= settings.significance() * periodUs));
        }
      }
      panel.step(sn, samples, this::evidence);
    }
    transfers.take(sn, transferUs, skewUs, bytes, workUs, periodUs, endUs);
  }

  private Map<String, Double> evidence(Member member) {
    var sum = sums.get(member.id());
    var evidence = new TreeMap<String, Double>();
    evidence.put("work_us", sum.workUs);
    evidence.put("median_work_us", sum.medianUs);
    evidence.put("behind_the_median_us", sum.behindUs);
    evidence.put("transfer_us", transferUs);
    evidence.put("skew_us", skewUs);
    return evidence;
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(transferUs);
    out.writeDouble(skewUs);
    out.writeDouble(bytes);
    out.writeDouble(workUs);
    out.writeInt(sums.size());
    for (var sum : sums.values()) {
      sum.member.write(out);
      out.writeDouble(sum.workUs);
      out.writeDouble(sum.medianUs);
      out.writeDouble(sum.behindUs);
      out.writeLong(sum.lastUs);
    }
  }

  void read(DataInput in) throws IOException {
    transferUs = in.readDouble();
    skewUs = in.readDouble();
    bytes = in.readDouble();
    workUs = in.readDouble();
    for (int left = in.readInt(); left > 0; left--) {
      var sum = new Sum(Member.read(in));
      sum.workUs = in.readDouble();
      sum.medianUs = in.readDouble();
      sum.behindUs = in.readDouble();
      sum.lastUs = in.readLong();
      sums.put(sum.member.id(), sum);
    }
  }
}
