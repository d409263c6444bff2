package org.millrace.batch.corpus;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.millrace.command.UserError;

/** Where a pass that looks at the whole corpus puts what it works out on the way. */
final class Workshop {

  private final SparkSession spark;
  private final Path folder;
  private final FileSystem files;
  private final Map<String, Long> counts = new LinkedHashMap<>();

  /**
   * @param folder of the stage; intermediate tables go into {@code _work} in it
   */
  Workshop(SparkSession spark, Path folder, FileSystem files) {
    this.spark = spark;
    this.folder = folder;
    this.files = files;
  }

  SparkSession spark() {
    return spark;
  }

  /** A folder for a result that stays, beside the documents. */
  Path folder(String name) {
    return new Path(folder, name);
  }

  /**
   * Computes a table now and cuts its lineage: what follows reads it from files, and a lost
   * executor costs no more than its part.
   */
  Dataset<Row> checkpoint(String name, Dataset<Row> table) {
    var path = new Path(new Path(folder, "_work"), name).toString();
    table.write().mode("overwrite").parquet(path);
    return spark.read().schema(table.schema()).parquet(path);
  }

  /**
   * A file that an option names, as all machines get it.
   *
   * @param option for messages
   * @param file a path on this machine, or with a scheme on any file system
   * @return the name by which {@code SparkFiles} finds it
   * @throws UserError if it can't be read
   */
  String share(String option, String file) throws IOException {
    try {
      return share(path(file));
    } catch (FileNotFoundException e) {
      throw new UserError("%s: no such file: %s", option, file);
    }
  }

  /**
   * What a small file has.
   *
   * @param option and {@code file} as of {@link #share(String, String)}
   * @throws UserError if it can't be read
   */
  byte[] bytes(String option, String file) throws IOException {
    var path = path(file);
    var system = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
    try (var in = system.open(path)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new UserError("%s: no such file: %s", option, file);
    }
  }

  /**
   * A file as all machines get it.
   *
   * @param file on this machine or of any file system
   * @return the name by which {@code SparkFiles} finds it
   */
  String share(Path file) throws IOException {
    var ending = file.getName().replaceFirst("^.*(?=\\.)", "");
    // A name of its own, as a session shares a name only once; executors may ask for it till the
    // end.
    var copy = Files.createTempFile("millrace-", ending);
    copy.toFile().deleteOnExit();
    var system = file.getFileSystem(spark.sparkContext().hadoopConfiguration());
    system.copyToLocalFile(false, file, new Path(copy.toUri()), true);
    spark.sparkContext().addFile(copy.toUri().toString());
    return copy.getFileName().toString();
  }

  /** A path of this machine, if it names no file system. */
  private static Path path(String file) {
    return file.contains("://")
        ? new Path(file)
        : new Path(java.nio.file.Path.of(file).toAbsolutePath().toUri());
  }

  /** A file that the last stage of a step before this one has left; null if there is none. */
  Path earlier(String step, String name) throws IOException {
    Path found = null;
    for (var stage : files.listStatus(folder.getParent())) {
      var path = stage.getPath();
      var file = new Path(path, name);
      boolean before = path.getName().compareTo(folder.getName()) < 0;
      boolean last = found == null || path.compareTo(found.getParent()) > 0;
      if (path.getName().endsWith("-" + step) && before && last && files.exists(file)) {
        found = file;
      }
    }
    return found;
  }

  /** Counts something for the manifest. */
  void count(String name, long value) {
    counts.put(name, value);
  }

  Map<String, Long> counts() {
    return counts;
  }

  /** Writes a small text file that stays. */
  void write(String name, String text) throws IOException {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a small file that stays. */
  void write(String name, byte[] bytes) throws IOException {
    try (var out = files.create(folder(name), true)) {
      out.write(bytes);
    }
  }

  /** A small text file of any folder; null if there is none. */
  String read(String folder, String name) throws IOException {
    var file = new Path(folder, name);
    var system = file.getFileSystem(spark.sparkContext().hadoopConfiguration());
    if (!system.exists(file)) {
      return null;
    }
    try (var in = system.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Deletes the intermediate tables. */
  void close() throws IOException {
    files.delete(new Path(folder, "_work"), true);
  }
}
