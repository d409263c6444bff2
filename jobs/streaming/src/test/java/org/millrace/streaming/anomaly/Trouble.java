package org.millrace.streaming.anomaly;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.millrace.streaming.anomaly.input.Reading;
import org.millrace.streaming.job.RecordType;

/** Passes readings on slowly, and fails at random so many times, each time after a checkpoint. */
final class Trouble extends RichMapFunction<Reading, Reading> implements CheckpointListener {

  private static final long serialVersionUID = 1L;

  // Shared by the attempts of a job, which run in this process one after the other.
  static final AtomicInteger FAILURES_LEFT = new AtomicInteger();
  static final AtomicInteger PASSED = new AtomicInteger();

  private static final double CHANCE = 0.05;

  private static volatile boolean hurried;

  private final long nanosPerReading;
  private transient boolean checkpointed;
  private transient Random random;

  private Trouble(long nanosPerReading) {
    this.nanosPerReading = nanosPerReading;
  }

  static UnaryOperator<DataStream<Reading>> of(int failures, long nanosPerReading) {
    FAILURES_LEFT.set(failures);
    PASSED.set(0);
    hurried = false;
    return readings ->
        readings
            .map(new Trouble(nanosPerReading))
            .returns(new RecordType<>(Reading.class, ReadingSerializer.INSTANCE))
            .uid("trouble")
            .setParallelism(readings.getParallelism());
  }

  /** Passes on what is left as fast as it can. */
  static void hurry() {
    hurried = true;
  }

  @Override
  public Reading map(Reading reading) {
    if (random == null) {
      random = new Random(FAILURES_LEFT.get());
    }
    if (checkpointed && random.nextDouble() < CHANCE && FAILURES_LEFT.getAndDecrement() > 0) {
      throw new IllegalStateException("trouble");
    }
    if (!hurried) {
      LockSupport.parkNanos(nanosPerReading);
    }
    PASSED.incrementAndGet();
    return reading;
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    checkpointed = true;
  }
}
