/**
 * The job {@code placement}: an estate, telemetry of its NICs and requests of training jobs in;
 * placements and advice out. Only this package knows Flink, its rooms know it not.
 */
package org.millrace.streaming.placement;
