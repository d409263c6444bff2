package org.millrace.streaming.job;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.millrace.streaming.job.StreamingOptions.OutputFormat;

/** Datasets of records in files that appear whole, with the checkpoint that they belong to. */
final class FileOutput {

  private FileOutput() {}

  static <T extends SpecificRecordBase> FileSink<T> sink(
      Path folder, Class<T> type, OutputFormat format) {
    BulkWriter.Factory<T> writers =
        switch (format) {
          case PARQUET -> new ParquetWriterFactory<>(file -> parquet(file, type));
          case JSONL -> out -> new JsonLines<>(out);
          case CSV -> out -> new Csv<>(out, schema(type));
        };
    return FileSink.forBulkFormat(folder, writers)
        .withBucketAssigner(new BasePathBucketAssigner<>())
        .withRollingPolicy(OnCheckpointRollingPolicy.build())
        .withOutputFileConfig(
            OutputFileConfig.builder()
                .withPartPrefix("part")
                .withPartSuffix("." + format.name().toLowerCase(Locale.ROOT))
                .build())
        .build();
  }

  /** A Parquet dataset without a record is a file without a record: readers find its schema. */
  static void writeNothing(Path folder, Class<?> type, OutputFormat format) throws IOException {
    if (format == OutputFormat.PARQUET) {
      var file = new Path(folder, "part-empty.parquet");
      try (var out = file.getFileSystem().create(file, FileSystem.WriteMode.OVERWRITE)) {
        new ParquetWriterFactory<>(to -> parquet(to, type)).create(out).finish();
      }
    }
  }

  private static Schema schema(Class<?> type) {
    return SpecificData.get().getSchema(type);
  }

  static <T> ParquetWriter<T> parquet(OutputFile file, Class<T> type) throws IOException {
    return AvroParquetWriter.<T>builder(file)
        .withSchema(schema(type))
        .withDataModel(SpecificData.getForClass(type))
        .withConf(new PlainParquetConfiguration())
        .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
        .build();
  }

  /** The lines of a dataset of JSON lines, without their ends, in no order. */
  static List<byte[]> lines(Path folder) throws IOException {
    var files = folder.getFileSystem();
    var parts = files.exists(folder) ? files.listStatus(folder) : null;
    var lines = new ArrayList<byte[]>();
    for (var part : parts == null ? new FileStatus[0] : parts) {
      if (part.getPath().getName().startsWith("part-")) {
        try (var text = new Lines(files.open(part.getPath()))) {
          while (text.advance()) {
            lines.add(Arrays.copyOf(text.bytes(), text.length()));
          }
        }
      }
    }
    return lines;
  }

  /** A record a line. */
  private static final class JsonLines<T extends SpecificRecordBase> implements BulkWriter<T> {

    private final OutputStream out;

    private JsonLines(FSDataOutputStream out) {
      this.out = out;
    }

    @Override
    public void addElement(T record) throws IOException {
      out.write(RecordJson.bytes(record));
      out.write('\n');
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void finish() throws IOException {
      flush();
    }
  }

  /** A header, then a record a line; what is not a simple value is JSON. */
  private static final class Csv<T extends SpecificRecordBase> implements BulkWriter<T> {

    private final OutputStream out;

    private Csv(FSDataOutputStream out, Schema schema) throws IOException {
      this.out = out;
      line(schema.getFields().stream().map(Schema.Field::name).collect(Collectors.joining(",")));
    }

    private void line(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    }

    @Override
    public void addElement(T record) throws IOException {
      line(
          record.getSchema().getFields().stream()
              .map(field -> cell(record.get(field.pos())))
              .collect(Collectors.joining(",")));
    }

    private static String cell(Object value) {
      if (value == null) {
        return "";
      }
      var text =
          value instanceof CharSequence || value instanceof Number || value instanceof Boolean
              ? value.toString()
              : RecordJson.text(value);
      return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
          ? '"' + text.replace("\"", "\"\"") + '"'
          : text;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void finish() throws IOException {
      flush();
    }
  }
}
