package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells what hangs in a communicator, from its oldest open operation: ranks that never entered it
 * (outside of communication), or ranks and links inside that don't go on. Ranks that are missing
 * here because they are stuck in another communicator's operation are not at fault here.
 */
final class HangCheck {

  /** Operations that a rank may leave before all have entered. */
  private static final Set<String> ROOTED = Set.of("Broadcast", "Reduce", "Scatter", "Gather");

  private static final double US_PER_SECOND = 1e6;

  private final Communicator communicator;
  private final Settings settings;
  private final DelayMatrix links;
  private final Incidents incidents;

  /** The operation whose hang is told; the smallest long if none is. */
  private long toldSn = Long.MIN_VALUE;

  private String toldKey = "";

  HangCheck(Communicator communicator, Settings settings, DelayMatrix links, Incidents incidents) {
    this.communicator = communicator;
    this.settings = settings;
    this.links = links;
    this.incidents = incidents;
  }

  /** When an operation is to be looked at next. */
  long wakeUs(OpenOperation op) {
    long hang = settings.hangUs();
    if (op.started == 0) {
      return Long.MAX_VALUE;
    }
    long next = op.checkedUs == Observation.UNKNOWN ? Long.MAX_VALUE : op.checkedUs + hang;
    for (long since : new long[] {op.firstStartUs, op.lastStartUs, op.passedUs}) {
      if (since != Observation.UNKNOWN && since + hang > op.checkedUs) {
        next = Math.min(next, since + hang);
      }
    }
    return next;
  }

  /** Looks at the oldest open operation, if it is time to. */
  void check(OpenOperation op, long nowUs, JobMonitor job) {
    if (nowUs < wakeUs(op)) {
      return;
    }
    op.checkedUs = nowUs;
    if (toldSn == op.operation.sn()) {
      return;
    }
    var missing = new ArrayList<Member>();
    var stuck = new ArrayList<Member>();
    var ranks = communicator.ranks(op);
    for (var rank : ranks.entrySet()) {
      // Who sends in it has entered it, though word of that was lost.
      if (!op.hasEntered(rank.getKey())
          && !links.sends(communicator.name(), rank.getKey(), op.firstStartUs)) {
        missing.add(rank.getValue());
      }
      if (!op.isDone(rank.getKey())) {
        stuck.add(rank.getValue());
      }
    }
    if (communicator.isLeft(op)) {
      return; // All went on: what is missing is word of it.
    }
    boolean isOut = op.done > 0 && !ROOTED.contains(op.operation.coll());
    if (!missing.isEmpty() && !isOut) {
      outside(op, missing, ranks.size(), nowUs, job);
    } else if (stuck.size() == 1 && op.passedUs != Observation.UNKNOWN) {
      // An operation that all others left was over: word of the last one's leaving was lost.
      outside(op, stuck, ranks.size(), nowUs, job);
    } else if (!stuck.isEmpty()) {
      inside(op, stuck, ranks, nowUs, job);
    }
  }

  private void outside(
      OpenOperation op, List<Member> missing, int ranks, long nowUs, JobMonitor job) {
    var suspects = new ArrayList<Suspect>();
    for (var member : missing) {
      var other = job.inside(member.id(), communicator);
      if (other == null) {
        suspects.add(Suspect.rank(member));
      } else {
        other.blame();
      }
    }
    if (suspects.isEmpty()) {
      return;
    }
    double seconds = (nowUs - op.firstStartUs) / US_PER_SECOND;
    var evidence = new TreeMap<String, Double>();
    evidence.put("ranks_waiting", (double) (ranks - missing.size()));
    evidence.put("ranks_missing", (double) missing.size());
    evidence.put("waiting_s", seconds);
    tell(
        op,
        Cause.NON_COMMUNICATION_HANG,
        suspects,
        nowUs,
        seconds,
        evidence,
        String.format(
            Locale.ROOT,
            "%s never entered %s, in which %d ranks have waited for %.0f s",
            texts(suspects),
            text(op),
            ranks - missing.size(),
            seconds));
  }

  private void inside(
      OpenOperation op, List<Member> stuck, Map<String, Member> ranks, long nowUs, JobMonitor job) {
    long hang = settings.hangUs();
    boolean nobodyIsOut = op.done == 0 && nowUs >= op.lastStartUs + hang;
    boolean othersWait =
        op.passedUs != Observation.UNKNOWN && nowUs >= op.passedUs + hang
            || op.isBlamed() && nowUs >= op.lastStartUs + hang;
    if (!nobodyIsOut && !othersWait) {
      return;
    }
    var suspects = new ArrayList<>(links.stalled(ranks, op.firstStartUs, job::member));
    if (suspects.isEmpty() && stuck.size() < ranks.size()) {
      stuck.forEach(member -> suspects.add(Suspect.rank(member)));
    }
    double seconds = (nowUs - op.lastStartUs) / US_PER_SECOND;
    var evidence = new TreeMap<String, Double>();
    evidence.put("ranks_inside", (double) stuck.size());
    evidence.put("ranks_out", (double) (ranks.size() - stuck.size()));
    evidence.put("since_last_entry_s", seconds);
    tell(
        op,
        Cause.COMMUNICATION_HANG,
        suspects,
        nowUs,
        seconds,
        evidence,
        String.format(
            Locale.ROOT,
            "all %d ranks entered %s, %d have not come out for %.0f s; %s",
            ranks.size(),
            text(op),
            stuck.size(),
            seconds,
            suspects.isEmpty()
                ? "which rank or link is at fault the records don't say"
                : "no progress: " + texts(suspects)));
  }

  private void tell(
      OpenOperation op,
      Cause cause,
      List<Suspect> suspects,
      long nowUs,
      double seconds,
      Map<String, Double> evidence,
      String explanation) {
    var finding =
        new Finding(
            cause,
            List.copyOf(suspects),
            communicator.name(),
            op.operation.sn(),
            op.firstStartUs,
            nowUs,
            seconds,
            evidence,
            explanation);
    toldSn = op.operation.sn();
    toldKey = incidents.open(source(), finding);
  }

  /** An operation is over. */
  void over(OpenOperation op, long nowUs) {
    if (toldSn == op.operation.sn()) {
      toldSn = Long.MIN_VALUE;
      incidents.close(source(), toldKey, nowUs, nowUs);
    }
  }

  private String source() {
    return "hang of " + communicator.name();
  }

  private static String texts(List<Suspect> suspects) {
    var text = new StringBuilder();
    for (int i = 0; i < suspects.size() && i < 5; i++) {
      text.append(i == 0 ? "" : ", ").append(suspects.get(i).text());
    }
    return suspects.size() > 5 ? text + " and " + (suspects.size() - 5) + " more" : text.toString();
  }

  private static String text(OpenOperation op) {
    var coll = op.operation.coll().isEmpty() ? "operation" : op.operation.coll();
    return coll + " " + op.operation.sn() + " of " + op.operation.comm();
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(toldSn);
    out.writeUTF(toldKey);
  }

  void read(DataInput in) throws IOException {
    toldSn = in.readLong();
    toldKey = in.readUTF();
  }
}
