/** What students master, from how their first attempts went. */
package org.millrace.kernel.strategy.mastery;
