package org.millrace.streaming.placement.contend;

import java.util.Optional;

/** Decides where a job runs. */
interface Policy {

  /** For tables. */
  String name();

  /** A place for a pod. */
  Optional<Spot> place(Cluster cluster, Demand.Pod pod);

  /** A place for a gang: all of it or none. */
  Optional<Spot> place(Cluster cluster, Demand.Gang gang);

  /** Told after what is taken of a node changed. */
  default void changed(int node) {}

  /** A place for any job. */
  default Optional<Spot> place(Cluster cluster, Demand demand) {
    if (demand instanceof Demand.Pod pod) {
      return place(cluster, pod);
    }
    return place(cluster, (Demand.Gang) demand);
  }
}
