/** Vectors of the graph's nodes, without a trained model. */
package org.millrace.kernel.strategy.embed;
