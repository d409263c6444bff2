package org.millrace.batch.strategies.cluster;

import java.io.Serializable;

/**
 * Which rows, by their rank among all ids, are of which epoch, and which slice of it is whose task.
 *
 * @param epoch rows of an epoch, at least 1
 * @param slices of an epoch, at least 1
 */
record EpochPlan(long epoch, int slices) implements Serializable {

  /** Less is not worth a task of its own. */
  private static final int LEAST = 1024;

  /** All rows are one epoch, and one slice. */
  static final EpochPlan NONE = new EpochPlan(Long.MAX_VALUE, 1);

  /** Epochs of a size for so many cores. */
  static EpochPlan of(int epoch, int cores) {
    return new EpochPlan(epoch, Math.max(1, Math.min(cores, epoch / LEAST)));
  }

  private long slice() {
    return epoch / slices + (epoch % slices == 0 ? 0 : 1);
  }

  /** Place of a row's slice among those of all epochs. */
  int part(long rank) {
    return Math.toIntExact(rank / epoch * slices + rank % epoch / slice());
  }

  /** Rank of the first row after a row's slice. */
  long end(long rank) {
    long within = rank % epoch;
    return rank - within + Math.min(epoch, (within / slice() + 1) * slice());
  }

  /** Epochs of so many rows. */
  int epochs(long rows) {
    return Math.toIntExact((rows + epoch - 1) / epoch);
  }
}
