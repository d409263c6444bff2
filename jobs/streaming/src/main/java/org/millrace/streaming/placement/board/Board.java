package org.millrace.streaming.placement.board;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.health.Advice;
import org.millrace.streaming.placement.health.Advisor;
import org.millrace.streaming.placement.health.HealthEvent;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.plan.Planner;
import org.millrace.streaming.placement.plan.Unplaceable;
import org.millrace.streaming.placement.request.JobRequest;
import org.millrace.streaming.placement.request.RequestJson;

/**
 * Which jobs run where, and which wait. A job stays where it was placed until it ends, its nodes
 * go, or it asks anew, whereupon it is placed anew: that is how advice is taken. Those that wait
 * are served by priority, then time; one without a place lets others pass, and has those advised to
 * move that can, if that gives it one. The same events give the same outcomes. Not thread-safe.
 */
public final class Board {

  private final Planner planner;
  private final double leastGain;
  private final TreeMap<String, Running> running = new TreeMap<>();
  private final TreeMap<String, Waiting> waiting = new TreeMap<>();
  private final LiveEstate estate;
  private final Openings openings;
  private final Unusual unusual = new Unusual();

  /** Jobs that were advised on an open episode, by NIC. */
  private final TreeMap<String, TreeSet<String>> advised = new TreeMap<>();

  /** Jobs for which no way was found, of which none can be until others come or go. */
  private final Set<String> stuck = new HashSet<>();

  /**
   * An empty board.
   *
   * @param leastGain share of an iteration's time that a move must save, 0 to 1
   */
  public Board(Planner planner, double leastGain) {
    this.planner = requireNonNull(planner, "planner is null");
    this.leastGain = leastGain;
    estate = new LiveEstate((int) Math.round(planner.constants().gpuTflops()));
    openings = new Openings(planner);
  }

  /** The estate with the health of its NICs and GPUs; none before the first. */
  public Optional<Estate> estate() {
    return Optional.ofNullable(estate.now());
  }

  /** The plans of jobs that have a place, by name of the job. */
  public List<Plan> plans() {
    return running.values().stream().map(Running::plan).toList();
  }

  /**
   * Takes in events of one moment.
   *
   * @param events in order
   * @param ts event time of the moment, milliseconds since 1970 UTC
   * @return what follows, in order
   */
  public List<Outcome> apply(List<BoardEvent> events, long ts) {
    var outcomes = new ArrayList<Outcome>();
    for (var event : events) {
      if (event instanceof BoardEvent.LinkWarned warned) {
        unusual.hear(warned.warning());
        continue;
      }
      if (event instanceof BoardEvent.EstateSeen seen) {
        stuck.clear();
        use(seen.estate());
      } else if (event instanceof BoardEvent.HealthChanged health) {
        outcomes.addAll(change(health.event()));
      } else if (event instanceof BoardEvent.Requested requested) {
        stuck.clear();
        hear(requested, ts, outcomes);
      }
    }
    schedule(ts, outcomes);
    return outcomes;
  }

  private void use(Estate changed) {
    estate.use(changed);
    for (var job : List.copyOf(running.values())) {
      if (!holds(job.plan())) {
        forget(job.request().job());
        waiting.put(
            job.request().job(),
            new Waiting(job.source(), job.request(), false, Optional.of(job.plan())));
      }
    }
    // Refused or not is to be seen anew.
    waiting.replaceAll((name, job) -> job.told(false));
  }

  private boolean holds(Plan plan) {
    return plan.nodes().stream()
        .allMatch(placed -> estate.declaredGpus(placed.host()) >= placed.slots());
  }

  private void hear(BoardEvent.Requested requested, long ts, List<Outcome> outcomes) {
    var name = requested.said().job();
    var before = forget(name);
    if (requested.said() instanceof RequestJson.Asks asks) {
      outcomes.addAll(openings.close(name, running, ts, "it asked anew"));
      waiting.put(
          name, new Waiting(requested.source(), asks.request(), false, before.map(Running::plan)));
      return;
    }
    boolean known = before.isPresent() | waiting.remove(name) != null;
    outcomes.addAll(openings.close(name, running, ts, "it is over"));
    outcomes.add(
        new Outcome.Ended(ts, name, known ? "it is over" : "it is over; it was not known here"));
  }

  /** Frees what a job has. */
  private Optional<Running> forget(String job) {
    advised.values().forEach(jobs -> jobs.remove(job));
    openings.left(job);
    return Optional.ofNullable(running.remove(job));
  }

  private void schedule(long ts, List<Outcome> outcomes) {
    if (!estate.isKnown()) {
      return;
    }
    for (var job : waiting.values().stream().sorted(Board::inOrder).toList()) {
      var name = job.request().job();
      try {
        var plan = plan(job).withEventTime(ts);
        waiting.remove(name);
        outcomes.addAll(openings.close(name, running, ts, "it has a place"));
        running.put(name, new Running(job.source(), job.request(), plan));
        outcomes.add(new Outcome.Placed(ts, job.request(), plan));
      } catch (Unplaceable e) {
        wait(job, e.getMessage(), ts, outcomes);
      }
    }
  }

  private static int inOrder(Waiting one, Waiting other) {
    return one.request().compareTo(other.request());
  }

  private void wait(Waiting job, String why, long ts, List<Outcome> outcomes) {
    var name = job.request().job();
    if (!job.told()) {
      var never = neverFits(job.request());
      if (never.isPresent()) {
        waiting.remove(name);
        outcomes.add(new Outcome.Refused(ts, job.source(), job.request(), never.get()));
        return;
      }
    }
    var asked =
        stuck.contains(name) || hasOpeningBefore(job)
            ? List.<Outcome>of()
            : openings.seek(job.request(), estate.now(), running, ts);
    var way = openings.words(name);
    if (way.isEmpty()) {
      stuck.add(name);
    }
    if (!job.told() || !asked.isEmpty()) {
      waiting.put(name, job.told(true));
      outcomes.add(new Outcome.Waits(ts, job.request(), why + way));
    }
    outcomes.addAll(asked);
  }

  /** Others make way for one job at a time, the first in order of service. */
  private boolean hasOpeningBefore(Waiting job) {
    return openings.all().stream()
        .map(opening -> waiting.get(opening.job()))
        .anyMatch(other -> other != null && inOrder(other, job) < 0);
  }

  private Plan plan(Waiting job) {
    var name = job.request().job();
    var kept = openings.keptFrom(name);
    if (!kept.isEmpty()) {
      var busy = busy(name);
      kept.forEach((host, gpus) -> busy.merge(host, gpus, Integer::sum));
      try {
        return plan(job, busy);
      } catch (Unplaceable e) {
        // Then it can't make way any more.
      }
    }
    return plan(job, busy(name));
  }

  private Plan plan(Waiting job, Map<String, Integer> busy) {
    var request = job.request().request();
    var before = job.before().filter(plan -> plan.sizes().ranks() == request.gpus());
    if (before.isPresent() && request.tensor() != 0 && request.pipeline() != 0) {
      var sizes = before.get().sizes();
      if (sizes.tensor() == request.tensor()
          && sizes.pipeline() == request.pipeline()
          && sizes.order() == request.order()) {
        return planner.replan(before.get(), estate.now(), busy, request);
      }
    }
    return planner.plan(estate.now(), busy, request);
  }

  private Optional<String> neverFits(JobRequest job) {
    try {
      planner.plan(estate.now(), job.request());
      return Optional.empty();
    } catch (Unplaceable e) {
      return Optional.of(e.getMessage());
    }
  }

  /** GPUs that jobs have, but for one of them, by host. */
  private Map<String, Integer> busy(String but) {
    var busy = new HashMap<String, Integer>();
    running.forEach(
        (name, job) -> {
          if (!name.equals(but)) {
            job.plan().nodes().forEach(node -> busy.merge(node.host(), node.slots(), Integer::sum));
          }
        });
    return busy;
  }

  private List<Outcome> change(HealthEvent event) {
    estate.hear(event);
    if (!estate.isKnown()) {
      return List.of();
    }
    var nic = LiveEstate.nic(event);
    boolean recovered = event.change() == HealthEvent.Change.RECOVERED;
    Set<String> told = recovered ? advised.remove(nic) : null;
    var outcomes = new ArrayList<Outcome>();
    for (var job : running.values()) {
      var name = job.request().job();
      if (recovered && (told == null || !told.contains(name))) {
        continue;
      }
      var beside = new BesideOthers(planner, job.request().request(), busy(name));
      new Advisor<>(beside, leastGain)
          .advise(name, job.plan(), event, estate.now())
          .map(advice -> recovered ? advice : advice.with(unusual.words(event)))
          .ifPresent(
              advice -> {
                outcomes.add(new Outcome.Advised(event.until(), advice));
                if (advice.kind() != Advice.Kind.WITHDRAWN) {
                  advised.computeIfAbsent(nic, unseen -> new TreeSet<>()).add(name);
                }
              });
    }
    return outcomes;
  }

  BoardState state() {
    return new BoardState(
        estate.declared(),
        estate.degraded(),
        List.copyOf(running.values()),
        List.copyOf(waiting.values()),
        Map.copyOf(advised),
        unusual.open(),
        openings.all());
  }

  /** Goes on where another board was. */
  void restore(BoardState state) {
    state.degraded().forEach(estate::hear);
    if (state.declared() != null) {
      estate.use(state.declared());
    }
    state.unusual().forEach(unusual::hear);
    state.advised().forEach((nic, jobs) -> advised.put(nic, new TreeSet<>(jobs)));
    state.running().forEach(job -> running.put(job.request().job(), job));
    state.waiting().forEach(job -> waiting.put(job.request().job(), job));
    openings.restore(state.openings());
  }

  /** All that is known, as JSON. */
  public String write() {
    return state().json();
  }

  /** A board that goes on where the one was that wrote the JSON. */
  public static Board read(String json, Planner planner, double leastGain) {
    var board = new Board(planner, leastGain);
    board.restore(BoardState.parse(json));
    return board;
  }
}
