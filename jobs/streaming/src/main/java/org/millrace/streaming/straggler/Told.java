package org.millrace.streaming.straggler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/** Incidents as lines for whoever watches the run. */
final class Told {

  /** Where they are kept while the job runs. */
  static final String FOLDER = "_told";

  private static final int MOST = 20;

  /** Times before the year 2001 count from the job's start, not from 1970. */
  private static final long NO_DATE_MILLIS = 1_000_000_000_000L;

  private Told() {}

  /** A line an incident, the earliest first, at most twenty of them. */
  static List<String> of(List<byte[]> records) throws IOException {
    var mapper = new ObjectMapper();
    var opened = new ArrayList<JsonNode>();
    var closed = new HashMap<String, JsonNode>();
    for (var record : records) {
      var json = mapper.readTree(record);
      if (json.path("kind").asText().equals("OPEN")) {
        opened.add(json);
      } else {
        closed.put(json.path("incidentId").asText(), json);
      }
    }
    opened.sort(
        Comparator.comparingLong((JsonNode json) -> json.path("openTs").asLong())
            .thenComparing(json -> json.path("incidentId").asText()));
    var lines = new ArrayList<String>();
    for (var json : opened.subList(0, Math.min(MOST, opened.size()))) {
      var close = closed.get(json.path("incidentId").asText());
      lines.add(
          "%s %s, %s to %s: %s"
              .formatted(
                  json.path("job").asText(),
                  json.path("cause").asText(),
                  time(json.path("startTs").asLong()),
                  close == null ? "the end" : time(close.path("endTs").asLong()),
                  json.path("explanation").asText()));
    }
    if (opened.size() > MOST) {
      lines.add("and %d more incidents".formatted(opened.size() - MOST));
    } else if (opened.isEmpty()) {
      lines.add("no straggler");
    }
    return lines;
  }

  private static String time(long millis) {
    return millis < NO_DATE_MILLIS
        ? millis / 1000.0 + " s"
        : Instant.ofEpochMilli(millis).toString();
  }
}
