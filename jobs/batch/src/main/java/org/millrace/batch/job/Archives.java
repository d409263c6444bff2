package org.millrace.batch.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.millrace.command.InputFiles;
import org.millrace.kernel.extract.Charsets;
import org.millrace.kernel.warc.WarcFault;
import org.millrace.kernel.warc.WarcItem;
import org.millrace.kernel.warc.WarcPage;
import org.millrace.kernel.warc.WarcRecords;

/**
 * Pages of WARC and WET files as documents, a file a task. A page is named after its file and its
 * number among what the file gave; {@code _row} is its byte offset, {@code _raw} the address of
 * what could not be read.
 */
final class Archives {

  private static final int MOST_TASKS = 10_000;

  private static final StructType PAGE =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("source", DataTypes.StringType)
          .add("url", DataTypes.StringType)
          .add("title", DataTypes.StringType)
          .add("language", DataTypes.StringType)
          .add("text", DataTypes.StringType)
          .add("score", DataTypes.DoubleType)
          .add("_file", DataTypes.StringType)
          .add("_block", DataTypes.LongType)
          .add("_row", DataTypes.LongType)
          .add("_reason", DataTypes.StringType)
          .add("_raw", DataTypes.StringType);

  private Archives() {}

  static Dataset<Row> read(SparkSession spark, InputFiles input) {
    var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    var paths = input.paths();
    int shared = DocumentTable.sharedFolders(input);
    var hadoop = new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    var rows =
        context
            .parallelize(paths, Math.min(paths.size(), MOST_TASKS))
            .flatMap(path -> new Pages(path, DocumentTable.name(path, shared), hadoop.value()));
    return spark.createDataFrame(rows, PAGE);
  }

  /** What one archive gives, as rows. */
  private static final class Pages implements Iterator<Row> {
    private final String path;
    private final String name;
    private final WarcRecords records;
    private long number;
    private WarcItem next;

    private Pages(String path, String name, Configuration hadoop) throws IOException {
      this.path = path;
      this.name = name;
      var file = new Path(path);
      records = WarcRecords.of(file.getFileSystem(hadoop).open(file));
      TaskContext.get().addTaskCompletionListener(closing(records));
      next = records.next();
    }

    private static org.apache.spark.util.TaskCompletionListener closing(WarcRecords records) {
      return context -> {
        try {
          records.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      };
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Row next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      var row = next instanceof WarcPage page ? row(page) : row((WarcFault) next);
      try {
        next = records.next();
      } catch (IOException e) {
        throw new UncheckedIOException("can't read " + path + ": " + e.getMessage(), e);
      }
      return row;
    }

    private Row row(WarcPage page) {
      var text = Charsets.decode(page.payload(), page.charset()).text();
      return row(page, text, null, null);
    }

    private Row row(WarcFault fault) {
      return row(fault, null, fault.reason(), fault.url());
    }

    private Row row(WarcItem item, String text, String reason, String raw) {
      var id = name + ":" + ++number;
      return RowFactory.create(
          id,
          DocumentTable.source(name),
          item.url(),
          null,
          null,
          text,
          null,
          path,
          0L,
          item.offset(),
          reason,
          raw);
    }
  }
}
