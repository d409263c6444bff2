package org.millrace.streaming.straggler.simulate;

/** What is planted into a simulated job. */
public enum Trouble {
  /** Nothing: noise, spikes, clocks that differ, lost records as in all of them. */
  NONE,
  /** One rank computes slowly for a while. */
  SLOW_RANK,
  /** One link is slow for a while; told by transfers. */
  SLOW_LINK,
  /** All that one rank sends is slow for a while; told by transfers. */
  SLOW_SENDER,
  /** All that one rank receives is slow for a while; told by transfers. */
  SLOW_RECEIVER,
  /** All transfers of the job's communicator are slow for a while; no transfers are told. */
  SLOW_NETWORK,
  /** One rank never comes to an operation. */
  RANK_HANG,
  /** One link carries nothing any more, in the middle of an operation. */
  LINK_HANG,
  /** For a while some rank is slow in most steps, each time another. */
  UNEVEN_LOAD,
  /** All ranks and links are slower for a while: nobody is to blame. */
  SLOW_JOB
}
