package org.millrace.batch.sample;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.millrace.batch.job.Run;

/**
 * Where a run puts the answers that it has bought.
 *
 * @param name of a folder inside the output folder, there with an underscore before it, so that who
 *     reads the output doesn't read it too, and in Parquet; empty for the output itself, in the
 *     user's format
 */
record AnswerTable(Run run, String name) {

  /** Adds answers, rows of {@link SampleTask#TYPE}. */
  void add(Dataset<Row> answers) {
    if (name.isEmpty()) {
      run.write(answers, name);
    } else {
      answers.write().mode(SaveMode.Append).parquet(path().toString());
    }
  }

  /** What is there, if anything is. */
  Optional<Dataset<Row>> rows() throws IOException {
    if (name.isEmpty()) {
      return run.written();
    }
    var files = path().getFileSystem(run.spark().sparkContext().hadoopConfiguration());
    return files.exists(path())
        ? Optional.of(run.spark().read().schema(SampleTask.TYPE).parquet(path().toString()))
        : Optional.empty();
  }

  /** Where its journal is. */
  Path journal() {
    return new Path(run.folder(), name.isEmpty() ? Journal.FOLDER : Journal.FOLDER + "-" + name);
  }

  private Path path() {
    return new Path(run.folder(), "_" + name);
  }
}
