package org.millrace.streaming.anomaly.rola;

/**
 * A variable that usually moves with one of the reported.
 *
 * @param r their correlation
 * @param n the rows that it was taken over
 * @param agreed whether it was flagged too
 */
public record PartnerVote(String name, double r, int n, boolean agreed) {}
