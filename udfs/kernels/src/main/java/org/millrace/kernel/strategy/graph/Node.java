package org.millrace.kernel.strategy.graph;

import java.io.Serializable;
import java.util.Comparator;
import org.millrace.kernel.strategy.steps.Instance;

/**
 * A node of the learner graph. Its kind keeps a student and a problem of one name apart.
 *
 * @param kind of the node
 * @param label id of a student, name of a skill, or hierarchy and name of a problem with a tab
 *     between
 */
public record Node(Kind kind, String label) implements Comparable<Node>, Serializable {

  private static final char SEPARATOR = '\t';

  private static final Comparator<Node> BY_NAME =
      Comparator.comparing(Node::kind).thenComparing(Node::label);

  /** Kinds of nodes. */
  public enum Kind {
    /** A problem, in its hierarchy. */
    PROBLEM("p:"),
    /** A skill. */
    SKILL("k:"),
    /** A student. */
    STUDENT("s:");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }

    /** What the names of its nodes begin with. */
    public String prefix() {
      return prefix;
    }
  }

  /** A student. */
  public static Node student(String id) {
    return new Node(Kind.STUDENT, id);
  }

  /** A skill. */
  public static Node skill(String name) {
    return new Node(Kind.SKILL, name);
  }

  /** The problem of an instance. */
  public static Node problem(Instance.Key key) {
    return problem(key.hierarchy(), key.problem());
  }

  /** A problem of a hierarchy. */
  public static Node problem(String hierarchy, String name) {
    return new Node(Kind.PROBLEM, hierarchy + SEPARATOR + name);
  }

  /** The hierarchy of a problem; all of the label of another node. */
  public String hierarchy() {
    int end = label.lastIndexOf(SEPARATOR);
    return end < 0 ? label : label.substring(0, end);
  }

  /** One word for it, unique among all kinds: a prefix of the kind and the label. */
  public String name() {
    return kind.prefix + label;
  }

  /**
   * The node of a {@link #name}.
   *
   * @param name with the prefix of its kind
   * @throws IllegalArgumentException without one
   */
  public static Node named(String name) {
    for (var kind : Kind.values()) {
      if (name.startsWith(kind.prefix)) {
        return new Node(kind, name.substring(kind.prefix.length()));
      }
    }
    throw new IllegalArgumentException("no node is named '" + name + "'");
  }

  @Override
  public int compareTo(Node other) {
    return BY_NAME.compare(this, other);
  }
}
