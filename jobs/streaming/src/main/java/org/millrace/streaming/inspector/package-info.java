/**
 * What NCCL Inspector writes, a JSON object a completed collective and rank (format v4.0), read,
 * checked and put on one clock. No engine on the path.
 */
package org.millrace.streaming.inspector;
