package org.millrace.streaming.straggler.input;

import java.io.Serializable;

/**
 * Of which job a record is that doesn't say so.
 *
 * @param all the one job that all are of; null: step times are of the job that their file or topic
 *     is called after, operations of one that their communicator is called after
 */
public record JobNames(String all) implements Serializable {

  /** None is named. */
  public static final JobNames BY_SOURCE = new JobNames(null);

  /** For step times. */
  String ofSteps(String source) {
    if (all != null) {
      return all;
    }
    var file = source.substring(source.lastIndexOf('/') + 1);
    // A partition of a topic is no job.
    var name = file.matches("\\d+") ? source.substring(0, source.lastIndexOf('/')) : file;
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** For operations and transfers. */
  String ofCommunicator(String comm) {
    return all != null ? all : comm;
  }
}
