package org.millrace.batch.bestofn.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.millrace.batch.bestofn.report.Report.ComputePoint;
import org.millrace.batch.bestofn.report.Report.Curve;

/**
 * The page's data as its script reads them.
 *
 * @param report all that the caller gave
 * @param gaps {@link Gaps} to the ceiling, as curves
 * @param frontier points of {@link Frontier}
 * @param colours palette index by base name of a selector
 */
record DataBlock(
    Report report, List<Curve> gaps, List<ComputePoint> frontier, Map<String, Integer> colours) {

  /** The data of a report with what the page derives from it. */
  static DataBlock of(Report report) {
    return new DataBlock(
        report,
        Gaps.toCeiling(report.curves()),
        Frontier.of(report.compute()),
        Palette.of(report.curves()));
  }

  /**
   * JSON in plain ASCII without the characters {@code < > &}, so that no text in it can end the
   * script element or the literal; numbers that are not finite are null.
   */
  String json() {
    try {
      return mapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("report data cannot be written as JSON", e);
    }
  }

  private static ObjectMapper mapper() {
    var numbers = new SimpleModule();
    numbers.addSerializer(new FiniteOrNull());
    numbers.addSerializer(double.class, new FiniteOrNull());
    var mapper =
        JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).addModule(numbers).build();
    mapper.getFactory().setCharacterEscapes(new MarkupEscapes());
    return mapper;
  }

  private static final class FiniteOrNull extends StdSerializer<Double> {
    private static final long serialVersionUID = 1;

    FiniteOrNull() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        out.writeNumber(value);
      } else {
        out.writeNull();
      }
    }
  }

  private static final class MarkupEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    private final int[] ascii = standardAsciiEscapesForJSON();

    MarkupEscapes() {
      for (char c : new char[] {'<', '>', '&', '\''}) {
        ascii[c] = ESCAPE_STANDARD;
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii.clone();
    }

    @Override
    public SerializableString getEscapeSequence(int c) {
      return new SerializedString(String.format("\\u%04x", c));
    }
  }
}
