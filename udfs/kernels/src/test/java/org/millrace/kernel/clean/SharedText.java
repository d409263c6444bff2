package org.millrace.kernel.clean;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** The files of {@code ../shared/data/text}; a test that needs one is skipped without them. */
enum SharedText {
  FORTUNES("fortunes_zh.jsonl.gz", "text"),
  CRAWL("common_crawl_zh_lines_1000.jsonl.gz", "text"),
  LIBREOFFICE("libreoffice_help_zh_dev.jsonl.gz", "html"),
  MAN_PAGES("manpages_zh_pairs_dev.jsonl.gz", "text");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern DROPPED =
      Pattern.compile(
          "(?is)<(head|script|style|noscript)\\b.*?</\\1\\s*>|<!--.*?-->|<!DOCTYPE[^>]*>");
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?i)</?(address|article|aside|blockquote|body|br|center|dd|details|div|dl|dt|fieldset"
              + "|figcaption|figure|footer|form|h[1-6]|header|hr|html|li|main|nav|ol|p|pre|section"
              + "|summary|table|tbody|td|tfoot|th|thead|tr|ul)\\b[^>]*>");
  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final Pattern NUMERIC = Pattern.compile("&#(x?)([0-9a-fA-F]+);");

  private final String file;
  private final String field;

  SharedText(String file, String field) {
    this.file = file;
    this.field = field;
  }

  /** The documents, HTML without its tags. */
  List<String> documents() {
    var root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("../shared/data"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "../shared/data is not here");
    var path = root.resolve("../shared/data/text").resolve(file);
    try (var plain = new GZIPInputStream(Files.newInputStream(path));
        var reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      return reader.lines().map(this::document).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String document(String line) {
    try {
      var text = JSON.readTree(line).get(field).asText();
      return this == LIBREOFFICE ? withoutTags(text) : text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String withoutTags(String html) {
    var lines = BLOCK.matcher(DROPPED.matcher(html).replaceAll("")).replaceAll("\n");
    var text = decoded(TAG.matcher(lines).replaceAll(""));
    return text.lines()
        .map(SharedText::collapsed)
        .filter(s -> !s.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static String decoded(String text) {
    return NUMERIC
        .matcher(text)
        .replaceAll(
            m ->
                java.util.regex.Matcher.quoteReplacement(
                    Character.toString(
                        Integer.parseInt(m.group(2), m.group(1).isEmpty() ? 10 : 16))))
        .replace("&nbsp;", "\u00a0")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }

  private static String collapsed(String line) {
    return NaiveStatistics.strip(line).replaceAll("[\\s\\u00a0]+", " ");
  }
}
