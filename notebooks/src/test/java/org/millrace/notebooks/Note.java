package org.millrace.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Zeppelin note.
 *
 * @param name of the file, without its ending
 */
record Note(String name, List<Paragraph> paragraphs) {

  /** What runs a paragraph. */
  enum Kind {
    MARKDOWN("%md"),
    SCALA("%spark"),
    SQL("%spark.sql");

    private final String magic;

    Kind(String magic) {
      this.magic = magic;
    }
  }

  /**
   * A paragraph.
   *
   * @param place for messages
   * @param text without the first line, which names the kind
   * @param columns those that its charts show
   */
  record Paragraph(String place, Kind kind, String text, List<ChartColumn> columns) {

    @Override
    public String toString() {
      return place;
    }
  }

  /** A column that a chart shows, by name and by position in the result. */
  record ChartColumn(String name, int index) {}

  static Note read(Path file) throws IOException {
    var name = file.getFileName().toString().replace(".zpln", "");
    var json = new ObjectMapper().readTree(Files.readString(file));
    var paragraphs = new ArrayList<Paragraph>();
    for (var paragraph : json.required("paragraphs")) {
      var place = name + ", paragraph " + (paragraphs.size() + 1);
      paragraphs.add(paragraph(place, paragraph));
    }
    return new Note(name, paragraphs);
  }

  private static Paragraph paragraph(String place, JsonNode json) {
    var text = json.required("text").asText();
    int line = text.indexOf('\n');
    return new Paragraph(
        place + " " + json.path("title").asText(),
        kind(place, line < 0 ? text : text.substring(0, line)),
        line < 0 ? "" : text.substring(line + 1),
        columns(json));
  }

  private static Kind kind(String place, String magic) {
    for (var kind : Kind.values()) {
      if (kind.magic.equals(magic.strip())) {
        return kind;
      }
    }
    throw new AssertionError(place + ": nothing here runs '" + magic + "'");
  }

  private static List<ChartColumn> columns(JsonNode json) {
    var columns = new ArrayList<ChartColumn>();
    for (var result : json.path("config").path("results")) {
      for (var axis : List.of("keys", "groups", "values")) {
        for (var column : result.path("graph").path(axis)) {
          columns.add(
              new ChartColumn(column.required("name").asText(), column.required("index").asInt()));
        }
      }
    }
    return columns;
  }
}
