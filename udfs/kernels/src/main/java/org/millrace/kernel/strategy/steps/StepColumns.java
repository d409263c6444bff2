package org.millrace.kernel.strategy.steps;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where a step log has its columns, found by name: those of a DataShop student-step export or of
 * the KDD Cup 2010, in any order, in any case and with or without the space before a parenthesis.
 * Immutable.
 */
public final class StepColumns implements Serializable {

  static final int ABSENT = -1;

  private static final long serialVersionUID = 1;

  /** The skill columns that are taken where none is named, the best first. */
  private static final List<String> PREFERRED =
      List.of("kc(subskills)", "kc(ktracedskills)", "kc(default)");

  /** Models that DataShop derives itself: one skill for all steps, or one for each. */
  private static final List<String> TRIVIAL = List.of("kc(single-kc)", "kc(unique-step)");

  private static final int SHOWN = 1000;

  private final List<String> names;
  private final int student;
  private final int hierarchy;
  private final int problem;
  private final int step;
  private final int skills;
  private final int outcome;
  private final int row;
  private final int view;
  private final int startTime;

  private StepColumns(List<String> names, String model) {
    this.names = names;
    student = required("Anon Student Id");
    hierarchy = required("Problem Hierarchy");
    problem = required("Problem Name");
    step = required("Step Name");
    skills = model == null ? chosenSkills() : named(model);
    int correct = place("Correct First Attempt");
    outcome = correct == ABSENT ? required("First Attempt", "Correct First Attempt") : correct;
    row = place("Row");
    view = place("Problem View");
    startTime = place("Step Start Time");
  }

  /**
   * The columns of a header.
   *
   * @param header the first line, without its end
   * @param model of the skills, such as {@code SubSkills} or {@code KC (Default)}; null for the
   *     first there is of SubSkills, KTracedSkills, Default, or the only one
   * @throws IllegalArgumentException one line that names a missing column and those there are
   */
  public static StepColumns of(String header, String model) {
    requireNonNull(header, "header is null");
    var text = header.startsWith("\uFEFF") ? header.substring(1) : header;
    return new StepColumns(List.copyOf(Cells.of(text, Integer.MAX_VALUE)), model);
  }

  /** Name of the skill column in use, as the header has it. */
  public String skillColumn() {
    return names.get(skills);
  }

  int count() {
    return names.size();
  }

  int student() {
    return student;
  }

  int hierarchy() {
    return hierarchy;
  }

  int problem() {
    return problem;
  }

  int step() {
    return step;
  }

  private int chosenSkills() {
    var models = places(name -> name.matches("kc ?\\(.*\\)"));
    for (var preferred : PREFERRED) {
      int place = first(models, preferred);
      if (place != ABSENT) {
        return place;
      }
    }
    var own = models.stream().filter(i -> !TRIVIAL.contains(normal(names.get(i)))).toList();
    if (own.size() == 1 || (own.isEmpty() && models.size() == 1)) {
      return (own.isEmpty() ? models : own).get(0);
    }
    throw new IllegalArgumentException(
        models.isEmpty()
            ? missing("no column of skills such as 'KC (Default)' or 'KC(SubSkills)'")
            : "several columns of skills, name one as the KC model: " + shown(models));
  }

  int skills() {
    return skills;
  }

  int outcome() {
    return outcome;
  }

  /** Whether outcomes are 0 and 1 rather than words. */
  boolean outcomeIsNumber() {
    return normal(names.get(outcome)).equals("correct first attempt");
  }

  String outcomeName() {
    return names.get(outcome);
  }

  int row() {
    return row;
  }

  int view() {
    return view;
  }

  int startTime() {
    return startTime;
  }

  boolean isHeader(List<String> cells) {
    return cells.equals(names);
  }

  private int named(String model) {
    int place = place(model);
    place = place == ABSENT ? place("KC(" + model + ")") : place;
    if (place == ABSENT) {
      var models = places(name -> name.matches("kc ?\\(.*\\)"));
      throw new IllegalArgumentException(
          models.isEmpty()
              ? missing("no KC model '" + model + "' and no other")
              : "no KC model '%s' among: %s".formatted(model, shown(models)));
    }
    return place;
  }

  private int required(String name, String... alternatives) {
    int place = place(name);
    if (place == ABSENT) {
      var wanted = alternatives.length == 0 ? "" : " or '" + alternatives[0] + "'";
      throw new IllegalArgumentException(missing("no column '" + name + "'" + wanted));
    }
    return place;
  }

  private String missing(String what) {
    return what
        + "; a student-step export of DataShop or the KDD Cup has them, separated by tabs; here are: "
        + shown(IntStream.range(0, names.size()).boxed().toList());
  }

  private String shown(List<Integer> places) {
    var text = places.stream().map(names::get).collect(Collectors.joining(", "));
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " ...";
  }

  private int place(String name) {
    return first(IntStream.range(0, names.size()).boxed().toList(), normal(name));
  }

  private int first(List<Integer> places, String normal) {
    return places.stream()
        .filter(i -> normal(names.get(i)).equals(normal))
        .findFirst()
        .orElse(ABSENT);
  }

  private List<Integer> places(Predicate<String> lowerCase) {
    return IntStream.range(0, names.size())
        .filter(i -> lowerCase.test(names.get(i).toLowerCase(Locale.ROOT)))
        .boxed()
        .toList();
  }

  private static String normal(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").replace(" (", "(");
  }
}
