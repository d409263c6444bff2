package org.millrace.batch.corpus;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import org.apache.spark.SparkFiles;
import org.millrace.command.UserError;
import org.millrace.kernel.model.FastTextModel;

/**
 * A fastText model that every machine of the cluster can open.
 *
 * @param file the name by which {@code SparkFiles} finds it
 */
record SharedFastText(String file) implements Serializable {

  /**
   * Shares a model, and opens it here first: a wrong one is to end the run before it begins.
   *
   * @param option that names the file, for messages
   * @throws UserError if it is no model
   */
  static SharedFastText of(String option, String file, Workshop workshop) throws IOException {
    var shared = new SharedFastText(workshop.share(option, file));
    try {
      shared.open().close();
      return shared;
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      throw new UserError("%s: %s: %s", option, file, e.getMessage());
    }
  }

  /** Loads it, on any machine. */
  FastTextModel open() {
    return FastTextModel.load(Path.of(SparkFiles.get(file)));
  }
}
