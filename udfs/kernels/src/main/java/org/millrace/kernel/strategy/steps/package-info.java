/** From the lines of a step log to instances: one student's skills, in order, at one problem. */
package org.millrace.kernel.strategy.steps;
