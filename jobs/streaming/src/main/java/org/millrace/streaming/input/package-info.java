/**
 * Times, numbers, lines of CSV and JSON objects as people write them: what the decoders of several
 * jobs are made of. No engine on the path.
 */
package org.millrace.streaming.input;
