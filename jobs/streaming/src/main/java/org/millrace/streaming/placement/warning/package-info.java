/**
 * What the detectors of the job {@code anomalies} say of a NIC's traffic: warnings of what is
 * unusual, beside the rules, which alone decide. No engine on the path.
 */
package org.millrace.streaming.placement.warning;
