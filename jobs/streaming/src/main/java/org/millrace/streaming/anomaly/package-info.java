/** The job {@code anomalies}: telemetry in, anomaly episodes out. */
package org.millrace.streaming.anomaly;
