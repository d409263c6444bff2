package org.millrace.batch.sample.engine;

import java.util.ArrayList;
import java.util.Comparator;

/**
 * A way to combine numbers, step by step. The numbers are nodes 0 to n - 1; the step s combines two
 * earlier nodes into node n + s.
 */
final class Derivation {

  private final int numbers;
  private final long[] values;
  private final int[] left;
  private final int[] right;
  private final Operation[] operations;
  private int nodes;

  Derivation(int[] numbers) {
    this.numbers = numbers.length;
    int size = 2 * numbers.length - 1;
    values = new long[size];
    left = new int[size];
    right = new int[size];
    operations = new Operation[size];
    for (int i = 0; i < numbers.length; i++) {
      values[i] = Fractions.of(numbers[i]);
    }
    nodes = numbers.length;
  }

  /** Forgets all steps. */
  void restart() {
    nodes = numbers;
  }

  /** Adds a step and returns its node. */
  int combine(Operation operation, int leftNode, int rightNode, long value) {
    operations[nodes] = operation;
    left[nodes] = leftNode;
    right[nodes] = rightNode;
    values[nodes] = value;
    return nodes++;
  }

  long value(int node) {
    return values[node];
  }

  /** The value of the last step. */
  long result() {
    return values[nodes - 1];
  }

  void copyFrom(Derivation other) {
    System.arraycopy(other.values, 0, values, 0, values.length);
    System.arraycopy(other.left, 0, left, 0, left.length);
    System.arraycopy(other.right, 0, right, 0, right.length);
    System.arraycopy(other.operations, 0, operations, 0, operations.length);
    nodes = other.nodes;
  }

  /** Appends a line per step: {@code 6 - 4 = 2 (left: 2 5 10)}. */
  void appendSteps(StringBuilder text) {
    var live = new ArrayList<Integer>();
    for (int i = 0; i < numbers; i++) {
      live.add(i);
    }
    for (int node = numbers; node < nodes; node++) {
      text.append(Fractions.toString(values[left[node]]))
          .append(' ')
          .append(operations[node].symbol)
          .append(' ')
          .append(Fractions.toString(values[right[node]]))
          .append(" = ")
          .append(Fractions.toString(values[node]))
          .append(" (left:");
      live.remove(Integer.valueOf(left[node]));
      live.remove(Integer.valueOf(right[node]));
      live.add(node);
      live.sort(Comparator.comparingDouble(i -> Fractions.toDouble(values[i])));
      live.forEach(i -> text.append(' ').append(Fractions.toString(values[i])));
      text.append(")\n");
    }
  }

  /** Appends the whole as {@code (6 - 4) * 5 + 10 = 20}, with its exact value. */
  void appendEquation(StringBuilder text) {
    appendExpression(text, nodes - 1);
    text.append(" = ").append(Fractions.toString(result()));
  }

  private void appendExpression(StringBuilder text, int node) {
    if (node < numbers) {
      text.append(Fractions.numerator(values[node]));
      return;
    }
    Operation operation = operations[node];
    appendOperand(text, left[node], operation.precedence);
    text.append(' ').append(operation.symbol).append(' ');
    appendOperand(
        text, right[node], operation.commutes() ? operation.precedence : operation.precedence + 1);
  }

  private void appendOperand(StringBuilder text, int node, int least) {
    boolean brackets = node >= numbers && operations[node].precedence < least;
    if (brackets) {
      text.append('(');
    }
    appendExpression(text, node);
    if (brackets) {
      text.append(')');
    }
  }
}
