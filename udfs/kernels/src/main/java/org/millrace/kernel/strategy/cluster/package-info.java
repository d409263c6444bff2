/** DP-means by rounds that a partition and a reduce can run, its start, and scores. */
package org.millrace.kernel.strategy.cluster;
