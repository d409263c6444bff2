package org.millrace.streaming.straggler.simulate;

/** What is recorded of a simulated job. */
public enum Form {
  /** CSV with columns worker, time (seconds) and batch_time. */
  STEP_TIMES,
  /** NCCL Inspector's JSON lines with the kernels' times. */
  INSPECTOR,
  /** The same without: execution times alone. */
  INSPECTOR_BRIEF,
  /** Events START and STOP of each rank and operation, transfers, heartbeats, as JSON lines. */
  EVENTS
}
