package org.millrace.streaming.placement.contend;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.plan.Planner;
import org.millrace.streaming.placement.plan.Unplaceable;

/**
 * Runs a trace through several policies, each on the same empty estate. A gang runs as much longer
 * than the trace says as its iteration takes longer than that of the best plan on the idle estate.
 */
public final class Replay {

  /** How the trace is run. */
  public enum Mode {
    /** Jobs come at their time and leave when they are done. */
    EVENT_TIME,
    /** Jobs come one by one and stay; those without a place are passed over. */
    FILL
  }

  private final Estate estate;
  private final List<QueuedJob> jobs;
  private final Planner planner;
  private final double speedUp;
  private final Map<List<Object>, Double> idleSeconds = new HashMap<>();

  /** Something that happens to a job. */
  private record Event(double time, boolean end, QueuedJob job) {

    /** Ends first, so that what they free can be had at once. */
    static final Comparator<Event> ORDER =
        Comparator.comparingDouble(Event::time)
            .thenComparing(event -> !event.end)
            .thenComparing(event -> event.job.name());
  }

  /**
   * Of a trace.
   *
   * @param speedUp times faster than in the trace that jobs come, positive; they run as long
   */
  public Replay(Estate estate, List<QueuedJob> jobs, Planner planner, double speedUp) {
    this.estate = requireNonNull(estate, "estate is null");
    this.planner = requireNonNull(planner, "planner is null");
    if (!(speedUp > 0)) {
      throw new IllegalArgumentException("speedUp is " + speedUp + "; give a positive one");
    }
    this.speedUp = speedUp;
    this.jobs =
        jobs.stream()
            .map(job -> arriving(job, job.submitted() / speedUp))
            .sorted(bySubmission())
            .toList();
  }

  private static Comparator<QueuedJob> bySubmission() {
    return Comparator.comparingDouble(QueuedJob::submitted).thenComparing(QueuedJob::name);
  }

  private static QueuedJob arriving(QueuedJob job, double time) {
    return new QueuedJob(
        job.name(), job.priority(), time, job.seconds(), job.demand(), job.moveSeconds());
  }

  /** Ours, first fit, consolidation and Megatron's default order, in this order. */
  public List<ReplayResult> run(Mode mode) {
    var mix = Fragmentation.of(jobs);
    return List.of(
            new FabricAware(planner, mix),
            new ListedNodes(ListedNodes.Listing.FIRST_FIT, planner),
            new ListedNodes(ListedNodes.Listing.CONSOLIDATE, planner),
            new ListedNodes(ListedNodes.Listing.MEGATRON, planner))
        .stream()
        .map(policy -> run(mode, policy, mix))
        .toList();
  }

  ReplayResult run(Mode mode, Policy policy, Fragmentation mix) {
    var queue = new GangQueue(estate, policy, GangQueue.MOVE_SHARE);
    var tally = new Tally(policy.name(), queue.cluster(), mix);
    if (mode == Mode.FILL) {
      fill(queue, tally);
    } else {
      byTime(queue, tally);
    }
    return tally.result();
  }

  private void fill(GangQueue queue, Tally tally) {
    for (var job : jobs) {
      queue.submit(job);
      var started = queue.schedule();
      if (started.isEmpty()) {
        queue.finish(job.name());
        tally.refused(queue.cluster());
      }
      started.forEach(one -> tally.started(one, job.submitted()));
      tally.look(queue.cluster());
    }
  }

  private void byTime(GangQueue queue, Tally tally) {
    var events = new PriorityQueue<>(Event.ORDER);
    var ends = new HashMap<String, Double>();
    jobs.forEach(job -> events.add(new Event(job.submitted(), false, job)));
    while (!events.isEmpty()) {
      double time = events.peek().time;
      tally.time(time);
      while (!events.isEmpty() && events.peek().time == time) {
        var event = events.poll();
        if (!event.end) {
          queue.submit(event.job);
        } else if (ends.getOrDefault(event.job.name(), -1.0) == time) {
          ends.remove(event.job.name());
          queue.finish(event.job.name());
          tally.ended(event.job, time);
        }
      }
      for (var started : queue.schedule()) {
        tally.started(started, time);
        double end = time + started.job().seconds() * slowDown(started);
        ends.put(started.job().name(), end);
        events.add(new Event(end, true, started.job()));
        for (var moved : started.moved()) {
          double later = ends.get(moved.job().name()) + moved.job().moveSeconds();
          ends.put(moved.job().name(), later);
          events.add(new Event(later, true, moved.job()));
        }
      }
      if (!queue.waiting().isEmpty()) {
        tally.waits(queue.cluster());
      }
      tally.look(queue.cluster());
    }
    queue.waiting().forEach(job -> tally.refused(queue.cluster()));
  }

  /** Times that a gang's iteration takes of what it would on the idle estate; 1 for a pod. */
  private double slowDown(GangQueue.Started started) {
    if (!(started.job().demand() instanceof Demand.Gang gang)) {
      return 1;
    }
    var request = gang.request();
    List<Object> shape =
        List.of(
            request.model(),
            request.gpus(),
            request.globalBatch(),
            request.microBatch(),
            request.tensor(),
            request.pipeline());
    var plan = started.spot().plan().orElseThrow();
    double idle = idleSeconds.computeIfAbsent(shape, unseen -> idleSeconds(gang, plan));
    return Math.max(1, plan.cost().iterationSeconds() / idle);
  }

  private double idleSeconds(Demand.Gang gang, Plan fallback) {
    try {
      return planner.plan(estate, gang.request()).cost().iterationSeconds();
    } catch (Unplaceable e) {
      return fallback.cost().iterationSeconds();
    }
  }
}
