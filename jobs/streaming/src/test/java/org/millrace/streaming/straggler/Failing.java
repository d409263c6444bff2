package org.millrace.streaming.straggler;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.millrace.streaming.job.RecordType;
import org.millrace.streaming.straggler.diagnose.Observation;

/** Passes observations on slowly, and fails so many times, each time soon after a checkpoint. */
final class Failing extends RichMapFunction<Observation, Observation>
    implements CheckpointListener {

  private static final long serialVersionUID = 1L;
  private static final int PASSED_BEFORE = 50;
  private static final long NANOS = 100_000;

  // Shared by the attempts of a job, which run in this process one after the other.
  static final AtomicInteger LEFT = new AtomicInteger();

  private transient boolean checkpointed;
  private transient int passed;

  static UnaryOperator<DataStream<Observation>> times(int failures) {
    LEFT.set(failures);
    return observations ->
        observations
            .map(new Failing())
            .returns(new RecordType<>(Observation.class, ObservationSerializer.INSTANCE))
            .uid("failing")
            .setParallelism(observations.getParallelism());
  }

  @Override
  public Observation map(Observation observation) {
    if (LEFT.get() > 0) {
      LockSupport.parkNanos(NANOS);
      if (checkpointed && ++passed > PASSED_BEFORE && LEFT.getAndDecrement() > 0) {
        throw new IllegalStateException("failing");
      }
    }
    return observation;
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    checkpointed = true;
  }
}
