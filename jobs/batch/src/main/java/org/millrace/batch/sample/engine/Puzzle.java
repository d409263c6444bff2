package org.millrace.batch.sample.engine;

import java.io.Serializable;

/**
 * A number puzzle that is known to have a solution.
 *
 * @param id made from its numbers, so the same puzzle always has the same id
 * @param kind {@link Puzzles#GAME24} or {@link Puzzles#COUNTDOWN}
 * @param prompt {@code 4 5 6 10} or {@code Countdown: reach 36 from [3, 5, 7, 25]}
 * @param target the number to reach, decimal
 */
public record Puzzle(String id, String kind, String prompt, String target)
    implements Serializable {}
