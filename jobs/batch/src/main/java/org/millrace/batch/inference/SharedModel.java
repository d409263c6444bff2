package org.millrace.batch.inference;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkFiles;
import org.apache.spark.sql.SparkSession;
import org.millrace.batch.inference.model.ModelFiles;
import org.millrace.batch.inference.model.ModelFolder;
import org.millrace.batch.inference.model.ModelSource;
import org.millrace.command.UserError;

/**
 * A model of the user's that every machine of the cluster can open: the files go to each machine
 * once, as one archive.
 *
 * @param name the location as the user gave it
 * @param archive the name by which {@code SparkFiles} finds the unpacked files
 * @param file the .onnx file among them; null where the folder was given
 */
public record SharedModel(String name, String archive, String file) implements ModelSource {

  private static final long serialVersionUID = 1L;

  // What the same model often has beside it in other formats.
  private static final List<String> OTHERS =
      List.of(".bin", ".safetensors", ".pt", ".h5", ".msgpack", ".ot", ".gguf");

  /**
   * Shares a model.
   *
   * @param option that names it, for messages
   * @param location a folder, or an .onnx file, of this machine or of any file system
   * @throws UserError if there is none
   */
  public static ModelSource of(String option, String location, SparkSession spark)
      throws IOException {
    boolean here = !location.contains("://");
    if (here && spark.sparkContext().isLocal()) {
      return new ModelFolder(location);
    }
    var path =
        here
            ? new Path(java.nio.file.Path.of(location).toAbsolutePath().toUri())
            : new Path(location);
    try {
      return archived(location, path, spark);
    } catch (FileNotFoundException e) {
      throw new UserError("%s: no such file or folder: %s", option, location);
    }
  }

  static SharedModel archived(String location, Path path, SparkSession spark) throws IOException {
    var configuration = spark.sparkContext().hadoopConfiguration();
    var system = path.getFileSystem(configuration);
    boolean folder = system.getFileStatus(path).isDirectory();
    // A name of its own, as a session shares a name only once.
    var zip = Files.createTempFile("millrace-model-", ".zip");
    zip.toFile().deleteOnExit();
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      // Weights hardly shrink.
      out.setLevel(Deflater.NO_COMPRESSION);
      for (var file : system.listStatus(folder ? path : path.getParent())) {
        if (belongs(file)) {
          add(file, system, configuration, out);
        }
      }
    }
    var archive = zip.getFileName().toString();
    spark.sparkContext().addArchive(zip.toUri().toString());
    return new SharedModel(location, archive, folder ? null : path.getName());
  }

  private static boolean belongs(FileStatus file) {
    var name = file.getPath().getName();
    return file.isFile() && OTHERS.stream().noneMatch(name::endsWith);
  }

  private static void add(
      FileStatus file, FileSystem system, Configuration configuration, ZipOutputStream out)
      throws IOException {
    out.putNextEntry(new ZipEntry(file.getPath().getName()));
    try (var in = system.open(file.getPath())) {
      org.apache.hadoop.io.IOUtils.copyBytes(in, out, configuration, false);
    }
    out.closeEntry();
  }

  @Override
  public ModelFiles files() throws IOException {
    var folder = java.nio.file.Path.of(SparkFiles.get(archive));
    return new ModelFolder((file == null ? folder : folder.resolve(file)).toString()).files();
  }
}
