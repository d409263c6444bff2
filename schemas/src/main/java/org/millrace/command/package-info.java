/** What every command of the suite does alike, whatever engine runs it. */
package org.millrace.command;
