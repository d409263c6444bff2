/**
 * A weighted graph in partitions, walks over it, and vectors of its nodes: an edges table, {@code
 * SpreadGraph}, its walks as sentences, and {@code SkipGram}.
 */
package org.millrace.batch.strategies.graph;
