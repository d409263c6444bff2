package org.millrace.streaming.placement.plan;

/** What a process group is for; in the order in which Megatron creates them. */
public enum GroupKind {
  /** Data parallel: the same layers of all replicas. */
  DP,
  /** Model parallel: a whole replica. */
  MP,
  /** Tensor parallel: shares of the same layers. */
  TP,
  /** Pipeline parallel: one share of each stage. */
  PP,
  /** First and last of a pipeline, which hold the tied embedding; none with one stage. */
  EMB
}
