package org.millrace.batch.strategies.learn;

/**
 * How an epoch of training went.
 *
 * @param trainingLoss mean cross-entropy of its batches, in nats a token, with dropout
 * @param heldOutLoss the same of what is held out, after the epoch and without dropout; NaN where
 *     nothing is held out
 * @param heldOutAccuracy share of the held-out tokens that are predicted right, each given the true
 *     ones before it; NaN likewise
 */
public record Epoch(double trainingLoss, double heldOutLoss, double heldOutAccuracy) {}
