/**
 * The job {@code stragglers}: records of collectives and steps to slow and hung ranks and links.
 */
package org.millrace.streaming.straggler;
