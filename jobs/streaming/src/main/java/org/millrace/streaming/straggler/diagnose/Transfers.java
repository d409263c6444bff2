package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Whether a communicator's operations take long once all ranks are there, a byte and step against
 * the last steps. Where there are records of single transfers, the links' delay matrix says so
 * instead, and says which.
 */
final class Transfers {

  private final String comm;
  private final Settings settings;
  private final DelayMatrix links;
  private final Incidents incidents;
  private Persistence persistence;
  private Baseline delays;
  private Baseline works;

  Transfers(String comm, Settings settings, DelayMatrix links, Incidents incidents) {
    this.comm = comm;
    this.settings = settings;
    this.links = links;
    this.incidents = incidents;
    this.persistence = new Persistence(settings);
    this.delays = new Baseline(settings.window());
    this.works = new Baseline(settings.window());
  }

  /**
   * Takes a step's operations.
   *
   * @param sn number of the last
   * @param transferUs from the last arrival to the end, all of them
   * @param skewUs from the first arrival to the last, all of them
   * @param bytes of them
   * @param workUs before them, the ranks' median; NaN if unknown
   * @param periodUs usual time of a step; NaN if unknown
   */
  void take(
      long sn,
      double transferUs,
      double skewUs,
      double bytes,
      double workUs,
      double periodUs,
      long endUs) {
    double delay = transferUs / Math.max(1, bytes);
    double usual = delays.median();
    // What is slower in computing too is no matter of communication.
    double slowdown = workUs / works.median();
    double ratio = delay / usual / (slowdown > 1 ? slowdown : 1);
    boolean flagged =
        delays.size() >= settings.warmUp()
            && ratio > settings.flagLevel()
            && transferUs * (1 - 1 / ratio) >= settings.significance() * periodUs;
    if (!flagged) {
      delays.add(delay);
      if (workUs > 0) {
        works.add(workUs);
      }
    }
    var key = Finding.key(Cause.COMMUNICATION_SLOW, List.of());
    boolean due = persistence.add(flagged, endUs);
    if (due && !links.isKnown()) {
      persistence.open();
      open(sn, transferUs, skewUs, bytes, usual, ratio, endUs);
    } else if (flagged && persistence.isOpen()) {
      incidents.seen(key, ratio, endUs);
    }
    if (persistence.closes()) {
      incidents.close(comm, key, persistence.lastFlagUs(), endUs);
    }
  }

  private void open(
      long sn,
      double transferUs,
      double skewUs,
      double bytes,
      double usual,
      double ratio,
      long endUs) {
    var evidence = new TreeMap<String, Double>();
    evidence.put("transfer_us", transferUs);
    evidence.put("usual_transfer_us", usual * Math.max(1, bytes));
    evidence.put("skew_us", skewUs);
    incidents.open(
        comm,
        new Finding(
            Cause.COMMUNICATION_SLOW,
            List.of(),
            comm,
            sn,
            persistence.firstFlagUs(),
            endUs,
            ratio,
            evidence,
            String.format(
                Locale.ROOT,
                "operations of %s take %.2f times as long as usual once all ranks are there; only records of transfers could say which link is at fault",
                comm,
                ratio)));
  }

  void write(DataOutput out) throws IOException {
    persistence.write(out);
    delays.write(out);
    works.write(out);
  }

  void read(DataInput in) throws IOException {
    persistence = Persistence.read(in, settings);
    delays = Baseline.read(in, settings.window());
    works = Baseline.read(in, settings.window());
  }
}
