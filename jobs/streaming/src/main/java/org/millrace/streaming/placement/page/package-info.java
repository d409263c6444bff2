/** The report page: an estate, the jobs on it, and what they send. No engine on the path. */
package org.millrace.streaming.placement.page;
