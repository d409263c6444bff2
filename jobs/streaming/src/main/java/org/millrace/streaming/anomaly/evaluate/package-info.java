/** How good a detector's alerts are against labels, in plain Java. */
package org.millrace.streaming.anomaly.evaluate;
