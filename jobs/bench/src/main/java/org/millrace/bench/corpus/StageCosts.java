package org.millrace.bench.corpus;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * What each step of a job costs, by the job description that {@code Run.phase} sets: for {@code
 * spark.extraListeners}. Prints a line a step when the application ends.
 */
public final class StageCosts extends SparkListener {

  /** Before each line that is for the bench. */
  static final String MARK = "@cost ";

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** What the process has used so far; that of a step is between its first job and the next's. */
  private record Mark(String step, long wall, long cpu) {}

  private static final class Sums {
    private long jobs;
    private long tasks;
    private long shuffle;
    private long spilled;
    private long peak;
  }

  private final Map<Integer, String> steps = new HashMap<>();
  private final Map<String, Sums> sums = new LinkedHashMap<>();
  private final List<Mark> marks = new ArrayList<>();

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    var description = start.properties().getProperty("spark.job.description", "reading");
    var step = description.substring(description.lastIndexOf(' ') + 1);
    if (marks.isEmpty() || !marks.get(marks.size() - 1).step().equals(step)) {
      marks.add(new Mark(step, System.nanoTime(), SYSTEM.getProcessCpuTime()));
    }
    of(step).jobs++;
    start.stageIds().foreach(id -> steps.put((Integer) id, step));
  }

  private Sums of(String step) {
    return sums.computeIfAbsent(step, s -> new Sums());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    var metrics = end.taskMetrics();
    if (metrics == null) {
      return;
    }
    var sum = of(steps.getOrDefault(end.stageId(), "reading"));
    sum.tasks++;
    sum.shuffle += metrics.shuffleWriteMetrics().bytesWritten();
    sum.spilled += metrics.diskBytesSpilled();
    sum.peak = Math.max(sum.peak, metrics.peakExecutionMemory());
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd end) {}

  @Override
  public void onApplicationEnd(SparkListenerApplicationEnd end) {
    marks.add(new Mark("", System.nanoTime(), SYSTEM.getProcessCpuTime()));
    for (int i = 0; i + 1 < marks.size(); i++) {
      var mark = marks.get(i);
      var next = marks.get(i + 1);
      var sum = of(mark.step());
      System.out.printf(
          MARK + "%s %.3f %.3f %d %d %d %d %d%n",
          mark.step(),
          (next.wall() - mark.wall()) / 1e9,
          (next.cpu() - mark.cpu()) / 1e9,
          sum.shuffle,
          sum.spilled,
          sum.peak,
          sum.jobs,
          sum.tasks);
    }
  }
}
