package org.millrace.gpu;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.columnar.InMemoryRelation;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionEnd;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart;
import org.apache.spark.sql.types.StructType;
import org.millrace.batch.job.BatchJob;
import org.millrace.command.Commands;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Runs a job on the CPU and asks RAPIDS' planner where each of its queries would run: those that
 * Spark really made of the job, with all that it caches.
 */
final class JobPlans extends SparkListener {

  private record Query(String phase, QueryExecution execution) {}

  private final Map<Long, String> phases = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Query> queries = new ConcurrentLinkedQueue<>();

  private JobPlans() {}

  /**
   * Runs a job that must end well.
   *
   * @return where its queries would run, by the phase of the job that made them, in their order;
   *     what came before the first phase is named after the job
   */
  static Map<String, Placement> of(BatchJob job, String... arguments) {
    var spark = Sessions.local();
    var plans = new JobPlans();
    // What an earlier job's last phase was is not this one's.
    spark.sparkContext().setJobDescription(null);
    spark.sparkContext().addSparkListener(plans);
    try {
      var said = new StringWriter();
      var line = Commands.commandLine(job).setErr(new PrintWriter(said, true));
      if (line.execute(arguments) != 0) {
        throw new AssertionError(said.toString());
      }
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new AssertionError("Spark's listeners are still at work", e);
    } finally {
      spark.sparkContext().removeSparkListener(plans);
    }
    spark.catalog().clearCache();
    return plans.placements(spark);
  }

  @Override
  public void onOtherEvent(SparkListenerEvent event) {
    if (event instanceof SparkListenerSQLExecutionStart start) {
      phases.put(start.executionId(), start.description());
    } else if (event instanceof SparkListenerSQLExecutionEnd end && end.qe() != null) {
      var description = phases.getOrDefault(end.executionId(), "");
      // "millrace JOB: PHASE", or where in Spark's code the query began.
      var phase = description.startsWith("millrace ") ? description.replaceFirst(".*?: ", "") : "";
      queries.add(new Query(phase, end.qe()));
    }
  }

  private Map<String, Placement> placements(SparkSession spark) {
    var all = new LinkedHashMap<String, Placement>();
    for (var query : queries) {
      var placement = Placement.of(dataset(query.execution()));
      for (var cached : cached(query.execution().withCachedData())) {
        placement = placement.and(Placement.of(Dataset.ofRows(classic(spark), cached)));
      }
      all.merge(query.phase(), placement, Placement::and);
    }
    return all;
  }

  private static Dataset<Row> dataset(QueryExecution execution) {
    return new Dataset<>(execution, Encoders.row(new StructType()));
  }

  private static org.apache.spark.sql.classic.SparkSession classic(SparkSession spark) {
    return (org.apache.spark.sql.classic.SparkSession) spark;
  }

  /** The plans below a plan whose rows were kept. */
  private static List<LogicalPlan> cached(LogicalPlan plan) {
    var below = new ArrayList<LogicalPlan>();
    for (var leaf : CollectionConverters.asJava(plan.collectLeaves())) {
      if (leaf instanceof InMemoryRelation relation) {
        below.add(relation.cacheBuilder().logicalPlan());
        below.addAll(cached(relation.cacheBuilder().logicalPlan()));
      }
    }
    return below;
  }
}
