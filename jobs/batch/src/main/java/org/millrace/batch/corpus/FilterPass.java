package org.millrace.batch.corpus;

import static org.apache.spark.sql.functions.lit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.command.UserError;
import org.millrace.kernel.clean.Decision;
import org.millrace.kernel.model.Example;
import org.millrace.kernel.model.FastTextModel;
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
    var context = JavaSparkContext.fromSparkContext(work.spark().sparkContext());
    var model = options.fastText == null ? context.broadcast(model(work, context)) : null;
    var fastText = options.fastText == null ? null : options.fastText.toString();
    var judge =
        new Judge(
            model,
            fastText,
            options.goodLabel,
            options.rule,
            options.limit,
            new Pareto(options.alpha, options.seed));
    return documents.mapPartitions(
        new Reading(List.of(new Reading.Part(STEP, judge)), -1), Encoders.row(Fate.SCHEMA));
  }

  private byte[] model(Workshop work, JavaSparkContext context) throws IOException {
    if (options.model != null) {
      return bytes(options.model);
    }
    var trainer =
        new Trainer(options.units, Trainer.SHARDS, options.epochs, Trainer.RATE, options.seed);
    var bytes = bytes(train(trainer, examples(work), context));
    work.write("model.bin", bytes);
    return bytes;
  }

  private static byte[] bytes(Path file) throws IOException {
    try {
      var bytes = Files.readAllBytes(file);
      LinearClassifier.read(new ByteArrayInputStream(bytes));
      return bytes;
    } catch (NoSuchFileException e) {
      throw new UserError("filter.model: no such file: %s", file);
    } catch (IOException e) {
      throw new UserError("filter.model: %s: %s", file, e.getMessage());
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

  private record Judge(
      Broadcast<byte[]> model,
      String fastText,
      String goodLabel,
      FilterStep.Rule rule,
      double limit,
      Pareto pareto)
      implements Pass.Each {

    @Override
    public Pass.Work open() throws IOException {
      var law = new ParetoRule(pareto.alpha(), pareto.seed());
      if (fastText == null) {
        var classifier = FilterPass.model(model.value());
        return document -> judged(document, classifier::probability, law);
      }
      var loaded = FastTextModel.load(Path.of(fastText));
      return new Pass.Work() {
        @Override
        public Outcome apply(Document document) {
          return judged(document, text -> good(loaded, text), law);
        }

        @Override
        public void close() {
          loaded.close();
        }
      };
    }

    /** The probability of the good label, if the model has two. */
    private double good(FastTextModel loaded, String text) {
      var likeliest = loaded.predict(text);
      if (likeliest.isEmpty()) {
        return 0.5;
      }
      var label = likeliest.get().label();
      boolean good = label.equals(goodLabel) || ("__label__" + label).equals(goodLabel);
      return good ? likeliest.get().probability() : 1 - likeliest.get().probability();
    }

    private Outcome judged(Document given, ToDoubleFunction<String> classifier, ParetoRule law) {
      double score = Math.min(1, Math.max(0, classifier.applyAsDouble(given.text())));
      var document = given.withScore(score);
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
