/** What all report pages share: escaping, templates, the style. */
package org.millrace.streaming.page;
