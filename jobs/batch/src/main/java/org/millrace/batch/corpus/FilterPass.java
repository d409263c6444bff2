package org.millrace.batch.corpus;

import static org.apache.spark.sql.functions.lit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.command.UserError;
import org.millrace.kernel.clean.Decision;
import org.millrace.kernel.model.Example;
import org.millrace.kernel.model.Label;
import org.millrace.kernel.model.LinearClassifier;
import org.millrace.kernel.model.ParetoRule;
import org.millrace.kernel.model.Trainer;
import org.millrace.kernel.model.Units;
import scala.Tuple2;

/**
 * Gets the classifier, then judges each document by its probability of being good, which becomes
 * the document's score. Training is by shards of the examples' ids, so that the model is the same
 * however Spark places them.
 */
record FilterPass(FilterStep options) implements Pass.Whole {

  private static final String STEP = "filter";

  @Override
  public Dataset<Row> apply(Dataset<Row> documents, Workshop work) throws Exception {
    var judge =
        new Judge(
            scorer(work), options.rule, options.limit, new Pareto(options.alpha, options.seed));
    return documents.mapPartitions(
        new Reading(List.of(new Reading.Part(STEP, judge)), -1), Encoders.row(Fate.SCHEMA));
  }

  private Scorer scorer(Workshop work) throws IOException {
    if (options.fastText != null) {
      return fastText(work);
    }
    var context = JavaSparkContext.fromSparkContext(work.spark().sparkContext());
    return new Scorer.Linear(context.broadcast(model(work, context)));
  }

  private Scorer fastText(Workshop work) throws IOException {
    var shared = SharedFastText.of("filter.fasttext", options.fastText, work);
    var label = options.goodLabel.replaceFirst("^__label__", "");
    try (var model = shared.open()) {
      if (!model.labels().contains(label)) {
        throw new UserError(
            "filter.good-label: %s has no label %s; it has: %s",
            options.fastText, label, String.join(", ", model.labels()));
      }
    }
    return new Scorer.FastText(shared, label);
  }

  private byte[] model(Workshop work, JavaSparkContext context) throws IOException {
    if (options.model != null) {
      return known(work);
    }
    var trainer =
        new Trainer(options.units, Trainer.SHARDS, options.epochs, Trainer.RATE, options.seed);
    var bytes = bytes(train(trainer, examples(work), context));
    work.write("model.bin", bytes);
    return bytes;
  }

  private byte[] known(Workshop work) throws IOException {
    var bytes = work.bytes("filter.model", options.model);
    try {
      LinearClassifier.read(new ByteArrayInputStream(bytes));
      return bytes;
    } catch (IOException e) {
      throw new UserError("filter.model: %s: %s", options.model, e.getMessage());
    }
  }

  private static byte[] bytes(LinearClassifier model) throws IOException {
    var bytes = new ByteArrayOutputStream();
    model.write(bytes);
    return bytes.toByteArray();
  }

  private static LinearClassifier model(byte[] bytes) throws IOException {
    return LinearClassifier.read(new ByteArrayInputStream(bytes));
  }

  /** Examples as {@code id, text, good}. */
  private Dataset<Row> examples(Workshop work) {
    Dataset<Row> all = null;
    for (var label : Label.values()) {
      boolean good = label == Label.GOOD;
      for (var path : good ? options.good : options.bad) {
        var option = "filter." + (good ? "good" : "bad");
        var texts =
            Texts.read(work.spark(), option, path, List.of("text")).withColumn("good", lit(good));
        all = all == null ? texts : all.union(texts);
      }
    }
    return all;
  }

  private static LinearClassifier train(
      Trainer trainer, Dataset<Row> examples, JavaSparkContext context) throws IOException {
    var shards = new Shards(trainer.units(), trainer.epochs(), trainer.seed());
    var byShard =
        examples
            .javaRDD()
            .mapToPair(row -> new Tuple2<>(shards.trainer().shard(row.getString(0)), row))
            .groupByKey(trainer.shards())
            .persist(StorageLevel.MEMORY_AND_DISK());
    var model = trainer.start();
    for (int epoch = 0; epoch < trainer.epochs(); epoch++) {
      model = epoch(shards, model, byShard, epoch, context);
    }
    byShard.unpersist();
    return model;
  }

  private static LinearClassifier epoch(
      Shards shards,
      LinearClassifier model,
      JavaPairRDD<Integer, Iterable<Row>> byShard,
      int epoch,
      JavaSparkContext context)
      throws IOException {
    var common = context.broadcast(bytes(model));
    var trained =
        byShard.mapValues(
            rows -> bytes(shards.trainer().train(model(common.value()), examples(rows), epoch)));
    var inOrder = new TreeMap<Integer, byte[]>(trained.collectAsMap());
    var models = new ArrayList<LinearClassifier>();
    for (var bytes : inOrder.values()) {
      models.add(model(bytes));
    }
    common.destroy();
    return Trainer.average(models);
  }

  private static List<Example> examples(Iterable<Row> rows) {
    var examples = new ArrayList<Example>();
    for (var row : rows) {
      var label = row.getBoolean(2) ? Label.GOOD : Label.BAD;
      examples.add(new Example(row.getString(0), row.getString(1), label));
    }
    return examples;
  }

  /** A trainer as it travels to the executors. */
  private record Shards(Units units, int epochs, long seed) implements Serializable {
    Trainer trainer() {
      return new Trainer(units, Trainer.SHARDS, epochs, Trainer.RATE, seed);
    }
  }

  /** The Pareto rule as it travels to the executors. */
  private record Pareto(double alpha, long seed) implements Serializable {}

  private record Judge(Scorer scorer, FilterStep.Rule rule, double limit, Pareto pareto)
      implements Pass.Each {

    @Override
    public Pass.Work open() throws IOException {
      var law = new ParetoRule(pareto.alpha(), pareto.seed());
      var opened = scorer.open();
      return new Pass.Work() {
        @Override
        public Outcome apply(Document document) {
          double score = Math.min(1, Math.max(0, opened.score(document.text())));
          return judged(document.withScore(score), score, law);
        }

        @Override
        public void close() {
          opened.close();
        }
      };
    }

    private Outcome judged(Document document, double score, ParetoRule law) {
      return switch (rule) {
        case SCORE -> Outcome.kept(document);
        case SPAM ->
            1 - score >= limit
                ? Outcome.dropped(document, new Decision("pangu_spam", 1 - score), null)
                : Outcome.kept(document);
        case QUALITY ->
            law.keeps(document.id(), score)
                ? Outcome.kept(document)
                : Outcome.dropped(document, new Decision("pangu_low_quality", score), null);
      };
    }
  }
}
