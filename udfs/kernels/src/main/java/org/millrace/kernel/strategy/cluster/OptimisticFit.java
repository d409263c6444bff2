package org.millrace.kernel.strategy.cluster;

/**
 * What passes under optimistic concurrency control came to.
 *
 * @param fit with the centres that the labels of the last pass are places of
 * @param last pass, which tells the labels
 */
public record OptimisticFit(Fit fit, OccPass last) {}
