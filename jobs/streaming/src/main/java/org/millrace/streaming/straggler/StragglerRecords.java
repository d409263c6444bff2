package org.millrace.streaming.straggler;

import java.util.List;
import java.util.TreeMap;
import org.millrace.schema.StragglerIncident;
import org.millrace.schema.StragglerSuspect;
import org.millrace.streaming.job.Fingerprint;
import org.millrace.streaming.straggler.diagnose.Incident;
import org.millrace.streaming.straggler.diagnose.Observation;
import org.millrace.streaming.straggler.diagnose.Settings;
import org.millrace.streaming.straggler.diagnose.Suspect;

/** Incidents as records of the contract. */
final class StragglerRecords {

  /** Version of the record. */
  private static final int SCHEMA = 1;

  private static final long MICROS = 1000;

  private final String configHash;

  StragglerRecords(Settings settings) {
    configHash = Fingerprint.hex(settings.toString());
  }

  StragglerIncident of(Incident incident) {
    return StragglerIncident.newBuilder()
        .setJob(incident.job())
        .setSchema$(SCHEMA)
        .setIncidentId(incident.id())
        .setKind(incident.kind().name())
        .setCause(incident.cause().name())
        .setSuspects(suspects(incident.suspects()))
        .setComm(incident.comm().isEmpty() ? null : incident.comm())
        .setSn(incident.sn() < 0 ? null : incident.sn())
        .setStartTs(incident.startUs() / MICROS)
        .setOpenTs(incident.openUs() / MICROS)
        .setTs(incident.tsUs() / MICROS)
        .setEndTs(incident.endUs() == Observation.UNKNOWN ? null : incident.endUs() / MICROS)
        .setScore(incident.score())
        .setPeakTs(incident.peakUs() / MICROS)
        .setFlags(incident.flags())
        .setEvidence(new TreeMap<>(incident.evidence()))
        .setExplanation(incident.explanation())
        .setConfigHash(configHash)
        .build();
  }

  private static List<StragglerSuspect> suspects(List<Suspect> suspects) {
    return suspects.stream()
        .map(
            suspect ->
                new StragglerSuspect(
                    suspect.kind().name(),
                    suspect.member().rank(),
                    orNull(suspect.member().host()),
                    suspect.peer() == null ? null : suspect.peer().rank(),
                    suspect.peer() == null ? null : orNull(suspect.peer().host())))
        .toList();
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
