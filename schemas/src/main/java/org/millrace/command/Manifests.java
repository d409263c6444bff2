package org.millrace.command;

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
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.millrace.schema.InputFile;
import org.millrace.schema.RunManifest;

/** Makes {@code _millrace.json}, and turns it to JSON and back. */
public final class Manifests {

  /** Its name in the output folder. */
  public static final String FILE = "_millrace.json";

  private Manifests() {}

  /**
   * The manifest of a run that begins.
   *
   * @param notInFingerprint options that say where and how to run, not what comes out; those of
   *     {@code --conf} never count
   */
  public static RunManifest start(
      String job,
      Map<String, String> options,
      Set<String> notInFingerprint,
      List<InputFile> inputs,
      String engine,
      Clock clock) {
    return RunManifest.newBuilder()
        .setJob(job)
        .setVersion(Version.MILLRACE)
        .setStatus("running")
        .setOptions(new TreeMap<>(options))
        .setInputs(inputs)
        .setFingerprint(fingerprint(job, options, notInFingerprint, inputs))
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
      String job,
      Map<String, String> options,
      Set<String> notInFingerprint,
      List<InputFile> inputs) {
    var text = new StringBuilder(job).append('\n');
    var telling = new TreeMap<>(options);
    telling.keySet().removeIf(name -> notInFingerprint.contains(name) || name.startsWith("conf."));
    telling.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
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

  /** The manifest in Avro's JSON encoding. */
  public static String json(RunManifest manifest) {
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

  /** Reads what {@link #json} wrote. */
  public static RunManifest parse(byte[] json) throws IOException {
    var decoder =
        DecoderFactory.get()
            .jsonDecoder(RunManifest.getClassSchema(), new ByteArrayInputStream(json));
    return new SpecificDatumReader<>(RunManifest.class).read(null, decoder);
  }
}
