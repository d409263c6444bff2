package org.millrace.kernel.clean;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * Rules in the order in which they are asked.
 *
 * @param name the dialect
 */
public record RulePack(String name, List<Rule> rules) {

  /** Copies the list. */
  public RulePack {
    requireNonNull(name, "name is null");
    rules = List.copyOf(rules);
  }

  /** The first rule that drops the document, with what it measured; later ones are not asked. */
  public Decision judge(DocumentStatistics document) {
    for (var rule : rules) {
      var decision = rule.judge(document);
      if (!decision.kept()) {
        return decision;
      }
    }
    return Decision.KEPT;
  }

  /** Every rule that would drop the document, in order; empty if it passes. */
  public List<Decision> failures(DocumentStatistics document) {
    return rules.stream().map(rule -> rule.judge(document)).filter(d -> !d.kept()).toList();
  }

  /**
   * The same pack with one rule's threshold changed.
   *
   * @throws IllegalArgumentException if the pack has no such rule
   */
  public RulePack with(String rule, double threshold) {
    var changed = new ArrayList<>(rules);
    changed.replaceAll(r -> r.name().equals(rule) ? r.with(threshold) : r);
    if (rules.stream().noneMatch(r -> r.name().equals(rule))) {
      throw new IllegalArgumentException(
          "rule pack " + name + " has no rule \"" + rule + "\"; it has " + ruleNames());
    }
    return new RulePack(name, changed);
  }

  private List<String> ruleNames() {
    return rules.stream().map(Rule::name).toList();
  }
}
