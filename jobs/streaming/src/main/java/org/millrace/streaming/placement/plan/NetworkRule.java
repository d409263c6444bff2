package org.millrace.streaming.placement.plan;

/** Which nodes must share a fabric so that a hop can use it. */
public enum NetworkRule {
  /**
   * All nodes of the communicator: NCCL cannot mix RDMA with TCP in one (nccl issue 878), so a
   * group without a common fabric uses sockets for every hop. The default.
   */
  COMMUNICATOR,
  /** The two ends of the hop: what NCCL pull request 1659 would allow. */
  HOP
}
