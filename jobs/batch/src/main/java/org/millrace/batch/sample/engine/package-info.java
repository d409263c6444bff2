/**
 * Sampling engines and their driver: prompts in, N answers each out. No type of Spark, so that it
 * is tested alone and called from a partition.
 */
package org.millrace.batch.sample.engine;
