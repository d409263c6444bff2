package org.millrace.batch.inference.model;

import java.io.IOException;
import java.io.Serializable;

/** Where a model comes from; equal sources are the same model. */
public interface ModelSource extends Serializable {

  /** What a message calls it. */
  String name();

  /**
   * The files on this machine, to be closed when they are loaded.
   *
   * @throws IllegalArgumentException if there are none; the message says what to do in one line
   */
  ModelFiles files() throws IOException;
}
