package org.millrace.streaming.straggler.simulate;

/**
 * What was planted.
 *
 * @param trouble not NONE
 * @param rank the rank at fault, of a link the sender; -1 if nobody is
 * @param peer of a link the receiver; -1 of others
 * @param startUs when it began, microseconds since 1970 UTC
 * @param endUs when it was over; of a hang the end of the records
 */
public record Planted(Trouble trouble, int rank, int peer, long startUs, long endUs) {}
