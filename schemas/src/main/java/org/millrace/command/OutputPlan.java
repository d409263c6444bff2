package org.millrace.command;

import java.io.IOException;
import java.util.Optional;
import org.millrace.schema.RunManifest;

/** What a run does, given what it finds in its output folder. */
public enum OutputPlan {
  /** Run from the start, in an empty folder: whatever is in it goes. */
  START,
  /** Go on with the run that was cut short there. */
  RESUME,
  /** Nothing: that run is done. */
  NOTHING_LEFT;

  /** An output folder as a run finds it. */
  public interface Folder {

    /** Whether it isn't there, or has nothing in it. */
    boolean isEmpty() throws IOException;

    /** The {@code _millrace.json} of an earlier run, if there is one. */
    Optional<byte[]> manifest() throws IOException;
  }

  /**
   * The plan for a run.
   *
   * @param given the folder as the user named it
   * @param run the manifest of the run that begins
   * @throws UserError if the folder may not be written to
   */
  public static OutputPlan of(String given, Folder folder, Mode mode, RunManifest run)
      throws IOException {
    if (folder.isEmpty()) {
      return START;
    }
    if (mode == Mode.CREATE) {
      throw new UserError(
          "--output %s is not empty; choose another folder, or --mode overwrite, or --mode resume"
              + " to go on with a run that was cut short",
          given);
    }
    var manifest =
        folder
            .manifest()
            .orElseThrow(
                () ->
                    new UserError(
                        "--output %s has files that no run of ours wrote; empty it yourself or"
                            + " choose another folder",
                        given));
    if (mode == Mode.OVERWRITE) {
      return START;
    }
    var before = Manifests.parse(manifest);
    if (!before.getFingerprint().equals(run.getFingerprint())) {
      throw new UserError(
          "--mode resume: %s was written by another job, or with other options or inputs; use"
              + " --mode overwrite, or another folder",
          given);
    }
    if (before.getStatus().equals("done")) {
      return NOTHING_LEFT;
    }
    run.setStarted(before.getStarted());
    return RESUME;
  }
}
