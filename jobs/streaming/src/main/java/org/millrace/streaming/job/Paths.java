package org.millrace.streaming.job;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.IOUtils;
import org.millrace.command.InputFiles;
import org.millrace.command.UserError;
import org.millrace.command.Utf8;
import org.millrace.schema.InputFile;

/** Paths as Flink's file systems know them. */
final class Paths {

  private static final Set<InputFiles.Kind> KINDS =
      EnumSet.of(InputFiles.Kind.CSV, InputFiles.Kind.TSV, InputFiles.Kind.JSONL);
  private static final Set<String> PACKINGS = Set.of("gz");

  private Paths() {}

  /**
   * The files behind {@code --input}.
   *
   * @param except files that are not input, though they may lie in a folder of it
   * @param further kinds by ending, beyond the usual ones
   */
  static InputFiles find(
      List<String> names, Set<String> except, Map<String, InputFiles.Kind> further)
      throws IOException {
    var others = except.stream().map(name -> absolute(name).toString()).toList();
    return InputFiles.find(
        names,
        KINDS,
        PACKINGS,
        further,
        name -> {
          var path = absolute(name);
          var files = new ArrayList<InputFile>();
          collect(path, path.getFileSystem().getFileStatus(path), files);
          files.removeIf(file -> others.contains(file.getPath()));
          return files;
        });
  }

  /**
   * One file, of any kind.
   *
   * @throws UserError if it isn't there
   */
  static InputFile file(String name) throws IOException {
    var path = absolute(name);
    try {
      var status = path.getFileSystem().getFileStatus(path);
      return new InputFile(path.toString(), status.getLen(), status.getModificationTime());
    } catch (FileNotFoundException e) {
      throw new UserError("%s: no such file", name);
    }
  }

  /** A path as Flink wants it: local ones absolute. */
  static Path absolute(String name) {
    if (name.contains("://") || name.startsWith("file:")) {
      return new Path(name);
    }
    // Not by toUri(), which ends an existing folder with a slash: then nothing seems to lie in it.
    return new Path("file:" + java.nio.file.Path.of(name).toAbsolutePath().normalize());
  }

  private static void collect(Path path, FileStatus status, List<InputFile> files)
      throws IOException {
    if (!status.isDir()) {
      files.add(new InputFile(path.toString(), status.getLen(), status.getModificationTime()));
      return;
    }
    var children = path.getFileSystem().listStatus(path);
    for (var child : children == null ? new FileStatus[0] : children) {
      if (InputFiles.visible(child.getPath().getName())) {
        collect(child.getPath(), child, files);
      }
    }
  }

  /**
   * Opens a file, unpacked.
   *
   * @throws UserError if it isn't there, may not be read or is not what its ending says
   */
  static InputStream open(String name) throws IOException {
    var path = new Path(name);
    InputStream in = null;
    try {
      in = path.getFileSystem().open(path);
      return isPacked(name) ? new GZIPInputStream(in, 1 << 15) : in;
    } catch (IOException e) {
      IOUtils.closeQuietly(in);
      throw failure(name, e);
    }
  }

  private static boolean isPacked(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  /**
   * What reading a file failed of, under the file's name.
   *
   * @return where another try may do better
   * @throws UserError where it can't
   */
  static IOException failure(String name, IOException e) {
    var message = e.getMessage() == null ? "" : e.getMessage().lines().findFirst().orElse("");
    if (e instanceof EOFException || e instanceof ZipException) {
      throw new UserError(
          "can't read %s: %s (cut off%s); copy it again, or leave it out",
          name,
          message.isEmpty() ? "it ends too early" : message,
          isPacked(name) ? " or not gzip" : "");
    }
    if (e instanceof FileNotFoundException || e instanceof FileSystemException) {
      throw new UserError("can't read %s: %s", name, message);
    }
    var named = new IOException("can't read %s: %s".formatted(name, message));
    named.addSuppressed(e); // As a cause it would hide the name.
    return named;
  }

  /**
   * A whole file as text.
   *
   * @param option that named it, for errors
   */
  static String text(String option, String name) throws IOException {
    try {
      var path = absolute(name);
      try (var in = path.getFileSystem().open(path)) {
        var bytes = in.readAllBytes();
        return Utf8.text(bytes, bytes.length);
      }
    } catch (CharacterCodingException e) {
      throw new UserError("%s %s: not UTF-8; convert it, iconv -f ENCODING -t UTF-8", option, name);
    } catch (FileNotFoundException e) {
      throw new UserError("%s %s: no such file", option, name);
    }
  }
}
