package org.millrace.streaming.placement;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.millrace.streaming.job.RecordType;

/** Fails some times, each after a checkpoint and some samples. */
final class Failing extends RichMapFunction<PlacementInput, PlacementInput>
    implements CheckpointListener {

  private static final long serialVersionUID = 1L;
  private static final int PASSED_BEFORE = 50;
  private static final long NANOS = 100_000;

  // Shared by the attempts of a job, which run in this process one after the other.
  static final AtomicInteger LEFT = new AtomicInteger();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private transient boolean checkpointed;
  private transient int passed;

  static UnaryOperator<DataStream<PlacementInput>> times(int failures) {
    LEFT.set(failures);
    return inputs ->
        inputs
            .map(
                new Failing(),
                new RecordType<>(PlacementInput.class, PlacementInput.Serializer.INSTANCE))
            .uid("failing-" + NUMBER.incrementAndGet())
            .setParallelism(inputs.getParallelism());
  }

  @Override
  public PlacementInput map(PlacementInput input) {
    if (LEFT.get() > 0 && input.sample() != null) {
      LockSupport.parkNanos(NANOS);
      if (checkpointed && ++passed > PASSED_BEFORE && LEFT.getAndDecrement() > 0) {
        throw new IllegalStateException("failing");
      }
    }
    return input;
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    checkpointed = true;
  }
}
