/** How right predictions are, and whether they are so for everybody. */
package org.millrace.kernel.strategy.equity;
