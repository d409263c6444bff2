package org.millrace.batch.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.millrace.schema.InputFile;

/**
 * The files behind {@code --input}, all of one format. Names that begin with a dot or an underscore
 * are left out, as Spark does.
 *
 * @param files in path order
 * @param format told by the files' endings
 */
record InputFiles(List<InputFile> files, Format format) {

  enum Format {
    PARQUET,
    JSONL,
    CSV,
    TSV;

    private static Optional<Format> of(String name) {
      var plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bz2|zst)$", "");
      if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson") || plain.endsWith(".json")) {
        return Optional.of(JSONL);
      }
      for (var format : values()) {
        if (plain.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
          return Optional.of(format);
        }
      }
      return Optional.empty();
    }
  }

  private static final PathFilter VISIBLE =
      path -> !path.getName().startsWith("_") && !path.getName().startsWith(".");

  static InputFiles find(List<String> paths, Configuration hadoop) throws IOException {
    var files = new ArrayList<InputFile>();
    var formats = EnumSet.noneOf(Format.class);
    for (var path : paths) {
      int before = files.size();
      try {
        collect(new Path(path), hadoop, files, formats);
      } catch (FileNotFoundException e) {
        throw new UserError("--input %s: no such file or folder", path);
      } catch (IllegalArgumentException e) {
        throw new UserError("--input %s: %s", path, e.getMessage());
      }
      if (files.size() == before) {
        throw new UserError(
            "--input %s: nothing to read; files end in .parquet, .jsonl, .csv or .tsv"
                + " (the last three also .gz)",
            path);
      }
    }
    if (formats.size() > 1) {
      throw new UserError("--input: files of one format at a time, found %s", formats);
    }
    files.sort(Comparator.comparing(InputFile::getPath));
    return new InputFiles(List.copyOf(files), formats.iterator().next());
  }

  private static void collect(
      Path path, Configuration hadoop, List<InputFile> files, EnumSet<Format> formats)
      throws IOException {
    var fileSystem = path.getFileSystem(hadoop);
    var status = fileSystem.getFileStatus(path);
    if (status.isDirectory()) {
      for (var child : fileSystem.listStatus(path, VISIBLE)) {
        if (child.isDirectory()) {
          collect(child.getPath(), hadoop, files, formats);
        } else {
          add(child, files, formats);
        }
      }
    } else {
      add(status, files, formats);
    }
  }

  private static void add(FileStatus file, List<InputFile> files, EnumSet<Format> formats) {
    Format.of(file.getPath().getName())
        .ifPresent(
            format -> {
              formats.add(format);
              files.add(
                  new InputFile(
                      file.getPath().toString(), file.getLen(), file.getModificationTime()));
            });
  }

  String[] paths() {
    return files.stream().map(InputFile::getPath).toArray(String[]::new);
  }
}
