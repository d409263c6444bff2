package org.millrace.bench.corpus;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes a made-up corpus as {@code .jsonl.gz} files of one size, as many at once as cores. */
final class CorpusFiles {

  /** What stands in the field {@code text}. */
  enum Content {
    /** A page of HTML. */
    PAGE,
    /** Its text. */
    TEXT
  }

  private static final JsonFactory JSON = new JsonFactory();

  private final SyntheticCorpus corpus;
  private final Content content;
  private final int filled;

  /**
   * @param filled documents of a file
   */
  CorpusFiles(SyntheticCorpus corpus, Content content, int filled) {
    this.corpus = corpus;
    this.content = content;
    this.filled = filled;
  }

  /**
   * Writes documents 0 to {@code documents}.
   *
   * @param folder new
   * @return bytes of their text in UTF-8
   */
  long write(Path folder, long documents) throws IOException {
    Files.createDirectories(folder);
    return LongStream.range(0, (documents + filled - 1) / filled)
        .parallel()
        .map(part -> write(folder, part, Math.min(documents, (part + 1) * filled)))
        .sum();
  }

  private long write(Path folder, long part, long end) {
    long bytes = 0;
    var file = folder.resolve("part-%05d.jsonl.gz".formatted(part));
    try (var out = new FastGzip(file);
        var json = JSON.createGenerator(out)) {
      json.setRootValueSeparator(null);
      for (long number = part * filled; number < end; number++) {
        var text = content == Content.PAGE ? corpus.html(number) : corpus.text(number);
        bytes += utf8(text);
        json.writeStartObject();
        json.writeStringField("doc_id", SyntheticCorpus.id(number));
        json.writeStringField("url", corpus.url(number));
        json.writeStringField("text", text);
        json.writeEndObject();
        json.writeRaw('\n');
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long utf8(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    }
    return bytes;
  }

  /** Gzip at its quickest, as time is better spent on the job. */
  private static final class FastGzip extends GZIPOutputStream {
    private FastGzip(Path file) throws IOException {
      super(Files.newOutputStream(file), 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
