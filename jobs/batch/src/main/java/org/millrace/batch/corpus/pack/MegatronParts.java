package org.millrace.batch.corpus.pack;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.millrace.kernel.tokens.MegatronReader;
import org.millrace.kernel.tokens.MegatronType;
import org.millrace.kernel.tokens.MegatronWriter;

/**
 * Writes Megatron data sets, one a partition that has documents: {@code part-00000.bin} and {@code
 * .idx}, each document with its end a sequence. Each is read back and compared in size before it is
 * copied to its place.
 *
 * @param folder of the parts, on any file system
 * @param type of the tokens
 * @param end token that ends a document
 */
record MegatronParts(Path folder, MegatronType type, int end, SerializableConfiguration hadoop)
    implements Serializable {

  /** Writes the part of the task that this runs in. */
  void write(Iterator<Row> documents) throws IOException {
    if (!documents.hasNext()) {
      return;
    }
    var local = Files.createTempDirectory("millrace");
    var name = "part-%05d".formatted(TaskContext.getPartitionId());
    var prefix = local.resolve(name);
    try {
      write(documents, prefix);
      var files = folder.getFileSystem(hadoop.value());
      for (var ending : new String[] {".bin", ".idx"}) {
        put(files, new Path(prefix + ending), new Path(folder, name + ending));
      }
    } finally {
      Files.deleteIfExists(local.resolve(name + ".bin"));
      Files.deleteIfExists(local.resolve(name + ".idx"));
      Files.delete(local);
    }
  }

  /** Copied aside and renamed: of two attempts at a part the first stays, and both are equal. */
  private static void put(FileSystem files, Path local, Path to) throws IOException {
    var attempt = "_" + to.getName() + "." + TaskContext.get().taskAttemptId();
    var aside = new Path(to.getParent(), attempt);
    files.copyFromLocalFile(true, true, local, aside);
    if (files.exists(to) || !files.rename(aside, to)) {
      files.delete(aside, false);
      if (!files.exists(to)) {
        throw new IOException("can't rename " + aside);
      }
    }
  }

  private void write(Iterator<Row> documents, java.nio.file.Path prefix) throws IOException {
    int sequences = 0;
    long tokens = 0;
    try (var writer = MegatronWriter.open(prefix, type)) {
      while (documents.hasNext()) {
        var document = Sequences.tokens(documents.next());
        var ended = Arrays.copyOf(document, document.length + 1);
        ended[document.length] = end;
        writer.add(ended);
        sequences++;
        tokens += ended.length;
      }
      writer.finish();
    }
    var read = MegatronReader.open(prefix);
    if (read.sequences() != sequences || read.tokens() != tokens) {
      throw new IOException(
          "%s: wrote %d tokens in %d sequences, read %d in %d"
              .formatted(prefix, tokens, sequences, read.tokens(), read.sequences()));
    }
  }
}
