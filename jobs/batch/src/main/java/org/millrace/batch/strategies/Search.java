package org.millrace.batch.strategies;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.kernel.strategy.graph.Node;
import org.millrace.kernel.strategy.refine.CoarseToFine;
import org.millrace.kernel.strategy.refine.CoarseToFine.Round;

/**
 * Looks for the clusters of learners and of problems whose keys hold the most alike instances: from
 * few clusters to many, until it gets hardly better.
 *
 * @param keys the clusters that were chosen
 * @param scores of their keys
 * @param rounds all that were tried, in order
 */
record Search(Keys keys, KeyScores scores, List<Tried> rounds) {

  /** What a round must gain to go on. */
  private static final double LEAST_GAIN = .01;

  /** Steps between two of the schedule, for the last look. */
  private static final int BETWEEN = 4;

  /**
   * A round.
   *
   * @param studentLambda λ of the learners
   * @param problemLambda λ of the problems
   * @param students clusters of learners
   * @param problems clusters of problems
   * @param score total, NaN if no key says anything
   * @param best whether it was chosen
   */
  record Tried(
      double studentLambda,
      double problemLambda,
      int students,
      int problems,
      double score,
      boolean best) {}

  /** How many clusters are wanted; 0 for as many as are found. */
  record Wanted(int students, int problems) {}

  private record Result(Keys keys, KeyScores scores) {}

  /**
   * @param instances with {@code skills} and {@code weights}
   * @param seed of all choices
   */
  static Search run(Dataset<Row> instances, NodeVectors vectors, Wanted wanted, long seed) {
    try (var students = Groups.of(vectors, Node.Kind.STUDENT, wanted.students(), seed);
        var problems = Groups.of(vectors, Node.Kind.PROBLEM, wanted.problems(), seed)) {
      return run(instances, vectors, wanted, students, problems, seed);
    }
  }

  private static Search run(
      Dataset<Row> instances,
      NodeVectors vectors,
      Wanted wanted,
      Groups students,
      Groups problems,
      long seed) {
    var ofStudents = levels(students, wanted.students());
    var ofProblems = levels(problems, wanted.problems());
    BiFunction<Double, Double, Round<Result>> round =
        (studentPlace, problemPlace) -> {
          var keys =
              new Keys(ofStudents.at().apply(studentPlace), ofProblems.at().apply(problemPlace));
          var scores = KeyScores.of(instances, keys, vectors, seed);
          return new Round<>(0, scores.total(), new Result(keys, scores));
        };
    var places = new double[Math.max(ofStudents.count(), ofProblems.count())];
    for (int i = 0; i < places.length; i++) {
      places[i] = i;
    }
    var found =
        CoarseToFine.<Result>run(
            places,
            LEAST_GAIN,
            place -> {
              var tried = round.apply(place, place);
              return new Round<>(place, tried.score(), tried.result());
            });
    var rounds = new ArrayList<>(found.rounds());
    var best = found.best();
    double at = best.lambda();
    // A step of the schedule may split more than it needs to, and one kind more than the other.
    if (ofStudents.count() > 1) {
      best = coarser(best, at, place -> round.apply(place, at), rounds);
    }
    if (ofProblems.count() > 1) {
      var chosen = best.result().keys().students();
      best =
          coarser(
              best,
              at,
              place -> {
                var keys = new Keys(chosen, ofProblems.at().apply(place));
                var scores = KeyScores.of(instances, keys, vectors, seed);
                return new Round<>(0, scores.total(), new Result(keys, scores));
              },
              rounds);
    }
    var chosen = best;
    return new Search(
        best.result().keys(),
        best.result().scores(),
        rounds.stream().map(each -> tried(each, each == chosen)).toList());
  }

  /** The coarsest of the steps before a place that is hardly worse; the best itself if none is. */
  private static Round<Result> coarser(
      Round<Result> best,
      double place,
      DoubleFunction<Round<Result>> round,
      List<Round<Result>> rounds) {
    for (double back = Math.min(1, place); back > 0; back -= 1.0 / BETWEEN) {
      var tried = round.apply(place - back);
      rounds.add(tried);
      if (tried.score() >= best.score() - LEAST_GAIN) {
        return tried;
      }
    }
    return best;
  }

  /**
   * As many clusters in other vectors of the same nodes.
   *
   * @param keys how many there are of each kind
   * @param seed of the starts
   */
  static Keys again(NodeVectors vectors, Keys keys, long seed) {
    return new Keys(
        again(vectors, Node.Kind.STUDENT, keys.students().clusters(), seed),
        again(vectors, Node.Kind.PROBLEM, keys.problems().clusters(), seed));
  }

  private static Grouping again(NodeVectors vectors, Node.Kind kind, int clusters, long seed) {
    try (var groups = Groups.of(vectors, kind, clusters, seed)) {
      return groups.wanted(clusters);
    }
  }

  private static Levels levels(Groups groups, int wanted) {
    return wanted > 0
        ? new Levels(1, place -> groups.wanted(wanted))
        : levels(groups, groups.schedule());
  }

  private static Levels levels(Groups groups, double[] schedule) {
    return new Levels(schedule.length, place -> groups.at(at(schedule, place)));
  }

  /**
   * Clusters of one kind, from few to many.
   *
   * @param count places of the schedule, from 0
   * @param at the clusters at a place, or between two
   */
  private record Levels(int count, DoubleFunction<Grouping> at) {}

  /** λ at a place of a schedule or between two; the finest there is, once it is at its end. */
  private static double at(double[] schedule, double place) {
    int last = schedule.length - 1;
    int before = Math.min(last, (int) place);
    double part = Math.min(last, place) - before;
    return schedule[before]
        * Math.pow(schedule[Math.min(last, before + 1)] / schedule[before], part);
  }

  private static Tried tried(Round<Result> round, boolean best) {
    var keys = round.result().keys();
    return new Tried(
        keys.students().lambda(),
        keys.problems().lambda(),
        keys.students().clusters(),
        keys.problems().clusters(),
        round.score(),
        best);
  }
}
