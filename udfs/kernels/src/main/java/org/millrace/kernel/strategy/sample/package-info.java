/** A small training sample that holds all strategies. */
package org.millrace.kernel.strategy.sample;
