package org.millrace.bench.inference;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.millrace.batch.inference.Embeddings;
import org.millrace.batch.inference.model.BundledModel;
import org.millrace.batch.inference.model.Encoded;
import org.millrace.batch.inference.model.SharedModels;
import org.millrace.udf.Functions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sentences a second and core that are embedded, beside the plain call of ONNX Runtime. */
@Command(name = "embed", mixinStandardHelpOptions = true, description = "Times embeddings.")
public final class EmbedBench implements Callable<Integer> {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final int BATCH = 32;

  @Option(
      names = "--sentences",
      defaultValue = "2000",
      description = "How many. Default: ${DEFAULT-VALUE}.")
  int count;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description =
          "Runs of each, the first to warm up; the best counts. Default: ${DEFAULT-VALUE}.")
  int runs;

  private interface Work {
    void run() throws Exception;
  }

  /** Prints the table. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new EmbedBench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    var spark =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", "false").getOrCreate();
    Functions.register(spark);
    System.out.println("| model | way | sentences/s of one core | of the plain call |");
    System.out.println("|---|---|---|---|");
    for (var model : BundledModel.values()) {
      compare(model, spark);
    }
    spark.stop();
    return 0;
  }

  private void compare(BundledModel model, SparkSession spark) throws Exception {
    var texts = Sentences.of(model, count);
    var function = model == BundledModel.BGE_ZH ? "embed_zh(value)" : "embed_en(value)";
    var table = spark.createDataset(texts, Encoders.STRING()).toDF().coalesce(1).cache();
    table.count();
    try (var lease = SharedModels.lease(model.spec());
        var plain = new PlainOnnx(model)) {
      var encoder = lease.model().encoder();
      var tokens = texts.stream().map(encoder::encode).toList();

      double call =
          rate(
              () -> {
                for (var text : tokens) {
                  plain.run(List.of(text));
                }
              });
      print(model, "plain ONNX Runtime, tokens given, one text a call", call, call);
      double batched = rate(() -> batches(tokens, plain));
      print(model, "the same, 32 a call by length: other numbers, see the docs", batched, call);
      print(
          model,
          "TextModel, text to vector",
          rate(() -> lease.model().apply(model.task(), texts)),
          call);
      print(
          model,
          "Embeddings.of, a table in Spark",
          rate(() -> drain(Embeddings.of(table, "value", model))),
          call);
      print(model, function + " in Spark", rate(() -> drain(table.selectExpr(function))), call);
    }
    table.unpersist();
  }

  private static void batches(List<Encoded> texts, PlainOnnx plain) throws Exception {
    var sorted = new ArrayList<>(texts);
    sorted.sort((a, b) -> Integer.compare(a.length(), b.length()));
    for (int i = 0; i < sorted.size(); i += BATCH) {
      plain.run(sorted.subList(i, Math.min(i + BATCH, sorted.size())));
    }
  }

  private static void drain(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }

  /** Sentences by the CPU time of the process, which a busy machine tells better than the clock. */
  private double rate(Work work) throws Exception {
    double best = 0;
    for (int run = 0; run < runs; run++) {
      long before = SYSTEM.getProcessCpuTime();
      work.run();
      best = Math.max(best, count / ((SYSTEM.getProcessCpuTime() - before) / 1e9));
    }
    return best;
  }

  private static void print(BundledModel model, String way, double rate, double plain) {
    System.out.printf("| %s | %s | %,.0f | %.2f |%n", model, way, rate, rate / plain);
  }
}
