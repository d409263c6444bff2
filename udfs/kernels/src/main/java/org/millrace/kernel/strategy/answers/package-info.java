/** Chains of thought as strategies, and how many of them a prompt's answers show. */
package org.millrace.kernel.strategy.answers;
