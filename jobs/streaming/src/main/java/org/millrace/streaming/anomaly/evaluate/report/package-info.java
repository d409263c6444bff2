/** The page that shows what a run found beside the labels. */
package org.millrace.streaming.anomaly.evaluate.report;
