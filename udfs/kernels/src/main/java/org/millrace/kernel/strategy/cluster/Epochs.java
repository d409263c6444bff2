package org.millrace.kernel.strategy.cluster;

import java.util.List;

/**
 * The points of a pass under optimistic concurrency control, in epochs that follow one another by
 * the points' ids, wherever they are: in this process, or in an engine's partitions.
 */
public interface Epochs {

  /** How many there are, at least one. */
  int count();

  /**
   * {@link OccEpoch#propose} of each block of an epoch.
   *
   * @param epoch from 0
   * @param centres of the epoch's beginning
   * @param lambda in squared distance, from 0
   * @return in any order
   */
  List<OccEpoch.Proposal> propose(int epoch, Centres centres, double lambda);

  /**
   * {@link RoundSums#labelled} of each block with its labels of a pass, merged.
   *
   * @param pass over all epochs
   */
  RoundSums labelled(OccPass pass);
}
