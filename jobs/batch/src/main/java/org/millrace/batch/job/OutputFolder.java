package org.millrace.batch.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.millrace.command.Manifests;
import org.millrace.command.OutputPlan;
import org.millrace.schema.RunManifest;

/** The folder of a run, on any file system that Hadoop knows. */
final class OutputFolder implements OutputPlan.Folder {

  private final Path path;
  private final FileSystem files;

  OutputFolder(Path path, FileSystem files) {
    this.path = path;
    this.files = files;
    // Checksum files beside ours would make a mended or copied text unreadable.
    files.setWriteChecksum(false);
  }

  /** The path of something in it; its own if the name is empty. */
  Path path(String name) {
    return name.isEmpty() ? path : new Path(path, name);
  }

  @Override
  public boolean isEmpty() throws IOException {
    return !files.exists(path) || names().isEmpty();
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

  /** The names of what is in it. */
  List<String> names() throws IOException {
    return Arrays.stream(files.listStatus(path)).map(child -> child.getPath().getName()).toList();
  }

  /** Makes it, or deletes everything in it. */
  void clear() throws IOException {
    files.mkdirs(path);
    for (var name : names()) {
      files.delete(path(name), true);
    }
  }

  /** Deletes something in it, if it is there. */
  void delete(String name) throws IOException {
    files.delete(path(name), true);
  }

  void write(String name, String text) throws IOException {
    try (var out = files.create(path(name), true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  void write(RunManifest manifest) throws IOException {
    // Written aside and renamed, so that a reader never sees half of it.
    var aside = Manifests.FILE + ".tmp";
    write(aside, Manifests.json(manifest));
    replace(Manifests.FILE, aside);
  }

  boolean has(String name) throws IOException {
    return files.exists(path(name));
  }

  /** Puts what was written aside in the place of what is there. */
  void replace(String name, String aside) throws IOException {
    files.delete(path(name), true);
    if (!files.rename(path(aside), path(name))) {
      throw new IOException("can't rename " + path(aside));
    }
  }
}
