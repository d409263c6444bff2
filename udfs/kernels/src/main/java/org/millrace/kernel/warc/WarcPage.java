package org.millrace.kernel.warc;

/**
 * A page: an HTTP response with status 200 of text or HTML, or the plain text of a {@code
 * conversion} record. The array is the page's own and compared by identity.
 *
 * @param id WARC-Record-ID without its brackets; null if the record has none
 * @param url WARC-Target-URI
 * @param date WARC-Date as it stands, ISO 8601; null if the record has none
 * @param contentType media type in lower case without parameters: {@code text/html}, {@code
 *     application/xhtml+xml} or {@code text/plain}
 * @param status HTTP status; {@link #NO_STATUS} for a conversion
 * @param charset as declared by the content type, unchecked; null if it declares none
 * @param payload the body, its transfer and content encodings undone
 * @param offset see {@link WarcItem#offset()}
 */
public record WarcPage(
    String id,
    String url,
    String date,
    String contentType,
    int status,
    String charset,
    byte[] payload,
    long offset)
    implements WarcItem {

  /** The status of what was not fetched by HTTP. */
  public static final int NO_STATUS = 0;
}
