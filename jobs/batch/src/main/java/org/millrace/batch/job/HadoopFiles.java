package org.millrace.batch.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.millrace.command.InputFiles;
import org.millrace.schema.InputFile;

/** Input files on any file system that Hadoop knows. */
final class HadoopFiles {

  private static final Set<String> PACKINGS = Set.of("gz", "bz2", "zst");

  private HadoopFiles() {}

  static InputFiles find(
      List<String> paths,
      Set<InputFiles.Kind> kinds,
      Map<String, InputFiles.Kind> further,
      Configuration hadoop)
      throws IOException {
    return InputFiles.find(
        paths,
        kinds,
        PACKINGS,
        further,
        name -> {
          var path = new Path(name);
          var files = new ArrayList<InputFile>();
          collect(path.getFileSystem(hadoop).getFileStatus(path), hadoop, files);
          return files;
        });
  }

  private static void collect(FileStatus status, Configuration hadoop, List<InputFile> files)
      throws IOException {
    var path = status.getPath();
    if (!status.isDirectory()) {
      files.add(new InputFile(path.toString(), status.getLen(), status.getModificationTime()));
      return;
    }
    for (var child : path.getFileSystem(hadoop).listStatus(path)) {
      if (InputFiles.visible(child.getPath().getName())) {
        collect(child, hadoop, files);
      }
    }
  }
}
