package org.millrace.batch.sample.engine;

/**
 * What a sampler has used so far.
 *
 * @param calls calls made, repeated ones too
 * @param failedCalls calls that failed; their tokens are not known and not counted
 * @param answers answers received, without the failed ones
 * @param failedAnswers samples that have no answer
 * @param promptTokens sum over the answers that count them
 * @param completionTokens sum over the answers that count them
 */
public record Usage(
    long calls,
    long failedCalls,
    long answers,
    long failedAnswers,
    long promptTokens,
    long completionTokens) {}
