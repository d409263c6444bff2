package org.millrace.streaming.straggler.input;

import org.millrace.streaming.input.JsonObject;
import org.millrace.streaming.inspector.InspectorFormat;
import org.millrace.streaming.inspector.InspectorRecord;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;
import org.millrace.streaming.job.Format;
import org.millrace.streaming.straggler.diagnose.Member;
import org.millrace.streaming.straggler.diagnose.Observation;
import org.millrace.streaming.straggler.diagnose.Observation.Completed;
import org.millrace.streaming.straggler.diagnose.Observation.Heartbeat;
import org.millrace.streaming.straggler.diagnose.Observation.Operation;
import org.millrace.streaming.straggler.diagnose.Observation.Started;
import org.millrace.streaming.straggler.diagnose.Observation.Stopped;
import org.millrace.streaming.straggler.diagnose.Observation.Transport;

/**
 * JSON lines of any of the forms that are known, told apart by their fields: records of NCCL
 * Inspector ({@code coll_perf}), events ({@code phase}), else step times.
 */
public record RecordsJson(Columns columns, JobNames jobs) implements Format<Observation> {

  private static final long LAST_US = 253_402_300_799_999_999L; // the end of the year 9999
  private static final int MOST_RANKS = 10_000_000;

  @Override
  public Header header() {
    return Header.NONE;
  }

  @Override
  public Decoder<Observation> decoder(String source, String header) {
    return (record, length, out) -> {
      var json = JsonObject.parse(record, length);
      if (InspectorFormat.isInspector(json)) {
        InspectorFormat.decode(json, new FromInspector(out, this));
        return;
      }
      var observation = json.has("phase") ? event(json) : step(json, source);
      out.value(observation, observation.tsUs() / 1000, clock(observation));
    };
  }

  private static String clock(Observation observation) {
    if (observation instanceof Observation.OfOperation operation
        && !operation.member().host().isEmpty()) {
      return operation.member().host();
    }
    return observation.who();
  }

  private Observation step(JsonObject json, String source) throws BadRecord {
    if (!json.has(columns.duration()) && json.has("comm")) {
      throw new BadRecord("missing field", "phase, expected START, STOP, TRANSPORT or HEARTBEAT");
    }
    var job =
        jobs.all() == null && json.has(columns.job())
            ? json.scalar(columns.job())
            : jobs.ofSteps(source);
    return StepTimes.of(
        job,
        json.scalar(columns.rank()),
        json.has(columns.host()) ? json.scalar(columns.host()) : "",
        json.scalar(columns.time()),
        json.scalar(columns.duration()),
        columns);
  }

  private Observation event(JsonObject json) throws BadRecord {
    var phase = json.name("phase");
    long tsUs = json.whole("tsUs", 0, LAST_US);
    return switch (phase) {
      case "START" -> new Started(job(json), member(json), operation(json), tsUs);
      case "STOP" -> new Stopped(job(json), member(json), operation(json), tsUs);
      case "TRANSPORT" ->
          new Transport(
              job(json),
              json.name("comm", ""),
              json.name("src"),
              json.name("dst"),
              tsUs,
              json.whole("bytes", 1, Long.MAX_VALUE),
              above0(json, json.has("durationUs") ? "durationUs" : "duration"));
      case "HEARTBEAT" -> new Heartbeat(job(json), json.name("host", ""), tsUs);
      default ->
          throw new BadRecord(
              "unknown phase", phase + ", expected START, STOP, TRANSPORT or HEARTBEAT");
    };
  }

  private static double above0(JsonObject json, String field) throws BadRecord {
    double value = json.amount(field);
    if (value == 0) {
      throw new BadRecord("number out of range", field + " = 0, expected above 0");
    }
    return value;
  }

  private String job(JsonObject json) throws BadRecord {
    if (jobs.all() != null) {
      return jobs.all();
    }
    return json.has("job") ? json.name("job") : jobs.ofCommunicator(json.name("comm"));
  }

  private static Member member(JsonObject json) throws BadRecord {
    var rank = json.name("rank");
    return new Member(rank, rank, json.name("host", ""));
  }

  private static Operation operation(JsonObject json) throws BadRecord {
    return new Operation(
        json.name("comm"),
        json.has("ranks") ? (int) json.whole("ranks", 1, MOST_RANKS) : 0,
        json.name("coll", ""),
        json.whole("sn", 0, Long.MAX_VALUE),
        json.has("bytes") ? json.whole("bytes", 0, Long.MAX_VALUE) : 0);
  }

  /** Passes on what was read of Inspector's records. */
  private record FromInspector(Decoder.Out<Observation> out, RecordsJson format)
      implements Decoder.Out<InspectorRecord> {

    @Override
    public void value(InspectorRecord read, long ts, String clock) {
      var trace = read.trace();
      // Without a process's number its ranks in different communicators can't be known as one.
      var id = read.pid() > 0 ? read.process() : read.comm() + "/" + read.rank();
      out.value(
          new Completed(
              format.jobs.ofCommunicator(read.comm()),
              new Member(id, String.valueOf(read.rank()), read.host()),
              new Operation(read.comm(), read.ranks(), read.coll(), read.sn(), read.bytes()),
              read.timeUs(),
              trace == null ? Observation.UNKNOWN : trace.arrivalUs(),
              trace == null ? read.execUs() : trace.endUs() - trace.arrivalUs()),
          ts,
          clock);
    }

    @Override
    public void rejected(String field, String text, BadRecord why) {
      out.rejected(field, text, why);
    }

    @Override
    public void dropped(String rule) {
      out.dropped(rule);
    }
  }
}
