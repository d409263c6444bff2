package org.millrace.streaming.placement.board;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.health.Advice;
import org.millrace.streaming.placement.health.Advisor;
import org.millrace.streaming.placement.health.DegradedEstate;
import org.millrace.streaming.placement.health.HealthEvent;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.plan.Planner;
import org.millrace.streaming.placement.plan.Unplaceable;
import org.millrace.streaming.placement.request.JobRequest;
import org.millrace.streaming.placement.request.RequestJson;

/**
 * Which jobs run where, and which wait. A job stays where it was placed until it ends, its nodes
 * go, or it asks anew, whereupon it is placed anew: that is how advice is taken. Those that wait
 * are served by priority, then time; one without a place lets others pass. The same events give the
 * same outcomes. Not thread-safe.
 */
public final class Board {

  private final Planner planner;
  private final double leastGain;
  private final TreeMap<String, Running> running = new TreeMap<>();
  private final TreeMap<String, Waiting> waiting = new TreeMap<>();
  private final TreeMap<String, HealthEvent> degraded = new TreeMap<>();
  private final Unusual unusual = new Unusual();

  /** Jobs that were advised on an open episode, by NIC. */
  private final TreeMap<String, TreeSet<String>> advised = new TreeMap<>();

  private Estate declared;
  private Estate estate;

  /** A job with a place. */
  record Running(String source, JobRequest request, Plan plan) {}

  /**
   * A job without.
   *
   * @param told whether it was said that it waits
   * @param before where it was, if it had a place
   */
  record Waiting(String source, JobRequest request, boolean told, Optional<Plan> before) {}

  /**
   * An empty board.
   *
   * @param leastGain share of an iteration's time that a move must save, 0 to 1
   */
  public Board(Planner planner, double leastGain) {
    this.planner = requireNonNull(planner, "planner is null");
    this.leastGain = leastGain;
  }

  /** The estate with the health of its NICs; none before the first. */
  public Optional<Estate> estate() {
    return Optional.ofNullable(estate);
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
      if (event instanceof BoardEvent.EstateSeen seen) {
        use(seen.estate());
      } else if (event instanceof BoardEvent.LinkWarned warned) {
        unusual.hear(warned.warning());
      } else if (event instanceof BoardEvent.HealthChanged health) {
        outcomes.addAll(change(health.event()));
      } else if (event instanceof BoardEvent.Requested requested) {
        hear(requested, ts, outcomes);
      }
    }
    schedule(ts, outcomes);
    return outcomes;
  }

  private void use(Estate changed) {
    declared = changed;
    estate = DegradedEstate.of(changed, degraded.values(), tflops());
    for (var job : List.copyOf(running.values())) {
      if (!holds(job.plan)) {
        running.remove(job.request.job());
        forget(job.request.job());
        waiting.put(
            job.request.job(), new Waiting(job.source, job.request, false, Optional.of(job.plan)));
      }
    }
    // Refused or not is to be seen anew.
    waiting.replaceAll((name, job) -> new Waiting(job.source, job.request, false, job.before));
  }

  private boolean holds(Plan plan) {
    return plan.nodes().stream()
        .allMatch(
            placed ->
                declared
                    .node(placed.host())
                    .map(node -> node.usableGpus() >= placed.slots())
                    .orElse(false));
  }

  private void hear(BoardEvent.Requested requested, long ts, List<Outcome> outcomes) {
    var name = requested.said().job();
    if (requested.said() instanceof RequestJson.Asks asks) {
      var before = running.remove(name);
      forget(name);
      waiting.put(
          name,
          new Waiting(
              requested.source(),
              asks.request(),
              false,
              before == null ? Optional.empty() : Optional.of(before.plan)));
      return;
    }
    boolean known = running.remove(name) != null | waiting.remove(name) != null;
    forget(name);
    outcomes.add(
        new Outcome.Ended(ts, name, known ? "it is over" : "it is over; it was not known here"));
  }

  private void forget(String job) {
    advised.values().forEach(jobs -> jobs.remove(job));
  }

  private void schedule(long ts, List<Outcome> outcomes) {
    if (estate == null) {
      return;
    }
    for (var job : waiting.values().stream().sorted(Board::inOrder).toList()) {
      var name = job.request.job();
      try {
        var plan = plan(job).withEventTime(ts);
        waiting.remove(name);
        running.put(name, new Running(job.source, job.request, plan));
        outcomes.add(new Outcome.Placed(ts, job.request, plan));
      } catch (Unplaceable e) {
        if (job.told) {
          continue;
        }
        var never = neverFits(job.request);
        if (never.isPresent()) {
          waiting.remove(name);
          outcomes.add(new Outcome.Refused(ts, job.source, job.request, never.get()));
        } else {
          waiting.put(name, new Waiting(job.source, job.request, true, job.before));
          outcomes.add(new Outcome.Waits(ts, job.request, e.getMessage()));
        }
      }
    }
  }

  private static int inOrder(Waiting one, Waiting other) {
    return one.request.compareTo(other.request);
  }

  private Plan plan(Waiting job) {
    var request = job.request.request();
    var busy = busy(job.request.job());
    var before = job.before.filter(plan -> plan.sizes().ranks() == request.gpus());
    if (before.isPresent() && request.tensor() != 0 && request.pipeline() != 0) {
      var sizes = before.get().sizes();
      if (sizes.tensor() == request.tensor()
          && sizes.pipeline() == request.pipeline()
          && sizes.order() == request.order()) {
        return planner.replan(before.get(), estate, busy, request);
      }
    }
    return planner.plan(estate, busy, request);
  }

  private Optional<String> neverFits(JobRequest job) {
    try {
      planner.plan(estate, job.request());
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
            job.plan.nodes().forEach(node -> busy.merge(node.host(), node.slots(), Integer::sum));
          }
        });
    return busy;
  }

  private List<Outcome> change(HealthEvent event) {
    var nic = event.host() + "/" + event.nic();
    boolean recovered = event.change() == HealthEvent.Change.RECOVERED;
    if (recovered) {
      degraded.remove(nic);
    } else {
      degraded.put(nic, event);
    }
    if (declared == null) {
      return List.of();
    }
    estate =
        DegradedEstate.again(estate, declared, event.host(), degraded.values(), tflops());
    Set<String> told = recovered ? advised.remove(nic) : null;
    var outcomes = new ArrayList<Outcome>();
    for (var job : running.values()) {
      var name = job.request.job();
      if (recovered && (told == null || !told.contains(name))) {
        continue;
      }
      var advisor = new Advisor<>(new OnBoard(job.request), leastGain);
      advisor
          .advise(name, job.plan, event, estate)
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

  private int tflops() {
    return (int) Math.round(planner.constants().gpuTflops());
  }

  /** Plans of a job beside the others. */
  private final class OnBoard implements Advisor.Planner<Plan> {

    private final JobRequest job;

    private OnBoard(JobRequest job) {
      this.job = job;
    }

    @Override
    public boolean uses(Plan plan, String host) {
      return plan.hosts().contains(host);
    }

    @Override
    public double iterationSeconds(Plan plan, Estate estate) {
      try {
        return planner
            .assess(estate, busy(job.job()), job.request(), plan.sizes(), plan.hosts())
            .cost()
            .iterationSeconds();
      } catch (Unplaceable e) {
        return Advice.NEVER;
      }
    }

    @Override
    public Optional<Plan> replan(Plan plan, Estate estate) {
      try {
        return Optional.of(planner.replan(plan, estate, busy(job.job()), job.request()));
      } catch (Unplaceable e) {
        return Optional.empty();
      }
    }
  }

  BoardState state() {
    return new BoardState(
        declared,
        List.copyOf(degraded.values()),
        List.copyOf(running.values()),
        List.copyOf(waiting.values()),
        Map.copyOf(advised),
        unusual.open());
  }

  /** Goes on where another board was. */
  void restore(BoardState state) {
    degraded.clear();
    state.degraded().forEach(event -> degraded.put(event.host() + "/" + event.nic(), event));
    state.unusual().forEach(unusual::hear);
    advised.clear();
    state.advised().forEach((nic, jobs) -> advised.put(nic, new TreeSet<>(jobs)));
    running.clear();
    waiting.clear();
    if (state.declared() != null) {
      use(state.declared());
    }
    state.running().forEach(job -> running.put(job.request().job(), job));
    state.waiting().forEach(job -> waiting.put(job.request().job(), job));
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
