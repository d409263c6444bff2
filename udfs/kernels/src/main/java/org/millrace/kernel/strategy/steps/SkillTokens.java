package org.millrace.kernel.strategy.steps;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for skills, as models take them: skills from {@link #FIRST} in the order of their names,
 * below it what is no skill. The same skills, the same numbers. Immutable.
 */
public final class SkillTokens implements Serializable {

  /** An incorrect first attempt, as a target. */
  public static final int INCORRECT = 0;

  /** A correct first attempt, as a target. */
  public static final int CORRECT = 1;

  /** Fills short sequences up. */
  public static final int PAD = 2;

  /** Before the first skill. */
  public static final int BEGIN = 3;

  /** After the last skill. */
  public static final int END = 4;

  /** Of the first skill. */
  public static final int FIRST = 5;

  private static final long serialVersionUID = 1;

  private final String[] names;
  private final Map<String, Integer> places = new HashMap<>();

  private SkillTokens(String[] names) {
    this.names = names;
    for (int i = 0; i < names.length; i++) {
      places.put(names[i], i);
    }
  }

  /**
   * Numbers for skills.
   *
   * @param skills names, in any order, any number of times each
   */
  public static SkillTokens of(Collection<String> skills) {
    return new SkillTokens(skills.stream().distinct().sorted().toArray(String[]::new));
  }

  /** How many numbers there are, those below {@link #FIRST} among them. */
  public int size() {
    return FIRST + names.length;
  }

  /**
   * Number of a skill.
   *
   * @param skill a name it was made with
   * @throws IllegalArgumentException for another
   */
  public int token(String skill) {
    var place = places.get(skill);
    if (place == null) {
      throw new IllegalArgumentException("no number for the skill '" + skill + "'");
    }
    return FIRST + place;
  }

  /**
   * Skill of a number.
   *
   * @param token from {@link #FIRST}, below {@link #size}
   */
  public String skill(int token) {
    return names[token - FIRST];
  }

  /**
   * A strategy between {@link #BEGIN} and {@link #END}.
   *
   * @param skills names it was made with
   */
  public int[] sequence(List<String> skills) {
    var tokens = new int[skills.size() + 2];
    tokens[0] = BEGIN;
    for (int i = 0; i < skills.size(); i++) {
      tokens[i + 1] = token(skills.get(i));
    }
    tokens[tokens.length - 1] = END;
    return tokens;
  }

  /**
   * What a decoder gave, up to {@link #END}; numbers of no skill before it are left out.
   *
   * @param tokens below {@link #size}
   */
  public List<String> skills(int[] tokens) {
    return Arrays.stream(tokens)
        .takeWhile(token -> token != END)
        .filter(token -> token >= FIRST)
        .mapToObj(this::skill)
        .toList();
  }
}
