package org.millrace.batch.corpus;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.millrace.batch.job.BatchJob;
import org.millrace.batch.job.Columns;
import org.millrace.batch.job.Run;
import org.millrace.command.InputFiles;
import org.millrace.command.UserError;
import org.millrace.command.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Raw web text to training data, by the steps of a recipe. */
@Command(
    name = "corpus",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Prepares pretraining text: raw pages in, clean and deduplicated documents out, by the"
          + " steps of a recipe; every dropped document is kept with its rule and measure.",
      "Reads WARC and WET archives too, each also .gz."
    },
    footer = {
      "",
      "Examples:",
      "  millrace corpus --input crawl/ --recipe pangu --output out/",
      "  millrace corpus --input pages.jsonl.gz --columns text=html \\",
      "    --steps extract,clean,dedup --output out/"
    })
public final class CorpusJob extends BatchJob {

  private static final String RECORDS = "records_in";

  @Option(
      names = "--recipe",
      paramLabel = "NAME|FILE",
      description = "pangu, fineweb, fineweb2-zh, gopher, c4, or a YAML file of your own.")
  String recipe;

  @Option(
      names = "--steps",
      split = ",",
      paramLabel = "STEP",
      description = "Steps with their defaults, in order, in place of a recipe; listed below.")
  List<String> steps = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "STEP.OPTION=VALUE",
      description = "Changes an option of a step; may be repeated.")
  Map<String, String> set = new LinkedHashMap<>();

  private Recipe chosen;
  private List<Step> checked;
  private boolean anew;

  /** Lists the steps in the help, above the examples. */
  @Spec
  void listSteps(CommandSpec spec) {
    spec.usageMessage()
        .sectionMap()
        .put(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING, StepHelp::text);
  }

  /** Runs the job, by spark-submit or by itself. */
  public static void main(String[] args) {
    main(new CorpusJob(), args);
  }

  @Override
  protected Set<InputFiles.Kind> kinds() {
    return EnumSet.allOf(InputFiles.Kind.class);
  }

  @Override
  protected Columns columns(Map<String, String> mapping) {
    return Columns.documents(mapping);
  }

  @Override
  protected Run.Resume resume() {
    return Run.Resume.CONTINUE;
  }

  @Override
  protected void check() {
    if ((recipe == null) == steps.isEmpty()) {
      throw UserError.usage("give --recipe or --steps, one of the two");
    }
    chosen = (recipe == null ? Recipe.of(steps) : recipe()).with(set);
    checked = chosen.steps();
  }

  /** With the steps of the recipe: the file may be another one tomorrow. */
  @Override
  protected SortedMap<String, String> manifestOptions() {
    var options = super.manifestOptions();
    options.put("plan", Plan.described(chosen));
    return options;
  }

  private Recipe recipe() {
    try {
      if (Recipe.SHIPPED.contains(recipe)) {
        return Recipe.shipped(recipe);
      }
      var file = Path.of(recipe);
      if (!Files.exists(file)) {
        throw UserError.usage(
            "--recipe %s: neither a file nor one of %s", recipe, String.join(", ", Recipe.SHIPPED));
      }
      try (var in = Files.newInputStream(file)) {
        return Recipe.read(in, recipe);
      }
    } catch (IOException e) {
      throw new UserError("--recipe %s: %s", recipe, e.getMessage());
    }
  }

  @Override
  protected void run(Run run) throws Exception {
    var stages = new ArrayList<Stage>();
    for (var planned : Plan.of(chosen, checked)) {
      var stage = new Stage(run.spark(), run.folder(), planned.name());
      var counts = counts(run, planned, stage, List.copyOf(stages));
      counts.counts().forEach(run::record);
      counts.dropped().forEach(run::dropped);
      counts.quarantined().forEach(run.quarantine()::record);
      run.log("%s", summary(planned.name(), counts));
      if (planned.alone() instanceof ReviewStep) {
        run.log("review page: %s/%s", stage.folder(), ReviewStep.PAGE);
      }
      if (stages.isEmpty()) {
        requireRecords(run);
      }
      if (!(planned.alone() instanceof Pass.Side)) {
        stages.add(stage);
      }
    }
    var last = stages.get(stages.size() - 1);
    run.export(last.kept(), "documents");
    run.log("documents: %s", last.keptFolder());
  }

  /** Ends a run that would go on with nothing. */
  private static void requireRecords(Run run) throws Exception {
    if (run.counted(RECORDS) == 0) {
      throw new UserError("--input %s: no records in it", run.inputName());
    }
    run.settle();
  }

  /** Runs a stage, or takes it from an earlier run that was cut short after it. */
  private Stage.Counts counts(Run run, Plan planned, Stage stage, List<Stage> earlier)
      throws Exception {
    var done = stage.finished();
    if (done.isEmpty() || anew) {
      // What later stages have made is of other documents now.
      anew = true;
      return run.phase(planned.name(), () -> work(run, planned, stage, earlier));
    }
    if (!done.get().options().equals(planned.options())) {
      throw new UserError(
          "--mode resume: %s was made with other options; use --mode overwrite", stage.folder());
    }
    return done.get();
  }

  private static Stage.Counts work(Run run, Plan planned, Stage stage, List<Stage> earlier)
      throws Exception {
    var workshop = stage.begin();
    if (earlier.isEmpty()) {
      run.quarantine().empty();
    }
    var documents = earlier.isEmpty() ? run.documents() : earlier.get(earlier.size() - 1).kept();
    if (planned.alone() instanceof Pass.Side side) {
      side.apply(documents, earlier, workshop);
      workshop.close();
      return stage.finish(
          new Stage.Counts(planned.options(), named(planned, workshop), Map.of(), Map.of()));
    }
    if (planned.alone() instanceof Pass.Whole whole) {
      stage.write(whole.apply(documents, workshop));
      whole.report(stage.dropped(), workshop);
    } else {
      stage.write(read(documents, shared(planned, workshop)));
    }
    var bad = stage.bad();
    var apart = bad.isPresent() ? run.quarantine().reject(bad.get()) : Map.<String, Long>of();
    workshop.close();
    var counts = stage.counted(planned.options(), named(planned, workshop), apart);
    if (earlier.isEmpty()) {
      counts.counts().put(RECORDS, records(planned.name(), counts));
    }
    return stage.finish(counts);
  }

  private static long records(String name, Stage.Counts counts) {
    long bad = counts.quarantined().values().stream().mapToLong(Long::longValue).sum();
    return counts.counts().get(name + ".kept") + counts.counts().get(name + ".dropped") + bad;
  }

  private static Map<String, Long> named(Plan planned, Workshop workshop) {
    var counts = new LinkedHashMap<String, Long>();
    workshop.counts().forEach((name, value) -> counts.put(planned.name() + "." + name, value));
    return counts;
  }

  private static List<Reading.Part> shared(Plan planned, Workshop workshop) throws Exception {
    var parts = new ArrayList<Reading.Part>();
    for (var part : planned.parts()) {
      parts.add(new Reading.Part(part.step(), part.pass().shared(workshop)));
    }
    return parts;
  }

  /** Runs passes of the first kind; what is bad about records of the input stays beside. */
  private static Dataset<Row> read(Dataset<Row> documents, List<Reading.Part> parts) {
    boolean mayBeBad = List.of(documents.columns()).contains("_reason");
    var columns = new ArrayList<>(List.of(Fate.documentColumns()));
    StructType judged = Fate.SCHEMA;
    if (mayBeBad) {
      judged = Stage.withPosition(judged);
      for (var name : Stage.withPosition(new StructType()).fieldNames()) {
        columns.add(col(name));
      }
    }
    int reasonAt = mayBeBad ? Fate.DOCUMENT.length() + 3 : -1;
    return documents
        .select(columns.toArray(Column[]::new))
        .withColumn("doc_id", coalesce(col("doc_id"), lit("")))
        .mapPartitions(new Reading(parts, reasonAt), Encoders.row(judged));
  }

  private static String summary(String name, Stage.Counts counts) {
    var kept = counts.counts().get(name + ".kept");
    if (kept == null) {
      return name + ": " + list(name, counts.counts());
    }
    var dropped = list(name, counts.dropped());
    return "%s: %,d kept, %,d dropped%s"
        .formatted(
            name,
            kept,
            counts.counts().get(name + ".dropped"),
            dropped.isEmpty() ? "" : " (" + dropped + ")");
  }

  private static String list(String name, Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(
            each -> "%s %,d".formatted(each.getKey().substring(name.length() + 1), each.getValue()))
        .collect(Collectors.joining(", "));
  }
}
