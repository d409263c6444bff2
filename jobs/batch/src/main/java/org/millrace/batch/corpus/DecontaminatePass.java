package org.millrace.batch.corpus;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring_index;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.kernel.clean.Decision;
import org.millrace.kernel.dedup.Contamination;

/**
 * Drops documents that share an n-gram with a test set. The first failure is {@code contaminated}
 * with the number of shared n-grams; the others name the items, as {@code task/id}.
 */
record DecontaminatePass(List<String> benchmarks, List<String> fields, int words, int characters)
    implements Pass.Whole {

  private static final String STEP = "decontaminate";
  private static final String RULE = "contaminated";

  @Override
  public Dataset<Row> apply(Dataset<Row> documents, Workshop work) {
    var index = new Contamination(words, characters);
    for (var path : benchmarks) {
      var texts = Texts.read(work.spark(), "decontaminate.benchmarks", path, fields);
      for (var row : texts.orderBy("id").collectAsList()) {
        index.add(new Contamination.Item(task(path), row.getString(0)), row.getString(1));
      }
    }
    work.count("benchmark_items", index.items().size());
    work.count("items_too_short", index.tooShort());
    var context = JavaSparkContext.fromSparkContext(work.spark().sparkContext());
    var find = new Find(context.broadcast(index));
    return documents.mapPartitions(
        new Reading(List.of(new Reading.Part(STEP, find)), -1), Encoders.row(Fate.SCHEMA));
  }

  /** A benchmark's name: that of its file; with its folder's where two files have the same. */
  private String task(String path) {
    var name = fileName(path);
    boolean shared = benchmarks.stream().filter(other -> fileName(other).equals(name)).count() > 1;
    return shared ? new Path(path).getParent().getName() + "-" + name : name;
  }

  private static String fileName(String path) {
    return new Path(path).getName().replaceFirst("\\.(jsonl|json|parquet|txt)(\\.\\w+)?$", "");
  }

  /** One line a benchmark: documents that went for it, and how much of it was found. */
  @Override
  public void report(Dataset<Row> dropped, Workshop work) {
    var hits =
        dropped
            .select(col("doc_id"), explode(col("failures.rule")).as("item"))
            .where(col("item").notEqual(RULE))
            .withColumn("task", substring_index(col("item"), "/", 1));
    var found =
        hits.groupBy("task")
            .agg(countDistinct("doc_id").as("documents"), countDistinct("item").as("items_found"));
    var tasks = new ArrayList<Row>();
    items(work).forEach((task, items) -> tasks.add(RowFactory.create(task, items)));
    var schema =
        new StructType().add("task", DataTypes.StringType).add("items", DataTypes.LongType);
    work.spark()
        .createDataFrame(tasks, schema)
        .join(found, new String[] {"task"}, "left")
        .select(
            col("task"),
            col("items"),
            coalesce(col("items_found"), lit(0L)).as("items_found"),
            coalesce(col("documents"), lit(0L)).as("documents"))
        .coalesce(1)
        .sortWithinPartitions("task")
        .write()
        .json(work.folder("benchmarks").toString());
  }

  private Map<String, Long> items(Workshop work) {
    var items = new LinkedHashMap<String, Long>();
    for (var path : benchmarks) {
      var texts = Texts.read(work.spark(), "decontaminate.benchmarks", path, fields);
      items.merge(task(path), texts.agg(count(lit(1))).first().getLong(0), Long::sum);
    }
    return items;
  }

  private record Find(Broadcast<Contamination> index) implements Pass.Each {

    @Override
    public Pass.Work open() {
      var sets = index.value();
      return document -> judged(document, sets);
    }

    private static Outcome judged(Document document, Contamination sets) {
      var hits = sets.hits(document.text());
      if (hits.isEmpty()) {
        return Outcome.kept(document);
      }
      var failures = new ArrayList<Decision>();
      long shared = hits.stream().mapToLong(Contamination.Hit::shared).sum();
      failures.add(new Decision(RULE, shared));
      hits.forEach(hit -> failures.add(new Decision(name(hit), hit.shared())));
      var first = hits.get(0);
      return new Outcome(document, failures, name(first) + ": " + first.first(), Map.of());
    }

    private static String name(Contamination.Hit hit) {
      return hit.item().task() + "/" + hit.item().id();
    }
  }
}
