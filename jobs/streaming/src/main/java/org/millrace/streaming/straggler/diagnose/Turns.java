package org.millrace.streaming.straggler.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Who was slow lately in all of a job's communicators, to tell a bad machine from uneven work. */
final class Turns {

  /** While work is uneven, slow steps that make a rank a suspect nevertheless. */
  private static final int NEVERTHELESS = 8;

  /** How unlikely it must be that a rank is slow by chance. */
  private static final double CHANCE = 0.002;

  /** Of a step: a step's end may come a little later than usual. */
  private static final double SHARE = 0.5;

  private final Settings settings;
  private final List<Wandering> communicators = new ArrayList<>();

  Turns(Settings settings) {
    this.settings = settings;
  }

  void watch(Wandering communicator) {
    communicators.add(communicator);
  }

  /**
   * Whether a rank that was slow in enough of the last steps is so by itself, not by chance:
   * whether it is unlikely that of so many ranks one was slow as often, at the rate at which others
   * were slow now and then.
   *
   * @param in the communicator that it was slow in
   * @param ranks of that communicator
   * @param stepUs usual time of a step
   */
  boolean isOwnFault(String id, Wandering in, int ranks, long nowUs, double stepUs) {
    int steps = settings.ofSteps();
    int lately = in.turns().getOrDefault(id, 0);
    long sinceUs = nowUs - (long) ((steps - SHARE) * stepUs);
    var turns = new TreeMap<String, Integer>();
    for (var communicator : communicators) {
      if (communicator.isUneven() && lately < NEVERTHELESS) {
        return false;
      }
      communicator.turns(sinceUs).forEach((rank, count) -> turns.merge(rank, count, Math::max));
    }
    int own =
        Math.min(steps, Math.max(settings.openFlags(), in.turns(sinceUs).getOrDefault(id, 0)));
    turns.remove(id);
    int others = 0;
    for (int count : turns.values()) {
      others += count < settings.openFlags() ? count : 0;
    }
    if (others == 0) {
      return true;
    }
    int all = Math.max(ranks, turns.size() + 1);
    // One more than was seen: a few steps say little of a rate.
    double rate = (others + 1.0) / (steps * Math.max(1, all - 1));
    return all * binomial(steps, own) * Math.pow(rate, own) < CHANCE;
  }

  private static double binomial(int n, int k) {
    double ways = 1;
    for (int i = 0; i < k; i++) {
      ways = ways * (n - i) / (i + 1);
    }
    return ways;
  }
}
