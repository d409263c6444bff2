package org.millrace.streaming.job;

import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.millrace.command.UserError;
import org.millrace.schema.RejectedRecord;
import org.millrace.streaming.job.StreamingOptions.OnError;

/** Counts what a source has read, and sets the bad records apart. */
final class Intake<T> extends AbstractStreamOperator<T>
    implements OneInputStreamOperator<Arrival<T>, T> {

  private static final long serialVersionUID = 1L;

  private final OutputTag<RejectedRecord> quarantine;
  private final OnError onError;
  private transient Tally tally;
  private transient Tally.One in;

  Intake(OutputTag<RejectedRecord> quarantine, OnError onError) {
    this.quarantine = quarantine;
    this.onError = onError;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    tally = new Tally(getRuntimeContext(), context.getOperatorStateStore());
    in = tally.one(StreamingRun.RECORDS_IN);
  }

  @Override
  public void processElement(StreamRecord<Arrival<T>> element) {
    var arrival = element.getValue();
    if (arrival.value() != null) {
      in.add(1);
      output.collect(element.replace(arrival.value()));
    } else if (arrival.rejected() != null) {
      if (arrival.rejected().getField() == null) {
        in.add(1);
        tally.one(StreamingRun.RECORDS_REJECTED).add(1);
      }
      reject(arrival.rejected());
    } else {
      tally.one(StreamingRun.DROPPED + arrival.dropped()).add(1);
    }
  }

  private void reject(RejectedRecord record) {
    if (onError == OnError.FAIL) {
      throw new SuppressRestartsException(
          new UserError(
              "--on-error fail: %s at %s:%d: %s",
              record.getReason(),
              record.getSource(),
              record.getPosition(),
              record.getRecord().lines().findFirst().orElse("")));
    }
    tally.one(StreamingRun.QUARANTINED + Rejects.kind(record.getReason())).add(1);
    output.collect(quarantine, new StreamRecord<>(record));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    tally.snapshot();
  }
}
