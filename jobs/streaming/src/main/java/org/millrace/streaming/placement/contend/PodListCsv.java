package org.millrace.streaming.placement.contend;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.plan.ModelShape;
import org.millrace.streaming.placement.plan.Request;

/**
 * Pods of Alibaba's GPU traces of 2023. A pod runs from when it was scheduled, or created where it
 * never was, until it was deleted.
 */
public final class PodListCsv {

  private static final String HEADER =
      "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,"
          + "deletion_time,scheduled_time";
  private static final int FIELDS = 11;
  private static final int WHOLE_NODE = 8;
  private static final int BATCH_PER_REPLICA = 64;

  private PodListCsv() {}

  /**
   * Reads a list.
   *
   * @param source of the text, for errors
   * @throws UserError in one line: other columns, a number that is none, a name that is there twice
   */
  public static List<QueuedJob> parse(String source, String text) {
    var jobs = new ArrayList<QueuedJob>();
    var names = new HashSet<String>();
    int number = 0;
    for (var line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (number == 1 && !line.strip().equals(HEADER)) {
        throw new UserError("%s line 1: the columns are not %s", source, HEADER);
      }
      if (number > 1 && !line.isBlank()) {
        var job = job(source, number, line.split(",", -1));
        if (!names.add(job.name())) {
          throw new UserError(
              "%s line %d: the pod %s is there twice; remove one", source, number, job.name());
        }
        jobs.add(job);
      }
    }
    if (jobs.isEmpty()) {
      throw new UserError("%s: no pods in it; give a list with a line each", source);
    }
    return List.copyOf(jobs);
  }

  private static QueuedJob job(String source, int number, String[] fields) {
    if (fields.length != FIELDS || fields[0].isBlank()) {
      throw new UserError(
          "%s line %d: %d fields, not the %d of %s", source, number, fields.length, FIELDS, HEADER);
    }
    int created = whole(source, number, "creation_time", fields[8]);
    int deleted = whole(source, number, "deletion_time", fields[9]);
    int scheduled =
        fields[10].isBlank() ? created : whole(source, number, "scheduled_time", fields[10]);
    if (deleted < scheduled) {
      throw new UserError(
          "%s line %d: the pod %s is deleted before it begins; mend its times",
          source, number, fields[0]);
    }
    int gpus = whole(source, number, "num_gpu", fields[3]);
    try {
      var pod =
          new Demand.Pod(
              whole(source, number, "cpu_milli", fields[1]),
              whole(source, number, "memory_mib", fields[2]),
              gpus,
              gpus == 0 ? 0 : whole(source, number, "gpu_milli", fields[4]));
      return new QueuedJob(
          fields[0], 0, created, deleted - (double) scheduled, pod, QueuedJob.FIXED);
    } catch (IllegalArgumentException e) {
      throw new UserError("%s line %d: %s", source, number, e.getMessage());
    }
  }

  private static int whole(String source, int number, String name, String text) {
    try {
      int value = new BigDecimal(text.strip()).intValueExact();
      if (value >= 0) {
        return value;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // said below
    }
    throw new UserError("%s line %d: %s is '%s'; give a whole number", source, number, name, text);
  }

  /**
   * The same jobs with gangs among them, as no pod of the trace leaves its node: each pod of eight
   * GPUs becomes a job of several nodes. Results on it are synthetic.
   *
   * @param nodes that each of them takes, at least 1; 1: the jobs as they are
   * @param model that they train
   */
  public static List<QueuedJob> withGangs(List<QueuedJob> jobs, int nodes, ModelShape model) {
    if (nodes < 1) {
      throw new IllegalArgumentException("gangs of %d nodes; give at least 1".formatted(nodes));
    }
    return jobs.stream().map(job -> nodes == 1 ? job : gang(job, nodes, model)).toList();
  }

  private static QueuedJob gang(QueuedJob job, int nodes, ModelShape model) {
    if (!(job.demand() instanceof Demand.Pod pod) || pod.count() != WHOLE_NODE) {
      return job;
    }
    int gpus = WHOLE_NODE * nodes;
    int stages = nodes % 2 == 0 ? 2 : 1;
    int replicas = gpus / stages;
    var request =
        Request.of(job.name(), model, gpus, BATCH_PER_REPLICA * replicas, 1).withSizes(1, stages);
    return new QueuedJob(
        job.name(),
        job.priority(),
        job.submitted(),
        job.seconds(),
        new Demand.Gang(request),
        job.moveSeconds());
  }
}
