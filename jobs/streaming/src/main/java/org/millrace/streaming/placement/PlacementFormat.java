package org.millrace.streaming.placement;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.millrace.command.UserError;
import org.millrace.streaming.input.JsonObject;
import org.millrace.streaming.input.Times;
import org.millrace.streaming.inspector.InspectorFormat;
import org.millrace.streaming.inspector.InspectorRecord;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;
import org.millrace.streaming.job.Format;
import org.millrace.streaming.placement.PlacementOptions.RequestsFormat;
import org.millrace.streaming.placement.board.BoardEvent;
import org.millrace.streaming.placement.health.BusBandwidth;
import org.millrace.streaming.placement.health.NicSample;
import org.millrace.streaming.placement.health.TelemetryFormat;
import org.millrace.streaming.placement.inventory.InventoryFormat;
import org.millrace.streaming.placement.request.RequestAvro;
import org.millrace.streaming.placement.request.RequestJson;

/**
 * Records by where they are from: an inventory as a whole in the topic of estates, a request in
 * that of requests; all other topics and files are telemetry, samples of Prometheus' adapter or
 * records of NCCL Inspector.
 *
 * @param estates the topic of estates; null: none
 * @param requests the topic of requests; null: none
 * @param encoding of requests
 * @param inventory what inventories that tell little need to know
 */
record PlacementFormat(
    String estates, String requests, RequestsFormat encoding, InventorySettings inventory)
    implements Format<PlacementInput> {

  private static final JsonFactory JSON = new JsonFactory();

  /** The rule by which records of collectives within a host are left out. */
  private static final String WITHOUT = "collective without bandwidth between hosts";

  @Override
  public Header header() {
    return Header.NONE;
  }

  @Override
  public Decoder<PlacementInput> decoder(String source, String header) {
    int slash = source.lastIndexOf('/');
    var topic = slash < 0 ? source : source.substring(0, slash);
    if (topic.equals(estates)) {
      return new Estates(source, inventory);
    }
    return topic.equals(requests) ? new Requests(source, encoding) : new Telemetry(source);
  }

  /** Inventories, each a message. */
  private record Estates(String source, InventorySettings inventory)
      implements Decoder<PlacementInput> {

    @Override
    public void decode(byte[] record, int length, Out<PlacementInput> out) throws BadRecord {
      decode(record, length, 0, out);
    }

    @Override
    public void decode(byte[] record, int length, long position, Out<PlacementInput> out)
        throws BadRecord {
      var text = BadRecord.utf8(record, length);
      long ts = time(text);
      try {
        var read = InventoryFormat.of(source, text).parse(source, text, inventory.settings());
        // Each is a clock: the second after a pause confirms that time has gone on.
        out.value(
            PlacementInput.of(new BoardEvent.EstateSeen(ts, position, read.estate())),
            clocked(ts),
            source + "@" + position);
      } catch (UserError e) {
        throw new BadRecord("bad inventory", e.getMessage());
      }
    }

    /** A comment in its first line may tell the time: {@code # ts 2026-01-01T00:00:00Z}. */
    private static long time(String text) throws BadRecord {
      var first = text.lines().findFirst().orElse("");
      return first.startsWith("# ts ") ? Times.parse(first.substring(5)) : 0;
    }
  }

  /** Time for the stream: what tells none is of no time, not of 1970. */
  private static long clocked(long ts) {
    return ts == 0 ? Decoder.Out.NO_TIME : ts;
  }

  /** Requests, each a message. */
  private record Requests(String source, RequestsFormat encoding)
      implements Decoder<PlacementInput> {

    @Override
    public void decode(byte[] record, int length, Out<PlacementInput> out) throws BadRecord {
      decode(record, length, 0, out);
    }

    @Override
    public void decode(byte[] record, int length, long position, Out<PlacementInput> out)
        throws BadRecord {
      var said =
          encoding == RequestsFormat.AVRO
              ? RequestAvro.read(record, length, position)
              : RequestJson.read(BadRecord.utf8(record, length), position);
      out.value(
          PlacementInput.of(new BoardEvent.Requested(source, said)),
          clocked(said.ts()),
          said.job());
    }
  }

  /** Samples of NICs. */
  private static final class Telemetry implements Decoder<PlacementInput> {

    private final Decoder<NicSample> prometheus;

    Telemetry(String source) {
      prometheus = TelemetryFormat.DEFAULT.decoder(source, null);
    }

    @Override
    public void decode(byte[] record, int length, Out<PlacementInput> out) throws BadRecord {
      if (isInspector(record, length)) {
        InspectorFormat.decode(JsonObject.parse(record, length), new OfInspector(out));
      } else {
        prometheus.decode(record, length, new OfPrometheus(out));
      }
    }

    /** Looks at the names of the outermost fields alone: most records are none of Inspector's. */
    private static boolean isInspector(byte[] record, int length) {
      try (var json = JSON.createParser(record, 0, length)) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
          return false;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          switch (json.currentName()) {
            case "coll_perf", "p2p_perf" -> {
              return true;
            }
            case "timestamp", "labels", "name", "value" -> {
              return false;
            }
            default -> {
              json.nextToken();
              json.skipChildren();
            }
          }
        }
        return false;
      } catch (IOException e) {
        return false;
      }
    }
  }

  private record OfPrometheus(Decoder.Out<PlacementInput> out) implements Decoder.Out<NicSample> {

    @Override
    public void value(NicSample value, long ts, String clock) {
      out.value(PlacementInput.of(value), ts, clock);
    }

    @Override
    public void rejected(String field, String text, BadRecord why) {
      out.rejected(field, text, why);
    }

    @Override
    public void dropped(String rule) {
      out.dropped(rule);
    }
  }

  private record OfInspector(Decoder.Out<PlacementInput> out)
      implements Decoder.Out<InspectorRecord> {

    @Override
    public void value(InspectorRecord value, long ts, String clock) {
      BusBandwidth.of(value)
          .ifPresentOrElse(
              sample -> out.value(PlacementInput.of(sample), sample.ts(), clock),
              () -> out.dropped(WITHOUT));
    }

    @Override
    public void rejected(String field, String text, BadRecord why) {
      out.rejected(field, text, why);
    }

    @Override
    public void dropped(String rule) {
      out.dropped(rule);
    }
  }
}
