package org.millrace.batch.sample.engine;

/** The four operations of the number puzzles, on the values of {@link Fractions}. */
enum Operation {
  ADD('+', 1),
  MULTIPLY('*', 2),
  SUBTRACT('-', 1),
  DIVIDE('/', 2);

  /** Shared by all, since {@code values()} copies. */
  private static final Operation[] ALL = values();

  final char symbol;
  final int precedence;

  Operation(char symbol, int precedence) {
    this.symbol = symbol;
    this.precedence = precedence;
  }

  static Operation at(int ordinal) {
    return ALL[ordinal];
  }

  static int count() {
    return ALL.length;
  }

  boolean commutes() {
    return this == ADD || this == MULTIPLY;
  }
}
