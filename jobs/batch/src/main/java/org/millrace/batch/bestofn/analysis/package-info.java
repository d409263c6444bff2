/**
 * What {@code select} says beside the curves: the laws that they follow, voting against verifying
 * at equal compute, and what answers sampled in parallel take.
 */
package org.millrace.batch.bestofn.analysis;
