package org.millrace.streaming.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.millrace.command.Manifests;
import org.millrace.command.UserError;
import org.millrace.schema.RunManifest;
import org.millrace.streaming.job.StreamingOptions.Mode;

/** The folder of a run: what may be in it before, its manifest, its checkpoints. */
final class OutputFolder {

  /** What is to be done with the run. */
  enum Plan {
    START,
    RESUME,
    NOTHING_LEFT
  }

  private final String given;
  private final Path folder;
  private final FileSystem files;

  OutputFolder(String given) throws IOException {
    this.given = given;
    this.folder = InputFiles.absolute(given);
    this.files = folder.getFileSystem();
  }

  Path path(String name) {
    return name.isEmpty() ? folder : new Path(folder, name);
  }

  /** Makes the folder ready for the run. */
  Plan prepare(Mode mode, RunManifest manifest) throws IOException {
    if (!files.exists(folder) || list(folder).isEmpty()) {
      files.mkdirs(folder);
      return Plan.START;
    }
    var old = path(Manifests.FILE);
    if (mode == Mode.CREATE) {
      throw new UserError(
          "--output %s is not empty; choose another folder, or --mode overwrite, or --mode resume"
              + " to go on with a run that was cut short",
          given);
    }
    if (!files.exists(old)) {
      throw new UserError(
          "--output %s has files that no run of ours wrote; empty it yourself or choose another"
              + " folder",
          given);
    }
    if (mode == Mode.RESUME) {
      RunManifest before;
      try (var in = files.open(old)) {
        before = Manifests.parse(in.readAllBytes());
      }
      if (!before.getFingerprint().equals(manifest.getFingerprint())) {
        throw new UserError(
            "--mode resume: %s was written by another job, or with other options or inputs; use"
                + " --mode overwrite, or another folder",
            given);
      }
      if (before.getStatus().equals("done")) {
        return Plan.NOTHING_LEFT;
      }
      manifest.setStarted(before.getStarted());
      return Plan.RESUME;
    }
    clear();
    return Plan.START;
  }

  /** Deletes everything in the folder. */
  void clear() throws IOException {
    for (var child : list(folder)) {
      files.delete(child.getPath(), true);
    }
  }

  void delete(Path path) throws IOException {
    files.delete(path, true);
  }

  void write(RunManifest manifest) throws IOException {
    write(Manifests.FILE, Manifests.json(manifest));
  }

  void write(String name, String text) throws IOException {
    // Written aside and renamed, so that a reader never sees half of it.
    var aside = path(name + ".tmp");
    try (var out = files.create(aside, WriteMode.OVERWRITE)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    files.delete(path(name), false);
    if (!files.rename(aside, path(name))) {
      throw new IOException("can't rename " + aside);
    }
  }

  /** Whether there is a part of a dataset directly in a folder. */
  boolean hasParts(String name) throws IOException {
    var place = path(name);
    return files.exists(place)
        && list(place).stream().anyMatch(file -> file.getPath().getName().startsWith("part-"));
  }

  /** The newest complete checkpoint below a folder of checkpoints. */
  static Optional<Path> lastCheckpoint(Path checkpoints) throws IOException {
    var files = checkpoints.getFileSystem();
    Path last = null;
    long written = Long.MIN_VALUE;
    if (files.exists(checkpoints)) {
      for (var job : list(files, checkpoints)) {
        for (var checkpoint : job.isDir() ? list(files, job.getPath()) : List.<FileStatus>of()) {
          var metadata = new Path(checkpoint.getPath(), "_metadata");
          if (checkpoint.getPath().getName().startsWith("chk-") && files.exists(metadata)) {
            long time = files.getFileStatus(metadata).getModificationTime();
            if (time > written) {
              written = time;
              last = checkpoint.getPath();
            }
          }
        }
      }
    }
    return Optional.ofNullable(last);
  }

  private List<FileStatus> list(Path path) throws IOException {
    return list(files, path);
  }

  private static List<FileStatus> list(FileSystem files, Path path) throws IOException {
    var found = new ArrayList<FileStatus>();
    var children = files.listStatus(path);
    if (children != null) {
      found.addAll(List.of(children));
    }
    return found;
  }
}
