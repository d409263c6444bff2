package org.millrace.kernel.warc;

/** Says in one line why a payload could not be decoded. */
final class BadPayload extends Exception {

  private static final long serialVersionUID = 1L;

  BadPayload(String reason) {
    super(reason, null, false, false);
  }
}
