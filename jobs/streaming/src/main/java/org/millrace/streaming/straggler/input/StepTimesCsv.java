package org.millrace.streaming.straggler.input;

import java.util.List;
import org.millrace.command.UserError;
import org.millrace.streaming.input.CsvLine;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;
import org.millrace.streaming.job.Format;
import org.millrace.streaming.straggler.diagnose.Observation;

/**
 * Step times as comma- or tab-separated values with a header: a row a rank and step. Other columns
 * are passed over.
 *
 * @param separator between fields
 */
public record StepTimesCsv(Columns columns, JobNames jobs, char separator)
    implements Format<Observation> {

  @Override
  public Header header() {
    return Header.FIRST_LINE;
  }

  @Override
  public Decoder<Observation> decoder(String source, String header) {
    if (header == null) {
      throw new UserError("%s: messages have no header; send JSON", source);
    }
    List<String> names;
    try {
      names = CsvLine.split(header, separator).stream().map(String::strip).toList();
    } catch (BadRecord e) {
      throw new UserError("%s: its header can't be read: %s", source, e.getMessage());
    }
    int rank = required(source, names, columns.rank(), "rank");
    int time = required(source, names, columns.time(), "time");
    int duration = required(source, names, columns.duration(), "duration");
    int job = optional(source, names, columns.job(), "job");
    int host = optional(source, names, columns.host(), "host");
    return (record, length, out) -> {
      var fields = CsvLine.split(BadRecord.utf8(record, length), separator);
      if (fields.size() != names.size()) {
        throw new BadRecord(
            "another number of fields than the header",
            fields.size() + ", expected " + names.size());
      }
      var step =
          StepTimes.of(
              job < 0 || jobs.all() != null ? jobs.ofSteps(source) : fields.get(job),
              fields.get(rank),
              host < 0 ? "" : fields.get(host),
              fields.get(time),
              fields.get(duration),
              columns);
      out.value(step, step.tsUs() / 1000, step.member().id());
    };
  }

  private int optional(String source, List<String> names, String name, String role) {
    return columns.isNamed(role) ? required(source, names, name, role) : only(source, names, name);
  }

  private int required(String source, List<String> names, String name, String role) {
    int index = only(source, names, name);
    if (index < 0) {
      throw columns.isNamed(role)
          ? new UserError(
              "--columns %s=%s: no such column in %s; it has: %s",
              role, name, source, String.join(", ", names))
          : new UserError(
              "%s: which column is the %s? name it with --columns %s=COLUMN; it has: %s",
              source, role, role, String.join(", ", names));
    }
    return index;
  }

  private static int only(String source, List<String> names, String name) {
    int index = names.indexOf(name);
    if (index >= 0 && names.lastIndexOf(name) != index) {
      throw new UserError("%s: two columns are called %s", source, name);
    }
    return index;
  }
}
