package org.millrace.kernel.warc;

/** What became of a record. */
public enum Kind {
  /** Given as a page. */
  PAGE,
  /** Given as a fault; also bytes that are no record. */
  FAULT,
  /** A response whose HTTP status is not 200. */
  OTHER_STATUS,
  /** A response or conversion that is no text or HTML. */
  OTHER_TYPE,
  /** A record of the WARC type {@code warcinfo}. */
  WARCINFO,
  /** A record of the WARC type {@code request}. */
  REQUEST,
  /** A record of the WARC type {@code resource}. */
  RESOURCE,
  /** A record of the WARC type {@code metadata}. */
  METADATA,
  /** A record of the WARC type {@code revisit}. */
  REVISIT,
  /** A record of the WARC type {@code continuation}. */
  CONTINUATION,
  /** A record of a WARC type that the standard does not know. */
  UNKNOWN
}
