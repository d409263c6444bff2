package org.millrace.kernel.warc;

/**
 * A record, or bytes where a record should be, that could not be read. Reading goes on after it.
 *
 * @param reason one line that says what is wrong
 * @param offset see {@link WarcItem#offset()}
 * @param url WARC-Target-URI; null if unknown
 */
public record WarcFault(String reason, long offset, String url) implements WarcItem {}
