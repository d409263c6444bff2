/** The report page of the clusters: one file without scripts. */
package org.millrace.batch.strategies.page;
