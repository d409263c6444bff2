package org.millrace.streaming.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.millrace.command.Manifests;
import org.millrace.command.Mode;
import org.millrace.command.OutputPlan;
import org.millrace.schema.RunManifest;

/** The folder of a run: what may be in it before, its manifest, its checkpoints. */
final class OutputFolder implements OutputPlan.Folder {

  private final String given;
  private final Path folder;
  private final FileSystem files;

  OutputFolder(String given) throws IOException {
    this.given = given;
    this.folder = Paths.absolute(given);
    this.files = folder.getFileSystem();
  }

  Path path(String name) {
    return name.isEmpty() ? folder : new Path(folder, name);
  }

  @Override
  public boolean isEmpty() throws IOException {
    return !files.exists(folder) || list(folder).isEmpty();
  }

  @Override
  public Optional<byte[]> manifest() throws IOException {
    var file = path(Manifests.FILE);
    if (!files.exists(file)) {
      return Optional.empty();
    }
    try (var in = files.open(file)) {
      return Optional.of(in.readAllBytes());
    }
  }

  /** Makes the folder ready for the run. */
  OutputPlan prepare(Mode mode, RunManifest manifest) throws IOException {
    var plan = OutputPlan.of(given, this, mode, manifest);
    if (plan == OutputPlan.START) {
      files.mkdirs(folder);
      clear();
    }
    return plan;
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

  /**
   * Deletes a folder in which an ending cluster may still write or delete: until it stays away, or
   * for five seconds; what is left then does no harm.
   */
  void deleteUntilGone(Path path) {
    int away = 0;
    for (int attempt = 0; attempt < 50 && away < 3; attempt++) {
      try {
        files.delete(path, true);
        away = files.exists(path) ? 0 : away + 1;
      } catch (IOException e) {
        away = 0;
      }
      LockSupport.parkNanos(100_000_000);
    }
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
