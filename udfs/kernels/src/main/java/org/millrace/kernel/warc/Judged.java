package org.millrace.kernel.warc;

import java.util.Map;

/**
 * What becomes of a record whose content was read.
 *
 * @param item the page or fault; null for a record that is only counted
 */
record Judged(Kind kind, WarcItem item) {

  private static final Map<String, Kind> COUNTED =
      Map.of(
          "warcinfo", Kind.WARCINFO,
          "request", Kind.REQUEST,
          "resource", Kind.RESOURCE,
          "metadata", Kind.METADATA,
          "revisit", Kind.REVISIT,
          "continuation", Kind.CONTINUATION);
  private static final String HTTP = "application/http";
  private static final String PLAIN = "text/plain";
  private static final int OK = 200;

  static Judged of(RecordHead head, Content content, long offset, int limit) {
    var type = head.type();
    if (type == null) {
      return fault("the record has no WARC-Type", offset, head);
    }
    try {
      return switch (type) {
        case "response" -> response(head, content, offset, limit);
        case "conversion" -> conversion(head, content, offset, limit);
        default -> counted(COUNTED.getOrDefault(type, Kind.UNKNOWN));
      };
    } catch (BadPayload e) {
      return fault(e.getMessage(), offset, head);
    }
  }

  private static Judged response(RecordHead head, Content content, long offset, int limit)
      throws BadPayload {
    var type = head.contentType().name();
    if (!type.isEmpty() && !type.equals(HTTP)) {
      return counted(Kind.OTHER_TYPE);
    }
    var http = HttpHead.of(content);
    if (http == null || !http.whole()) {
      throw new BadPayload(
          "the record has no " + (http == null ? "" : "end of its ") + "HTTP head");
    }
    if (http.status() != OK) {
      return counted(Kind.OTHER_STATUS);
    }
    var declared = http.contentType();
    var media = declared.name().isEmpty() ? head.payloadType() : declared;
    if (!media.page()) {
      return counted(Kind.OTHER_TYPE);
    }
    var body = body(head, content, http.end(), limit);
    var joined = http.chunked() ? Chunks.joined(body) : body;
    var plain = Encodings.decoded(joined, http.contentEncoding(), limit);
    return page(head, media, OK, plain, offset);
  }

  private static Judged conversion(RecordHead head, Content content, long offset, int limit)
      throws BadPayload {
    var media = head.contentType();
    if (!media.name().isEmpty() && !media.name().equals(PLAIN)) {
      return counted(Kind.OTHER_TYPE);
    }
    var charset = media.charset() == null ? "UTF-8" : media.charset();
    var text = body(head, content, 0, limit);
    return page(head, new MediaType(PLAIN, charset), WarcPage.NO_STATUS, text, offset);
  }

  private static byte[] body(RecordHead head, Content content, int from, int limit)
      throws BadPayload {
    if (head.url() == null) {
      throw new BadPayload("the record has no WARC-Target-URI");
    }
    if (content.length() - from > limit) {
      throw new BadPayload(
          "the record is larger than " + limit + " bytes: " + (content.length() - from));
    }
    return content.from(from);
  }

  private static Judged page(
      RecordHead head, MediaType media, int status, byte[] payload, long offset) {
    return new Judged(
        Kind.PAGE,
        new WarcPage(
            head.id(),
            head.url(),
            head.date(),
            media.name(),
            status,
            media.charset(),
            payload,
            offset));
  }

  private static Judged counted(Kind kind) {
    return new Judged(kind, null);
  }

  private static Judged fault(String reason, long offset, RecordHead head) {
    return new Judged(Kind.FAULT, new WarcFault(reason, offset, head.url()));
  }
}
