package org.millrace.streaming.inspector;

/**
 * When a rank's kernel of a collective ran, by its host's clock. What Inspector calls the
 * collective's start and stop is not in it: those bracket the host's call alone, microseconds
 * before a kernel that may run for many milliseconds.
 *
 * @param arrivalUs the first channel's start: when the rank was there and began to wait for the
 *     others, microseconds since 1970 UTC
 * @param endUs the last channel's stop, not before arrivalUs, same unit
 */
public record KernelTrace(long arrivalUs, long endUs) {}
