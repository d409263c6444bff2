/** Detectors of one variable, in plain Java; no engine on the path. */
package org.millrace.streaming.anomaly.detect;
