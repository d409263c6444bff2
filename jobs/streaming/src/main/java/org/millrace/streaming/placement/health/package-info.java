/**
 * What telemetry says of NICs: samples, the rules by which a NIC counts as degraded, episodes, and
 * the advice that follows for a job. No engine on the path.
 */
package org.millrace.streaming.placement.health;
