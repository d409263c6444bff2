/**
 * Training jobs that never ran, with planted trouble whose truth is known: for the demo and for
 * tests. Knows nothing of the diagnosis; what it makes is text, in the forms that real tools write.
 */
package org.millrace.streaming.straggler.simulate;
