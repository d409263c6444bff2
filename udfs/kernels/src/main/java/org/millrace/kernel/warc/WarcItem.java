package org.millrace.kernel.warc;

/** What {@link WarcRecords} gives: a page, or what could not be read. */
public sealed interface WarcItem permits WarcPage, WarcFault {

  /**
   * Where it stands: of a compressed file the first byte of the gzip member in which the record
   * begins, of a plain one the first byte of the record; counted from 0.
   */
  long offset();

  /** The page's address; null where a fault stands before it is known. */
  String url();
}
