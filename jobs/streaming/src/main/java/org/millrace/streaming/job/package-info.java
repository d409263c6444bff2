/**
 * The frame of every streaming job: options, sources with bad records set apart, sinks that write
 * each result once, the manifest. It knows no job.
 */
package org.millrace.streaming.job;
