/**
 * Several jobs on one estate: who gets a place when, what that leaves of the GPUs for others, and
 * replays of traces that compare policies. Plain Java, no engine on the path.
 */
package org.millrace.streaming.placement.contend;
