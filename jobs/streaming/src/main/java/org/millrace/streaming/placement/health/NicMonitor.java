package org.millrace.streaming.placement.health;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Watches one NIC, or a GPU. Samples wait until their window is closed, so that their order of
 * arrival does not matter; a window is judged by what is in it, one without samples says nothing.
 * An episode opens with the first window that proves a cause and closes after a number of good
 * windows in succession; each relapse doubles that number, so that a slow flapping is one episode
 * too. Not thread-safe.
 */
public final class NicMonitor {

  /** Samples that wait at most; a NIC sends a few dozen in the time that a watermark lags. */
  static final int MOST_WAITING = 20_000;

  private final String host;
  private final String nic;
  private final HealthRules rules;
  private final List<NicSample> waiting = new ArrayList<>();
  private final Conditions conditions;
  private final BusBaselines baselines;
  private final Set<Cause> causes = EnumSet.noneOf(Cause.class);
  private long closedUntil;
  private int lowWindows;
  private long lastBandwidth;
  private int goodWindows;
  private int relapses;
  private int episode;

  /**
   * A monitor that goes on where another was.
   *
   * @param nic empty for the host's network as a whole
   * @param declaredGbps rate of the NIC in Gb/s; 0 where none is declared, then no rate is too low
   * @param state of the other, {@link NicState#NEW} for a new one
   */
  public NicMonitor(
      String host, String nic, double declaredGbps, HealthRules rules, NicState state) {
    this.host = requireNonNull(host, "host is null");
    this.nic = requireNonNull(nic, "nic is null");
    this.rules = requireNonNull(rules, "rules is null");
    this.conditions = new Conditions(declaredGbps, rules, new Counters(state));
    this.baselines = new BusBaselines(rules, state);
    this.closedUntil = state.closedUntil();
    this.lowWindows = state.lowWindows();
    this.lastBandwidth = state.lastBandwidth();
    this.goodWindows = state.goodWindows();
    this.relapses = state.relapses();
    this.episode = state.episode();
    for (var cause : Cause.values()) {
      if ((state.causes() >> cause.ordinal() & 1) == 1) {
        causes.add(cause);
      }
    }
    for (int i = 0; i < state.waitingSignal().length; i++) {
      waiting.add(
          new NicSample(
              host,
              nic,
              Signal.values()[state.waitingSignal()[i]],
              state.waitingSeries()[i],
              state.waitingTs()[i],
              state.waitingValue()[i]));
    }
  }

  /**
   * Takes a sample.
   *
   * @return whether it counts: not if it is late, its window being closed; or if too many wait
   */
  public boolean add(NicSample sample) {
    if (sample.ts() < closedUntil || waiting.size() >= MOST_WAITING) {
      return false;
    }
    waiting.add(sample);
    return true;
  }

  /**
   * Closes the windows that a watermark has passed.
   *
   * @param watermark no sample of this time, milliseconds since 1970 UTC, or before is to come
   * @return what they prove, in order of time
   */
  public List<HealthEvent> advance(long watermark) {
    if (watermark == Long.MAX_VALUE) {
      return close(Long.MAX_VALUE);
    }
    return close(Math.floorDiv(watermark + 1, rules.windowMillis()) * rules.windowMillis());
  }

  private List<HealthEvent> close(long until) {
    if (until <= closedUntil) {
      return List.of();
    }
    closedUntil = until;
    // Equal times in order of value, so that they are no counter that begins anew.
    waiting.sort(Comparator.comparingLong(NicSample::ts).thenComparingDouble(NicSample::value));
    int ready = 0;
    while (ready < waiting.size() && waiting.get(ready).ts() < until) {
      ready++;
    }
    var events = new ArrayList<HealthEvent>();
    var due = waiting.subList(0, ready);
    for (int from = 0; from < due.size(); ) {
      long window = Math.floorDiv(due.get(from).ts(), rules.windowMillis());
      int to = from;
      while (to < due.size() && Math.floorDiv(due.get(to).ts(), rules.windowMillis()) == window) {
        to++;
      }
      judge(window * rules.windowMillis(), due.subList(from, to)).ifPresent(events::add);
      from = to;
    }
    due.clear();
    if (until != Long.MAX_VALUE) {
      silence(until).ifPresent(events::add);
    }
    return List.copyOf(events);
  }

  /** A host on which no collective runs any more can't show that its bandwidth is back. */
  private Optional<HealthEvent> silence(long until) {
    if (!causes.contains(Cause.BUS_BANDWIDTH)
        || until - lastBandwidth <= rules.silentWindows() * rules.windowMillis()) {
      return Optional.empty();
    }
    var event = event(HealthEvent.Change.RECOVERED, until - rules.windowMillis(), causes);
    causes.remove(Cause.BUS_BANDWIDTH);
    lowWindows = 0;
    return causes.isEmpty() ? Optional.of(event) : Optional.empty();
  }

  private Optional<HealthEvent> judge(long from, List<NicSample> window) {
    var found = conditions.found(window);
    var told = EnumSet.noneOf(Cause.class);
    for (var sample : window) {
      told.add(Cause.of(sample.signal()));
      if (sample.signal() == Signal.BUS_BANDWIDTH) {
        lastBandwidth = from;
      }
    }
    judgeBandwidth(window, found);
    if (!found.isEmpty()) {
      goodWindows = 0;
      boolean opens = causes.isEmpty();
      causes.addAll(found);
      if (!opens) {
        return Optional.empty();
      }
      episode++;
      return Optional.of(event(HealthEvent.Change.DEGRADED, from, found));
    }
    // A cause of which the window tells nothing may still be there.
    if (lowWindows > 0 || !told.containsAll(causes)) {
      return Optional.empty();
    }
    return good(from);
  }

  private void judgeBandwidth(List<NicSample> window, Set<Cause> found) {
    var share = baselines.share(window);
    if (share.isPresent() && share.getAsDouble() < rules.busShare()) {
      lowWindows++;
      if (lowWindows >= rules.busWindows()) {
        found.add(Cause.BUS_BANDWIDTH);
      }
      return;
    }
    if (share.isPresent()) {
      lowWindows = 0;
    }
    if (found.isEmpty() && causes.isEmpty()) {
      baselines.learn(window);
    }
  }

  private Optional<HealthEvent> good(long from) {
    goodWindows++;
    if (causes.isEmpty()) {
      if (goodWindows >= rules.forgetWindows()) {
        relapses = 0;
      }
      return Optional.empty();
    }
    long asked =
        Math.min(rules.longestRecovery(), (long) rules.recoveryWindows() << Math.min(relapses, 16));
    if (goodWindows < asked) {
      return Optional.empty();
    }
    var event = event(HealthEvent.Change.RECOVERED, from, causes);
    causes.clear();
    goodWindows = 0;
    relapses++;
    return Optional.of(event);
  }

  private HealthEvent event(HealthEvent.Change change, long from, Set<Cause> why) {
    return new HealthEvent(host, nic, change, episode, from, from + rules.windowMillis(), why);
  }

  /** Whether an episode is open. */
  public boolean isDegraded() {
    return !causes.isEmpty();
  }

  /** All that is known, for another monitor to go on with. */
  public NicState state() {
    return new NicState(
        closedUntil,
        waiting.stream().mapToInt(sample -> sample.signal().ordinal()).toArray(),
        waiting.stream().map(NicSample::series).toArray(String[]::new),
        waiting.stream().mapToLong(NicSample::ts).toArray(),
        waiting.stream().mapToDouble(NicSample::value).toArray(),
        conditions.counters().signals(),
        conditions.counters().series(),
        conditions.counters().times(),
        conditions.counters().values(),
        baselines.series(),
        baselines.values(),
        baselines.windows(),
        lowWindows,
        lastBandwidth,
        causes.stream().mapToInt(cause -> 1 << cause.ordinal()).sum(),
        goodWindows,
        relapses,
        episode);
  }
}
