package org.millrace.batch.job;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.millrace.schema.InputFile;
import org.millrace.schema.RunManifest;

/** Makes, writes and reads {@code _millrace.json}. */
final class Manifest {

  static final String FILE = "_millrace.json";

  private Manifest() {}

  static RunManifest start(
      String job, Map<String, String> options, List<InputFile> inputs, String engine, Clock clock) {
    return RunManifest.newBuilder()
        .setJob(job)
        .setVersion(Version.MILLRACE)
        .setStatus("running")
        .setOptions(new TreeMap<>(options))
        .setInputs(inputs)
        .setFingerprint(fingerprint(job, options, inputs))
        .setCounts(new TreeMap<>())
        .setDropped(new TreeMap<>())
        .setQuarantined(new TreeMap<>())
        .setStarted(clock.instant().toString())
        .setDurationMs(new TreeMap<>())
        .setEngine(engine)
        .setGpu("no")
        .build();
  }

  private static String fingerprint(
      String job, Map<String, String> options, List<InputFile> inputs) {
    var text = new StringBuilder(job).append('\n');
    new TreeMap<>(options)
        .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    inputs.forEach(
        input ->
            text.append(input.getPath())
                .append('\t')
                .append(input.getBytes())
                .append('\t')
                .append(input.getModified())
                .append('\n'));
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String json(RunManifest manifest) {
    var out = new ByteArrayOutputStream();
    try {
      var encoder = EncoderFactory.get().jsonEncoder(RunManifest.getClassSchema(), out, true);
      new SpecificDatumWriter<>(RunManifest.class).write(manifest, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  static RunManifest parse(byte[] json) throws IOException {
    var decoder =
        DecoderFactory.get()
            .jsonDecoder(RunManifest.getClassSchema(), new ByteArrayInputStream(json));
    return new SpecificDatumReader<>(RunManifest.class).read(null, decoder);
  }

  static void write(RunManifest manifest, FileSystem files, Path folder) throws IOException {
    // Written aside and renamed, so that a reader never sees half of it.
    var aside = new Path(folder, FILE + ".tmp");
    try (var out = files.create(aside, true)) {
      out.write(json(manifest).getBytes(StandardCharsets.UTF_8));
    }
    files.delete(new Path(folder, FILE), false);
    if (!files.rename(aside, new Path(folder, FILE))) {
      throw new IOException("can't rename " + aside);
    }
  }
}
