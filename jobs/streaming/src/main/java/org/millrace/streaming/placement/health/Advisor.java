package org.millrace.streaming.placement.health;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.millrace.streaming.placement.estate.Estate;

/**
 * Turns events of health into advice for the jobs that they touch: one piece of advice an event and
 * job, so that a flapping NIC, which is one episode, gives one.
 *
 * @param planner predicts and plans
 * @param leastGain share of the time of an iteration that a move must save, 0 to 1
 * @param <P> a placement
 */
public record Advisor<P>(Planner<P> planner, double leastGain) {

  /** Moving a job costs a restart: it must save 2 % of each iteration. DECIDED. */
  public static final double LEAST_GAIN = 0.02;

  /**
   * What the planner is asked for.
   *
   * @param <P> a placement
   */
  public interface Planner<P> {

    /** Whether a job runs on a host. */
    boolean uses(P placement, String host);

    /** Predicted seconds of an iteration of a placement on an estate. */
    double iterationSeconds(P placement, Estate estate);

    /** The best placement of the same job on an estate; none if it no longer fits. */
    Optional<P> replan(P placement, Estate estate);
  }

  public Advisor {
    requireNonNull(planner, "planner is null");
  }

  /**
   * The advice for a job.
   *
   * @param placement where the job is
   * @param estate with the event taken into it, see {@link DegradedEstate}
   * @return none if the job does not run on the event's host
   */
  public Optional<Advice<P>> advise(String job, P placement, HealthEvent event, Estate estate) {
    if (!planner.uses(placement, event.host())) {
      return Optional.empty();
    }
    double before = planner.iterationSeconds(placement, estate);
    if (event.change() == HealthEvent.Change.RECOVERED) {
      return Optional.of(stay(job, Advice.Kind.WITHDRAWN, event, before, "it recovered"));
    }
    var why = event.causes().stream().sorted().map(Cause::words).collect(Collectors.joining(", "));
    var other = planner.replan(placement, estate);
    if (other.isEmpty()) {
      return Optional.of(
          stay(job, Advice.Kind.STAY, event, before, why + "; the job fits nowhere else"));
    }
    double after = planner.iterationSeconds(other.get(), estate);
    if (after == Advice.NEVER || !(after <= before * (1 - leastGain))) {
      return Optional.of(
          stay(job, Advice.Kind.STAY, event, before, why + "; no other place is enough better"));
    }
    return Optional.of(
        new Advice<>(
            job,
            Advice.Kind.MOVE,
            event,
            before,
            after,
            other,
            reason(
                event,
                "%s; %s where the job is, %.3f s elsewhere"
                    .formatted(why, seconds(before), after))));
  }

  private static String seconds(double iteration) {
    return iteration == Advice.NEVER
        ? "no iteration"
        : String.format(Locale.ROOT, "%.3f s an iteration", iteration);
  }

  private static <P> Advice<P> stay(
      String job, Advice.Kind kind, HealthEvent event, double before, String why) {
    return new Advice<>(job, kind, event, before, before, Optional.empty(), reason(event, why));
  }

  private static String reason(HealthEvent event, String why) {
    var nic = event.nic().isEmpty() ? "the network" : event.nic();
    return "%s of %s: %s".formatted(nic, event.host(), why);
  }
}
