/** Made-up classrooms with planted truth. */
package org.millrace.kernel.strategy.classroom;
