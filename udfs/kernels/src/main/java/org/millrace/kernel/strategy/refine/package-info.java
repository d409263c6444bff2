/** The search for the best lambda, and the blend of whole and pruned strategies. */
package org.millrace.kernel.strategy.refine;
