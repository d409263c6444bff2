package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.millrace.streaming.straggler.diagnose.Blame.Link;

/** Which suspects had hot links in so many windows running that it is an incident. */
final class LinkVerdicts {

  private static final String SOURCE = "links";

  private final Settings settings;
  private final Incidents incidents;
  private final TreeMap<String, Streak> streaks = new TreeMap<>();

  LinkVerdicts(Settings settings, Incidents incidents) {
    this.settings = settings;
    this.incidents = incidents;
  }

  /**
   * Takes a window.
   *
   * @param hot links, each with how many times its usual it takes
   * @param all links that were measured
   */
  void take(
      Map<Link, Double> hot,
      Set<Link> all,
      long startUs,
      long endUs,
      Function<String, Member> member) {
    var seen = new TreeSet<String>();
    for (var suspect :
        Blame.explain(new TreeSet<>(hot.keySet()), all, settings.hotShare(), member)) {
      seen.add(suspect.key());
      double worst = worst(suspect, hot);
      var streak =
          streaks.computeIfAbsent(suspect.key(), key -> new Streak(List.of(suspect), startUs));
      streak.clean = 0;
      streak.lastUs = endUs;
      if (streak.open) {
        incidents.seen(streak.key(), worst, endUs);
      } else if (++streak.hot == settings.hotWindows()) {
        streak.open = true;
        open(streak, suspect, worst, hot.size(), all.size(), endUs);
      }
    }
    streaks
        .entrySet()
        .removeIf(
            entry -> {
              var streak = entry.getValue();
              if (seen.contains(entry.getKey())) {
                return false;
              }
              streak.clean++;
              if (streak.open && streak.clean >= settings.hotWindows()) {
                incidents.close(SOURCE, streak.key(), streak.lastUs, endUs);
                return true;
              }
              return !streak.open;
            });
  }

  private static double worst(Suspect suspect, Map<Link, Double> hot) {
    double worst = 0;
    for (var link : hot.entrySet()) {
      boolean from = link.getKey().src().equals(suspect.member().id());
      boolean to = link.getKey().dst().equals(suspect.member().id());
      boolean its =
          switch (suspect.kind()) {
            case LINK -> from && link.getKey().dst().equals(suspect.peer().id());
            case SENDER -> from;
            case RECEIVER -> to;
            case NIC, RANK -> from || to;
          };
      worst = its ? Math.max(worst, link.getValue()) : worst;
    }
    return worst;
  }

  private void open(Streak streak, Suspect suspect, double worst, int hot, int links, long endUs) {
    var evidence = new TreeMap<String, Double>();
    evidence.put("delay_over_usual", worst);
    evidence.put("hot_links", (double) hot);
    evidence.put("links", (double) links);
    evidence.put("windows", (double) streak.hot);
    incidents.open(
        SOURCE,
        new Finding(
            Cause.COMMUNICATION_SLOW,
            streak.suspects,
            "",
            Finding.NO_OPERATION,
            streak.startUs,
            endUs,
            worst,
            evidence,
            String.format(
                Locale.ROOT,
                "%s: a byte takes up to %.2f times as long as over the other links, in %d windows of %d s running",
                suspect.text(),
                worst,
                streak.hot,
                settings.linkWindow().toSeconds())));
  }

  /** Windows in a row in which a suspect was at fault. */
  private static final class Streak {

    private final List<Suspect> suspects;
    private final long startUs;
    private long lastUs;
    private int hot;
    private int clean;
    private boolean open;

    private Streak(List<Suspect> suspects, long startUs) {
      this.suspects = suspects;
      this.startUs = startUs;
    }

    private String key() {
      return Finding.key(Cause.COMMUNICATION_SLOW, suspects);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(streaks.size());
    for (var streak : streaks.values()) {
      streak.suspects.get(0).write(out);
      out.writeLong(streak.startUs);
      out.writeLong(streak.lastUs);
      out.writeInt(streak.hot);
      out.writeInt(streak.clean);
      out.writeBoolean(streak.open);
    }
  }

  void read(DataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      var suspect = Suspect.read(in);
      var streak = new Streak(List.of(suspect), in.readLong());
      streak.lastUs = in.readLong();
      streak.hot = in.readInt();
      streak.clean = in.readInt();
      streak.open = in.readBoolean();
      streaks.put(suspect.key(), streak);
    }
  }
}
