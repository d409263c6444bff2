/**
 * RoLA (Lee and Lin, arXiv 2305.16509): the variables of a device, each with a detector of its own,
 * vote on what is an anomaly of the device; reports become episodes. Plain Java, no engine on the
 * path.
 */
package org.millrace.streaming.anomaly.rola;
