package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.millrace.streaming.job.Fingerprint;

/**
 * The open incidents of a job. The same trouble seen in several communicators is one: it opens with
 * the first of them and closes with the last.
 */
final class Incidents {

  private final String job;
  private final TreeMap<String, Open> open = new TreeMap<>();
  private List<Incident> told = new ArrayList<>();

  Incidents(String job) {
    this.job = job;
  }

  /** What has happened since this was last asked, in order. */
  List<Incident> drain() {
    if (told.isEmpty()) {
      return List.of();
    }
    var drained = told;
    told = new ArrayList<>();
    return drained;
  }

  /** Whether there is an open incident. */
  boolean any() {
    return !open.isEmpty();
  }

  /**
   * Opens an incident, or joins the one that is open already: of the same suspects, or where
   * something hangs of one of them, since a rank that is missing in one communicator is so in all.
   *
   * @param source who has found it, and will close it
   * @return the key of the incident
   */
  String open(String source, Finding finding) {
    var key = known(finding);
    var known = open.get(key);
    if (known == null) {
      known = new Open(finding);
      open.put(key, known);
      told.add(known.incident(job, Incident.Kind.OPEN, finding.openUs()));
    }
    known.sources.add(source);
    return key;
  }

  private String known(Finding finding) {
    var suspects = finding.suspects().stream().map(Suspect::key).toList();
    if (finding.cause() == Cause.NON_COMMUNICATION_HANG) {
      for (var known : open.entrySet()) {
        var other = known.getValue().finding;
        if (other.cause() == finding.cause()
            && other.suspects().stream().map(Suspect::key).anyMatch(suspects::contains)) {
          return known.getKey();
        }
      }
    }
    return finding.key();
  }

  /** Another sign of an open incident. */
  void seen(String key, double score, long tsUs) {
    var known = open.get(key);
    if (known != null) {
      known.flags++;
      known.endUs = Math.max(known.endUs, tsUs);
      if (score > known.score) {
        known.score = score;
        known.peakUs = tsUs;
      }
    }
  }

  /**
   * It is over, as far as the source is concerned.
   *
   * @param endUs when it was seen last
   * @param tsUs when it is certain to be over
   */
  void close(String source, String key, long endUs, long tsUs) {
    var known = open.get(key);
    if (known != null && known.sources.remove(source)) {
      known.endUs = Math.max(known.endUs, endUs);
      if (known.sources.isEmpty()) {
        open.remove(key);
        told.add(known.incident(job, Incident.Kind.CLOSE, tsUs));
      }
    }
  }

  /** Closes all that is open. */
  void closeAll(long tsUs) {
    for (var known : open.values()) {
      told.add(known.incident(job, Incident.Kind.CLOSE, tsUs));
    }
    open.clear();
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(open.size());
    for (var known : open.values()) {
      known.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      var known = Open.read(in);
      open.put(known.finding.key(), known);
    }
  }

  /** An incident that is open. */
  private static final class Open {

    private final Finding finding;
    private final TreeSet<String> sources = new TreeSet<>();
    private double score;
    private long peakUs;
    private long endUs;
    private long flags = 1;

    private Open(Finding finding) {
      this.finding = finding;
      this.score = finding.score();
      this.peakUs = finding.openUs();
      this.endUs = finding.startUs();
    }

    private Incident incident(String job, Incident.Kind kind, long tsUs) {
      return new Incident(
          Fingerprint.hex(job, finding.key(), String.valueOf(finding.openUs())),
          job,
          kind,
          finding.cause(),
          finding.suspects(),
          finding.comm(),
          finding.sn(),
          finding.startUs(),
          finding.openUs(),
          tsUs,
          kind == Incident.Kind.OPEN ? Observation.UNKNOWN : endUs,
          score,
          peakUs,
          flags,
          finding.evidence(),
          finding.explanation());
    }

    private void write(DataOutput out) throws IOException {
      out.writeByte(finding.cause().ordinal());
      out.writeInt(finding.suspects().size());
      for (var suspect : finding.suspects()) {
        suspect.write(out);
      }
      out.writeUTF(finding.comm());
      out.writeLong(finding.sn());
      out.writeLong(finding.startUs());
      out.writeLong(finding.openUs());
      out.writeDouble(finding.score());
      out.writeInt(finding.evidence().size());
      for (var fact : finding.evidence().entrySet()) {
        out.writeUTF(fact.getKey());
        out.writeDouble(fact.getValue());
      }
      out.writeUTF(finding.explanation());
      out.writeInt(sources.size());
      for (var source : sources) {
        out.writeUTF(source);
      }
      out.writeDouble(score);
      out.writeLong(peakUs);
      out.writeLong(endUs);
      out.writeLong(flags);
    }

    private static Open read(DataInput in) throws IOException {
      var cause = Cause.values()[in.readUnsignedByte()];
      var suspects = new ArrayList<Suspect>();
      for (int left = in.readInt(); left > 0; left--) {
        suspects.add(Suspect.read(in));
      }
      var comm = in.readUTF();
      long sn = in.readLong();
      long startUs = in.readLong();
      long openUs = in.readLong();
      double first = in.readDouble();
      Map<String, Double> evidence = new TreeMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        evidence.put(in.readUTF(), in.readDouble());
      }
      var open =
          new Open(
              new Finding(
                  cause,
                  List.copyOf(suspects),
                  comm,
                  sn,
                  startUs,
                  openUs,
                  first,
                  evidence,
                  in.readUTF()));
      for (int left = in.readInt(); left > 0; left--) {
        open.sources.add(in.readUTF());
      }
      open.score = in.readDouble();
      open.peakUs = in.readLong();
      open.endUs = in.readLong();
      open.flags = in.readLong();
      return open;
    }
  }
}
