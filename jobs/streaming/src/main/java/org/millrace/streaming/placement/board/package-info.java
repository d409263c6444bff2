/**
 * What is placed where at a moment of event time: requests, changes of the estate and of the health
 * of NICs go in, placements and advice come out. No engine on the path.
 */
package org.millrace.streaming.placement.board;
