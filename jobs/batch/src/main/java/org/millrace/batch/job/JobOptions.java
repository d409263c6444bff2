package org.millrace.batch.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.command.Mode;
import picocli.CommandLine.Option;

/** The options that every batch job has, with the same meaning everywhere. */
public final class JobOptions {

  /** What to do with a record that can't be used. */
  public enum OnError {
    /** Move it to {@code _quarantine} with its reason and position, and go on. */
    QUARANTINE,
    /** Fail the job at the first. */
    FAIL
  }

  /** File format of the datasets that a job writes. */
  public enum OutputFormat {
    PARQUET,
    JSONL,
    CSV
  }

  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Files or folders to read: .parquet, .jsonl, .csv or .tsv (each also .gz), on any"
              + " file system that Hadoop knows.")
  List<String> inputs = new ArrayList<>();

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "OURS=THEIRS",
      description =
          "Names of our columns in the input, such as prompt_id=idx,text=ys. THEIRS may be a path"
              + " (doc.question, resps[0]). An array column becomes one row an element.")
  Map<String, String> columns = new LinkedHashMap<>();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder to write to; refused when it has something in it, see --mode.")
  String output;

  @Option(
      names = "--output-format",
      defaultValue = "parquet",
      paramLabel = "FORMAT",
      description = "Format of the datasets: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  OutputFormat outputFormat;

  @Option(
      names = "--mode",
      defaultValue = "create",
      paramLabel = "MODE",
      description =
          "When the output folder is not empty: create refuses, overwrite deletes its contents,"
              + " resume goes on with the same run. Default: ${DEFAULT-VALUE}.")
  Mode mode;

  @Option(
      names = "--on-error",
      defaultValue = "quarantine",
      paramLabel = "WHAT",
      description =
          "Bad records: quarantine moves them to _quarantine with a reason, fail stops the job."
              + " Default: ${DEFAULT-VALUE}.")
  OnError onError;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A Spark setting; may be repeated.")
  Map<String, String> conf = new LinkedHashMap<>();

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Spark master when not started by spark-submit. Default: local[*], all cores of this"
              + " machine.")
  String master;

  @Option(
      names = "--then",
      paramLabel = "JOB",
      description =
          "Then run another job on the output, such as 'verify --verifier number'; may be repeated,"
              + " each job reads what the one before has written. Unless it names its --output, that"
              + " is this one's with the job's name behind: samples-verify.")
  List<String> then = new ArrayList<>();

  @Option(names = "--debug", description = "Print the full cause of a failure.")
  boolean debug;
}
