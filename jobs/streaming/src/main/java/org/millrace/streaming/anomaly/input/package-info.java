/** Telemetry in the forms in which it comes, decoded; no engine on the path. */
package org.millrace.streaming.anomaly.input;
