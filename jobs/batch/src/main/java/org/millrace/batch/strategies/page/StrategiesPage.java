package org.millrace.batch.strategies.page;

import static org.millrace.batch.page.Html.count;
import static org.millrace.batch.page.Html.number;
import static org.millrace.batch.page.Html.percent;
import static org.millrace.batch.page.Html.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.millrace.batch.strategies.trial.Contest.Measured;
import org.millrace.batch.strategies.trial.Example;
import org.millrace.kernel.strategy.equity.PredictiveEquality;
import org.millrace.kernel.strategy.equity.PredictiveEquality.Interval;
import org.millrace.kernel.strategy.sample.Representative;

/**
 * The report page: one HTML file without scripts and without anything from elsewhere. It names no
 * learner, and shows nothing of fewer than {@link #LEAST} of them. What comes from the input is
 * escaped where it is put in.
 *
 * @param input where the instances came from
 * @param embedding in words
 * @param instances how many
 * @param sampled how many of them the training sample has
 * @param learners and their clusters
 * @param problems and theirs
 * @param rounds of the search for clusters
 * @param ways strategies of the largest keys
 * @param measured predictors
 * @param groups accuracies of groups of learners
 * @param manifest of the run
 */
public record StrategiesPage(
    String input,
    String embedding,
    long instances,
    long sampled,
    Drawing learners,
    Drawing problems,
    List<Round> rounds,
    List<Way> ways,
    List<Measured> measured,
    List<Group> groups,
    String manifest) {

  /** Learners that something must be true of to be shown. */
  public static final int LEAST = 10;

  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";
  private static final int KEYS = 40;
  private static final int MEDOID_OF = 200;
  private static final int DRAWS = 1000;
  private static final double CERTAIN = .05;

  /** A round of the search. */
  public record Round(int learners, int problems, double score, boolean best) {}

  /**
   * How a cluster of learners solves a cluster of problems.
   *
   * @param learners the cluster
   * @param problems the cluster
   * @param instances of both
   * @param distinct different strategies among them
   * @param medoid the strategy most like the others
   */
  public record Way(int learners, int problems, int instances, int distinct, List<String> medoid) {}

  /**
   * Accuracies by group of learners, from the weakest.
   *
   * @param sample what the predictor was trained on
   * @param model the predictor
   * @param accuracies a group each, with 95 % intervals
   * @param students of each group
   * @param gap between the best and the worst, with its interval
   * @param ratio of the worst to the best
   * @param chance of a gap as large if groups didn't matter
   */
  public record Group(
      String sample,
      String model,
      List<Interval> accuracies,
      int[] students,
      Interval gap,
      double ratio,
      double chance) {

    /**
     * @param seed of the draws
     */
    public static Group of(String sample, String model, PredictiveEquality equality, long seed) {
      return new Group(
          sample,
          model,
          IntStream.range(0, equality.students().length)
              .mapToObj(g -> equality.accuracy(g, DRAWS, seed))
              .toList(),
          equality.students(),
          equality.gap(DRAWS, seed),
          equality.ratio(),
          equality.equalityTest(DRAWS, seed));
    }
  }

  /**
   * The largest keys of instances, each by its medoid.
   *
   * @param least learners of a key for it to be shown, such as {@link #LEAST}
   */
  public static List<Way> ways(List<Example> examples, int least) {
    var keys =
        examples.stream()
            .collect(
                Collectors.groupingBy(
                    e -> List.of(e.studentCluster(), e.problemCluster()),
                    () ->
                        new TreeMap<List<Integer>, List<Example>>(
                            Comparator.comparing((List<Integer> k) -> k.get(0))
                                .thenComparing(k -> k.get(1))),
                    Collectors.toList()));
    var ways = new ArrayList<Way>();
    keys.forEach(
        (key, members) -> {
          if (members.stream().map(Example::student).distinct().count() >= least) {
            ways.add(
                new Way(
                    key.get(0),
                    key.get(1),
                    members.size(),
                    (int) members.stream().map(Example::skills).distinct().count(),
                    Representative.medoid(
                        members.stream().limit(MEDOID_OF).map(Example::skills).toList())));
          }
        });
    return ways.stream()
        .sorted(Comparator.comparingInt(Way::instances).reversed())
        .limit(KEYS)
        .sorted(Comparator.comparingInt(Way::problems).thenComparingInt(Way::learners))
        .toList();
  }

  /** The page. */
  public String html() {
    return String.join(
        "\n",
        "<!DOCTYPE html>",
        "<html lang=\"en\"><head><meta charset=\"utf-8\"/><title>Strategies</title>",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>",
        "<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\"/>",
        "<style>",
        style(),
        "</style></head><body>",
        "<header><h1>Strategies</h1>",
        "<p class=\"path\">" + text(input) + "</p>",
        tiles(),
        "</header><main>",
        "<section><h2>Clusters <small>"
            + text(embedding)
            + "; the plane in which the vectors differ most</small></h2>",
        "<div class=\"pair\">" + learners.svg() + problems.svg() + "</div></section>",
        search(),
        examples(),
        curves(),
        equity(),
        "<section><h2>Manifest</h2><details><summary>_millrace.json</summary><pre>"
            + text(manifest)
            + "</pre></details></section>",
        "</main></body></html>",
        "");
  }

  private String tiles() {
    return "<div class=\"tiles\">"
        + tile(count(instances), "instances")
        + tile(count(learners.size()), learners.what() + " in " + learners.clusters() + " clusters")
        + tile(count(problems.size()), problems.what() + " in " + problems.clusters() + " clusters")
        + tile(count(sampled), "instances in the training sample")
        + "</div>";
  }

  private static String tile(String value, String label) {
    return "<div><b>%s</b>%s</div>".formatted(value, label);
  }

  private String search() {
    if (rounds.size() < 2) {
      return "";
    }
    var rows =
        rounds.stream()
            .map(
                round ->
                    "<tr%s><td class=\"n\">%d</td><td class=\"n\">%d</td><td class=\"n\">%s</td></tr>"
                        .formatted(
                            round.best() ? " class=\"best\"" : "",
                            round.learners(),
                            round.problems(),
                            digits(round.score(), 4)))
            .collect(Collectors.joining("\n"));
    return "<section><h2>Search <small>from few clusters to many, until instances of a key get"
        + " hardly more alike</small></h2><div class=\"wide\"><table><tr><th>clusters of "
        + learners.what()
        + "</th><th>of "
        + problems.what()
        + "</th><th>score</th></tr>\n"
        + rows
        + "</table></div></section>";
  }

  private String examples() {
    if (ways.isEmpty()) {
      return "";
    }
    var rows =
        ways.stream()
            .map(
                way ->
                    ("<tr><td class=\"n\">%d</td><td class=\"n\">%d</td><td class=\"n\">%s</td>"
                            + "<td class=\"n\">%s</td><td>%s</td></tr>")
                        .formatted(
                            way.problems(),
                            way.learners(),
                            count(way.instances()),
                            count(way.distinct()),
                            strategy(way.medoid())))
            .collect(Collectors.joining("\n"));
    return "<section><h2>Strategies <small>how a cluster of "
        + learners.what()
        + " solves a cluster of "
        + problems.what()
        + "; the largest "
        + ways.size()
        + " pairs</small></h2><div class=\"wide\"><table><tr><th>"
        + problems.what()
        + "</th><th>"
        + learners.what()
        + "</th><th>instances</th><th>different</th><th>the one most like the others</th></tr>\n"
        + rows
        + "</table></div></section>";
  }

  private static String strategy(List<String> skills) {
    return skills.stream()
        .map(skill -> "<span class=\"skill\" dir=\"auto\">" + text(skill) + "</span>")
        .collect(Collectors.joining(" "));
  }

  private String curves() {
    if (measured.isEmpty()) {
      return "";
    }
    var rows =
        measured.stream()
            .map(
                each ->
                    ("<tr><td>%s</td><td>%s</td><td class=\"n\">%s %%</td><td class=\"n\">%s</td>"
                            + "<td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td>"
                            + "<td class=\"n\">%s</td></tr>")
                        .formatted(
                            each.share() == 1 ? "all" : name(each),
                            text(each.model()),
                            number(100 * each.share()),
                            count(each.size()),
                            percent(each.accuracy().jaccard(), 1),
                            percent(each.accuracy().sets(), 1),
                            percent(each.accuracy().exact(), 1),
                            each.accuracy().equality().map(e -> percent(e.gap(), 1)).orElse("–")))
            .collect(Collectors.joining("\n"));
    return "<section><h2>Prediction <small>of held-out strategies, from samples of growing"
        + " size</small></h2>"
        + Curves.svg(measured)
        + "<details><summary>All numbers</summary><div class=\"wide\"><table><tr><th>sample</th>"
        + "<th>predictor</th><th>share</th><th>instances</th><th>Jaccard</th><th>right set</th>"
        + "<th>exact</th><th>gap of groups</th></tr>\n"
        + rows
        + "</table></div></details></section>";
  }

  static String name(Measured each) {
    return each.method().name().toLowerCase(Locale.ROOT);
  }

  private String equity() {
    var shown =
        groups.stream()
            .filter(group -> IntStream.of(group.students()).allMatch(n -> n >= LEAST))
            .toList();
    if (shown.isEmpty()) {
      return "";
    }
    var rows = new StringBuilder();
    for (var group : shown) {
      rows.append(
          "<tr><td>%s</td><td>%s</td>".formatted(text(group.sample()), text(group.model())));
      for (int g = 0; g < group.accuracies().size(); g++) {
        var accuracy = group.accuracies().get(g);
        rows.append(
            "<td class=\"n\">%s <small>%s to %s</small></td>"
                .formatted(
                    percent(accuracy.value(), 1),
                    percent(accuracy.low(), 1),
                    percent(accuracy.high(), 1)));
      }
      rows.append(
          "<td class=\"n\">%s <small>to %s</small></td><td class=\"n\">%s</td><td>%s</td></tr>\n"
              .formatted(
                  percent(group.gap().value(), 1),
                  percent(group.gap().high(), 1),
                  digits(group.ratio(), 3),
                  group.chance() < CERTAIN
                      ? "unequal (p = %s)".formatted(digits(group.chance(), 3))
                      : "nothing against equality (p = %s)".formatted(digits(group.chance(), 3))));
    }
    int count = shown.get(0).accuracies().size();
    var heads =
        IntStream.range(0, count)
            .mapToObj(
                g ->
                    "<th>%s <small>%d</small></th>"
                        .formatted(
                            g == 0 ? "weakest" : g == count - 1 ? "strongest" : "group " + (g + 1),
                            shown.get(0).students()[g]))
            .collect(Collectors.joining());
    return "<section><h2>Equity <small>Jaccard accuracy by skill of the learners, with 95 %"
        + " intervals</small></h2><div class=\"wide\"><table><tr><th>sample</th><th>predictor</th>"
        + heads
        + "<th>gap</th><th>worst / best</th><th>groups are</th></tr>\n"
        + rows
        + "</table></div></section>";
  }

  static String digits(double value, int digits) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "–";
  }

  private static String style() {
    try (var in = StrategiesPage.class.getResourceAsStream("strategies.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
