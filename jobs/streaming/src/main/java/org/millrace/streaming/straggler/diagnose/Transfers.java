package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.millrace.streaming.straggler.diagnose.Observation.Operation;

/**
 * Whether a communicator's operations take long once all ranks are there: each against the last
 * ones of its kind and size. Where there are records of single transfers, the links' delay matrix
 * says so instead, and says which.
 */
final class Transfers {

  /** Kinds and sizes of operations that are kept, the last used. */
  private static final int KINDS = 32;

  /** Work is as it was before if it is at most so many times one that was. */
  private static final double SAME = 1.1;

  private final String comm;
  private final Settings settings;
  private final DelayMatrix links;
  private final Incidents incidents;
  private final LinkedHashMap<String, Kind> kinds = new LinkedHashMap<>(16, 0.75f, true);
  private Persistence persistence;

  Transfers(String comm, Settings settings, DelayMatrix links, Incidents incidents) {
    this.comm = comm;
    this.settings = settings;
    this.links = links;
    this.incidents = incidents;
    this.persistence = new Persistence(settings);
  }

  /**
   * Takes an operation.
   *
   * @param transferUs from the last arrival to the end
   * @param skewUs from the first arrival to the last
   * @param workUs before it, the ranks' median; NaN if unknown
   * @param periodUs usual time between two operations; NaN if unknown
   */
  void take(
      Operation operation,
      double transferUs,
      double skewUs,
      double workUs,
      double periodUs,
      long endUs) {
    var kind =
        kinds.computeIfAbsent(
            operation.coll() + "/" + operation.bytes(), key -> new Kind(settings.window()));
    if (kinds.size() > KINDS) {
      kinds.remove(kinds.keySet().iterator().next());
    }
    double usual = kind.transfers.median();
    double ratio = transferUs / usual / slowdown(kind, workUs);
    boolean flagged =
        kind.transfers.size() >= settings.warmUp()
            && ratio > settings.flagLevel()
            && transferUs - usual >= settings.significance() * periodUs;
    if (!flagged) {
      kind.transfers.add(transferUs);
      if (workUs > 0) {
        kind.works.add(workUs);
      }
    }
    var key = Finding.key(Cause.COMMUNICATION_SLOW, List.of());
    boolean due = persistence.add(flagged, endUs);
    if (due && !links.isKnown()) {
      persistence.open();
      open(operation, transferUs, skewUs, usual, ratio, endUs);
    } else if (flagged && persistence.isOpen()) {
      incidents.seen(key, ratio, endUs);
    }
    if (persistence.closes()) {
      incidents.close(comm, key, persistence.lastFlagUs(), endUs);
    }
  }

  /**
   * By how much all of the job is slower, computing too: which is then no matter of communication.
   * Operations of one kind may have different work before them, so what counts is whether there was
   * as much before any.
   */
  private static double slowdown(Kind kind, double workUs) {
    double known = kind.works.floor(workUs);
    double slowdown = workUs / known;
    return slowdown > SAME ? slowdown : 1;
  }

  private void open(
      Operation operation,
      double transferUs,
      double skewUs,
      double usual,
      double ratio,
      long endUs) {
    var evidence = new TreeMap<String, Double>();
    evidence.put("transfer_us", transferUs);
    evidence.put("usual_transfer_us", usual);
    evidence.put("skew_us", skewUs);
    incidents.open(
        comm,
        new Finding(
            Cause.COMMUNICATION_SLOW,
            List.of(),
            comm,
            operation.sn(),
            persistence.firstFlagUs(),
            endUs,
            ratio,
            evidence,
            String.format(
                Locale.ROOT,
                "operations of %s take %.2f times as long as usual once all ranks are there; which link is at fault only records of transfers could say",
                comm,
                ratio)));
  }

  /** What is usual for a kind and size of operation. */
  private static final class Kind {
    private Baseline transfers;
    private Baseline works;

    private Kind(int window) {
      transfers = new Baseline(window);
      works = new Baseline(window);
    }
  }

  void write(DataOutput out) throws IOException {
    persistence.write(out);
    out.writeInt(kinds.size());
    for (var entry : kinds.entrySet()) {
      out.writeUTF(entry.getKey());
      entry.getValue().transfers.write(out);
      entry.getValue().works.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    persistence = Persistence.read(in, settings);
    for (int left = in.readInt(); left > 0; left--) {
      var kind = new Kind(0);
      var key = in.readUTF();
      kind.transfers = Baseline.read(in, settings.window());
      kind.works = Baseline.read(in, settings.window());
      kinds.put(key, kind);
    }
  }
}
