package org.millrace.streaming.placement.board;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.millrace.streaming.placement.contend.QueuedJob;
import org.millrace.streaming.placement.contend.Way;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.plan.Planner;
import org.millrace.streaming.placement.request.JobRequest;

/**
 * Who could start if others moved. Nobody is moved: those others are advised, and take the advice
 * by asking anew, whereupon they are kept off the place that they make.
 */
final class Openings {

  private final Planner planner;
  private final TreeMap<String, Opening> open = new TreeMap<>();

  Openings(Planner planner) {
    this.planner = planner;
  }

  /** All, by name of the job that waits. */
  List<Opening> all() {
    return List.copyOf(open.values());
  }

  void restore(List<Opening> openings) {
    open.clear();
    openings.forEach(opening -> open.put(opening.job(), opening));
  }

  /** Takes note that a job gave up its place, or asked for another. */
  void left(String job) {
    open.replaceAll((waits, opening) -> opening.without(job));
  }

  /** GPUs, by host, that a job leaves to those that it was advised to make way for. */
  Map<String, Integer> keptFrom(String job) {
    var kept = new HashMap<String, Integer>();
    for (var opening : open.values()) {
      if (opening.moves().containsKey(job) && !opening.job().equals(job)) {
        opening.gpus().forEach((host, gpus) -> kept.merge(host, gpus, Integer::sum));
      }
    }
    return kept;
  }

  /**
   * Looks for a way for a job that has no place, unless one that was found still stands.
   *
   * @param running by name
   * @return advice to others, and to those who were asked in vain before
   */
  List<Outcome> seek(JobRequest job, Estate estate, TreeMap<String, Running> running, long ts) {
    var before = open.get(job.job());
    if (before != null && stands(before, estate, running)) {
      return List.of();
    }
    var outcomes = new ArrayList<>(close(job.job(), running, ts, "others took what it would free"));
    var jobs = new LinkedHashMap<QueuedJob, Plan>();
    running.values().forEach(other -> jobs.put(other.queued(), other.plan()));
    var way = Way.of(estate, planner, jobs, Running.queued(job));
    if (way.isPresent()) {
      for (var behind : all()) {
        outcomes.addAll(close(behind.job(), running, ts, job.job() + " is served before it"));
      }
      open.put(job.job(), Opening.of(job.job(), way.get()));
      for (var move : way.get().moves()) {
        outcomes.add(advised(job, running.get(move.job()).plan(), move, ts));
      }
    }
    return outcomes;
  }

  /** What jobs a waiting one could start after; empty: none that could. */
  String words(String job) {
    return Optional.ofNullable(open.get(job))
        .map(opening -> "; it could start after " + String.join(", ", opening.left()) + " moved")
        .orElse("");
  }

  private static boolean stands(Opening opening, Estate estate, TreeMap<String, Running> running) {
    if (!running.keySet().containsAll(opening.left())) {
      return false;
    }
    var busy = new HashMap<String, Integer>();
    running.forEach(
        (name, other) -> {
          if (!opening.left().contains(name)) {
            other.plan().nodes().forEach(n -> busy.merge(n.host(), n.slots(), Integer::sum));
          }
        });
    return opening.gpus().entrySet().stream()
        .allMatch(
            need ->
                estate.node(need.getKey()).map(node -> node.usableGpus()).orElse(0)
                        - busy.getOrDefault(need.getKey(), 0)
                    >= need.getValue());
  }

  private static Outcome advised(JobRequest waits, Plan plan, Way.Move move, long ts) {
    return new Outcome.MakesWay(
        ts,
        plan,
        waits.job(),
        Optional.of(move),
        String.format(
            Locale.ROOT,
            "%s, priority %d, could start here; it costs %.0f s, then %.3f s an iteration instead"
                + " of %.3f s",
            waits.job(),
            waits.priority(),
            move.seconds(),
            move.plan().cost().iterationSeconds(),
            plan.cost().iterationSeconds()));
  }

  /** Takes back what others were advised for a job. */
  List<Outcome> close(String job, TreeMap<String, Running> running, long ts, String why) {
    var opening = open.remove(job);
    if (opening == null) {
      return List.of();
    }
    return opening.left().stream()
        .filter(running::containsKey)
        .<Outcome>map(
            name ->
                new Outcome.MakesWay(
                    ts,
                    running.get(name).plan(),
                    job,
                    Optional.empty(),
                    "no need to make way for " + job + ": " + why))
        .collect(Collectors.toList());
  }
}
