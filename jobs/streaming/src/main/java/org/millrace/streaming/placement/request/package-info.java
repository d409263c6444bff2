/** What people ask a place for: requests of training jobs, as JSON. No engine on the path. */
package org.millrace.streaming.placement.request;
