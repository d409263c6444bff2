package org.millrace.streaming.placement.health;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one window of samples shows by itself.
 *
 * @param declaredGbps rate of the NIC in Gb/s; 0 where none is declared
 * @param counters as far as they are known
 */
record Conditions(double declaredGbps, HealthRules rules, Counters counters) {

  /**
   * The causes of alarm in a window.
   *
   * @param window samples in order of time
   */
  Set<Cause> found(List<NicSample> window) {
    var found = EnumSet.noneOf(Cause.class);
    for (var sample : window) {
      if (isBad(sample)) {
        found.add(Cause.of(sample.signal()));
      }
    }
    if (discardsRise(window)) {
      found.add(Cause.DISCARDS);
    }
    if (clockIsHeldDown(window)) {
      found.add(Cause.GPU_SLOWDOWN);
    }
    return found;
  }

  private boolean isBad(NicSample sample) {
    return switch (sample.signal()) {
      case STATE -> sample.value() != rules.activeState();
      case PHYSICAL_STATE -> sample.value() != rules.linkUp();
      case RATE -> sample.value() < rules.rateShare() * declaredGbps;
      case LINK_DOWNED -> counters.rise(sample).amount() > 0;
      case GPU_ERROR -> rules.gpuErrors().contains((int) sample.value());
      default -> false;
    };
  }

  /** A packet thrown away now and then is no trouble: what counts is how many a second. */
  private boolean discardsRise(List<NicSample> window) {
    var rises = new TreeMap<String, Counters.Rise>();
    for (var sample : window) {
      if (sample.signal() == Signal.DISCARDS) {
        rises.merge(sample.series(), counters.rise(sample), Counters.Rise::and);
      }
    }
    return rises.values().stream()
        .anyMatch(rise -> rise.perSecond(rules.windowMillis()) >= rules.discardsPerSecond());
  }

  /** A clock that is held down for a moment is no trouble: most of a window is. */
  private boolean clockIsHeldDown(List<NicSample> window) {
    int samples = 0;
    int slow = 0;
    for (var sample : window) {
      if (sample.signal() == Signal.GPU_SLOWDOWN) {
        samples++;
        slow += ((long) sample.value() & rules.slowdownReasons()) != 0 ? 1 : 0;
      }
    }
    return 2 * slow > samples;
  }
}
