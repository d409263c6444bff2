/**
 * Finds slow and hung ranks and links of a training job from records of its steps, collectives and
 * transfers, after C4 (arXiv 2406.04594). No engine on the path: observations in order of time go
 * into a {@link org.millrace.streaming.straggler.diagnose.JobMonitor}, incidents come out.
 */
package org.millrace.streaming.straggler.diagnose;
