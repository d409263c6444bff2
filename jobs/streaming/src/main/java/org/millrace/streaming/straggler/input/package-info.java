/** Records of steps, collectives and transfers in the forms in which they come; no engine. */
package org.millrace.streaming.straggler.input;
