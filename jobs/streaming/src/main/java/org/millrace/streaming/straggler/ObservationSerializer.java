package org.millrace.streaming.straggler;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.millrace.streaming.job.ValueSerializer;
import org.millrace.streaming.straggler.diagnose.Member;
import org.millrace.streaming.straggler.diagnose.Observation;
import org.millrace.streaming.straggler.diagnose.Observation.Completed;
import org.millrace.streaming.straggler.diagnose.Observation.Heartbeat;
import org.millrace.streaming.straggler.diagnose.Observation.Operation;
import org.millrace.streaming.straggler.diagnose.Observation.Started;
import org.millrace.streaming.straggler.diagnose.Observation.StepTime;
import org.millrace.streaming.straggler.diagnose.Observation.Stopped;
import org.millrace.streaming.straggler.diagnose.Observation.Transport;

/** Writes observations between operators, and those that wait into a job's state. */
final class ObservationSerializer extends ValueSerializer<Observation> {

  static final ObservationSerializer INSTANCE = new ObservationSerializer();

  private static final long serialVersionUID = 1L;
  private static final int STEP = 1;
  private static final int STARTED = 2;
  private static final int STOPPED = 3;
  private static final int COMPLETED = 4;
  private static final int TRANSPORT = 5;
  private static final int HEARTBEAT = 6;

  @Override
  public void serialize(Observation observation, DataOutputView out) throws IOException {
    if (observation instanceof StepTime step) {
      begin(STEP, observation, out);
      write(step.member(), out);
      out.writeDouble(step.duration());
    } else if (observation instanceof Started started) {
      begin(STARTED, observation, out);
      write(started.member(), out);
      write(started.operation(), out);
    } else if (observation instanceof Stopped stopped) {
      begin(STOPPED, observation, out);
      write(stopped.member(), out);
      write(stopped.operation(), out);
    } else if (observation instanceof Completed completed) {
      begin(COMPLETED, observation, out);
      write(completed.member(), out);
      write(completed.operation(), out);
      out.writeLong(completed.arrivalUs());
      out.writeDouble(completed.execUs());
    } else if (observation instanceof Transport transport) {
      begin(TRANSPORT, observation, out);
      StringValue.writeString(transport.comm(), out);
      StringValue.writeString(transport.src(), out);
      StringValue.writeString(transport.dst(), out);
      out.writeLong(transport.bytes());
      out.writeDouble(transport.durationUs());
    } else if (observation instanceof Heartbeat heartbeat) {
      begin(HEARTBEAT, observation, out);
      StringValue.writeString(heartbeat.host(), out);
    }
  }

  private static void begin(int kind, Observation observation, DataOutputView out)
      throws IOException {
    out.writeByte(kind);
    StringValue.writeString(observation.job(), out);
    out.writeLong(observation.tsUs());
  }

  private static void write(Member member, DataOutputView out) throws IOException {
    StringValue.writeString(member.id(), out);
    StringValue.writeString(member.rank(), out);
    StringValue.writeString(member.host(), out);
  }

  private static void write(Operation operation, DataOutputView out) throws IOException {
    StringValue.writeString(operation.comm(), out);
    out.writeInt(operation.ranks());
    StringValue.writeString(operation.coll(), out);
    out.writeLong(operation.sn());
    out.writeLong(operation.bytes());
  }

  @Override
  public Observation deserialize(DataInputView in) throws IOException {
    int kind = in.readUnsignedByte();
    var job = StringValue.readString(in);
    long tsUs = in.readLong();
    return switch (kind) {
      case STEP -> new StepTime(job, member(in), tsUs, in.readDouble());
      case STARTED -> new Started(job, member(in), operation(in), tsUs);
      case STOPPED -> new Stopped(job, member(in), operation(in), tsUs);
      case COMPLETED ->
          new Completed(job, member(in), operation(in), tsUs, in.readLong(), in.readDouble());
      case TRANSPORT ->
          new Transport(
              job,
              StringValue.readString(in),
              StringValue.readString(in),
              StringValue.readString(in),
              tsUs,
              in.readLong(),
              in.readDouble());
      case HEARTBEAT -> new Heartbeat(job, StringValue.readString(in), tsUs);
      default -> throw new IOException("unknown kind of observation: " + kind);
    };
  }

  private static Member member(DataInputView in) throws IOException {
    return new Member(
        StringValue.readString(in), StringValue.readString(in), StringValue.readString(in));
  }

  private static Operation operation(DataInputView in) throws IOException {
    return new Operation(
        StringValue.readString(in),
        in.readInt(),
        StringValue.readString(in),
        in.readLong(),
        in.readLong());
  }
}
