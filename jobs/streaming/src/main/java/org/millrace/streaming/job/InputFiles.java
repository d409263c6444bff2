package org.millrace.streaming.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.millrace.command.UserError;
import org.millrace.schema.InputFile;

/**
 * The files behind {@code --input}, all of one kind. Names that begin with a dot or an underscore
 * are left out.
 *
 * @param files in path order
 * @param kind told by the files' endings
 */
public record InputFiles(List<InputFile> files, Kind kind) {

  /** What a file's ending says. */
  public enum Kind {
    CSV,
    TSV,
    JSONL;

    private static Optional<Kind> of(String name) {
      var plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
      if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson") || plain.endsWith(".json")) {
        return Optional.of(JSONL);
      }
      return plain.endsWith(".csv")
          ? Optional.of(CSV)
          : plain.endsWith(".tsv") ? Optional.of(TSV) : Optional.empty();
    }
  }

  /**
   * Finds them.
   *
   * @param except files that are not input, though they may lie in a folder of it
   */
  static InputFiles find(List<String> paths, Set<String> except) throws IOException {
    var others = new HashSet<Path>();
    except.forEach(name -> others.add(absolute(name)));
    var files = new ArrayList<InputFile>();
    var kinds = EnumSet.noneOf(Kind.class);
    for (var name : paths) {
      int before = files.size();
      try {
        var path = absolute(name);
        collect(path, path.getFileSystem().getFileStatus(path), others, files, kinds);
      } catch (FileNotFoundException e) {
        throw new UserError("--input %s: no such file or folder", name);
      } catch (IllegalArgumentException e) {
        throw new UserError("--input %s: %s", name, e.getMessage());
      }
      if (files.size() == before) {
        throw new UserError(
            "--input %s: nothing to read; files end in .csv, .tsv or .jsonl (each also .gz)", name);
      }
    }
    if (kinds.size() > 1) {
      throw new UserError("--input: files of one kind at a time, found %s", kinds);
    }
    files.sort(Comparator.comparing(InputFile::getPath));
    return new InputFiles(List.copyOf(files), kinds.iterator().next());
  }

  /** A path as Flink wants it: local ones absolute. */
  static Path absolute(String name) {
    if (name.contains("://") || name.startsWith("file:")) {
      return new Path(name);
    }
    return new Path(java.nio.file.Path.of(name).toAbsolutePath().normalize().toUri());
  }

  private static void collect(
      Path path, FileStatus status, Set<Path> others, List<InputFile> files, EnumSet<Kind> kinds)
      throws IOException {
    if (!status.isDir()) {
      Kind.of(path.getName())
          .ifPresent(
              kind -> {
                kinds.add(kind);
                files.add(
                    new InputFile(path.toString(), status.getLen(), status.getModificationTime()));
              });
      return;
    }
    var children = path.getFileSystem().listStatus(path);
    for (var child : children == null ? new FileStatus[0] : children) {
      var name = child.getPath().getName();
      boolean other = others.contains(absolute(child.getPath().toString()));
      if (!name.startsWith(".") && !name.startsWith("_") && !other) {
        collect(child.getPath(), child, others, files, kinds);
      }
    }
  }

  List<String> paths() {
    return files.stream().map(InputFile::getPath).toList();
  }

  /** Opens a file, unpacked. */
  static InputStream open(String name) throws IOException {
    var path = new Path(name);
    var in = path.getFileSystem().open(path);
    return name.toLowerCase(Locale.ROOT).endsWith(".gz") ? new GZIPInputStream(in, 1 << 15) : in;
  }

  /**
   * A whole file as text.
   *
   * @param option that named it, for errors
   */
  public static String text(String option, String name) throws IOException {
    try {
      var path = absolute(name);
      try (var in = path.getFileSystem().open(path)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (FileNotFoundException e) {
      throw new UserError("%s %s: no such file", option, name);
    }
  }

  /** The first line of a file; null if it has none. */
  static String firstLine(String name) throws IOException {
    try (var lines = new Lines(open(name))) {
      return lines.advance() ? new String(lines.bytes(), 0, lines.length(), "UTF-8") : null;
    }
  }
}
