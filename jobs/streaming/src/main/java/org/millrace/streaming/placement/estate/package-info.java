/**
 * What there is to place jobs on: nodes, their GPUs and NICs, the fabrics that the NICs reach, the
 * switch tiers. Plain Java, no engine on the path.
 */
package org.millrace.streaming.placement.estate;
