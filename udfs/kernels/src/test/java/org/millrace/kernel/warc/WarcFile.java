package org.millrace.kernel.warc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Makes WARC files, whole and broken ones, and reads them. */
final class WarcFile {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final boolean gzip;

  private WarcFile(boolean gzip) {
    this.gzip = gzip;
  }

  static WarcFile gzip() {
    return new WarcFile(true);
  }

  static WarcFile plain() {
    return new WarcFile(false);
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (var part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] compressed(byte[] plain) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] record(String type, String headers, byte[] content) {
    return record(type, headers, content, content.length);
  }

  static byte[] record(String type, String headers, byte[] content, long length) {
    var head = "WARC/1.0\r\nWARC-Type: " + type + "\r\n" + headers;
    return joined(
        bytes(head + "Content-Length: " + length + "\r\n\r\n"), content, bytes("\r\n\r\n"));
  }

  static String headers(String url) {
    return "WARC-Record-ID: <urn:uuid:"
        + url.length()
        + ">\r\nWARC-Date: 2024-02-03T04:05:06Z\r\nWARC-Target-URI: "
        + url
        + "\r\nContent-Type: application/http; msgtype=response\r\n";
  }

  static byte[] http(String headers, byte[] body) {
    return joined(bytes("HTTP/1.1 200 OK\r\n" + headers + "\r\n"), body);
  }

  static byte[] html(String url, String body) {
    var http = http("Content-Type: text/html; charset=\"utf-8\"\r\n", bytes(body));
    return record("response", headers(url), http);
  }

  WarcFile with(byte[] record) {
    return raw(gzip ? compressed(record) : record);
  }

  WarcFile raw(byte[] any) {
    bytes.writeBytes(any);
    return this;
  }

  int size() {
    return bytes.size();
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  List<WarcItem> items() {
    return items(bytes());
  }

  static List<WarcItem> items(byte[] file) {
    return items(WarcRecords.of(new ByteArrayInputStream(file), 1 << 20));
  }

  static List<WarcItem> items(WarcRecords records) {
    var items = new ArrayList<WarcItem>();
    try (records) {
      for (var item = records.next(); item != null; item = records.next()) {
        items.add(item);
      }
      return items;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a list of items says, a line each: a page's address or a fault's reason. */
  static List<String> told(List<WarcItem> items) {
    return items.stream()
        .map(i -> i instanceof WarcFault f ? "fault: " + f.reason() : i.url())
        .toList();
  }
}
