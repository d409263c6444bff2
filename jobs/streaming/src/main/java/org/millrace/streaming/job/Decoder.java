package org.millrace.streaming.job;

/**
 * Turns the bytes of one record (a line, a message) into values of the job. Not thread-safe.
 *
 * @param <T> the job's value
 */
public interface Decoder<T> {

  /**
   * Decodes one record. Time and memory are bounded by a multiple of its length.
   *
   * @throws BadRecord if it can't be used; nothing of it is, then
   */
  void decode(byte[] record, int length, Out<T> out) throws BadRecord;

  /**
   * The same of a record whose place matters.
   *
   * @param position the line of a file, from 1; the offset in a topic
   */
  default void decode(byte[] record, int length, long position, Out<T> out) throws BadRecord {
    decode(record, length, out);
  }

  /** Where a decoder puts what it finds. */
  interface Out<T> {

    /** The event time of a value that tells none: others' times pass it by. */
    long NO_TIME = Long.MIN_VALUE;

    /** A value at an event time, of one of the clocks that the stream follows. */
    void value(T value, long ts, String clock);

    /**
     * A field that can't be used, of a record of which the rest can.
     *
     * @param field its name: the column
     * @param text of the field
     * @param why as for a whole record
     */
    void rejected(String field, String text, BadRecord why);

    /** Something well-formed that is left out on purpose. */
    void dropped(String rule);
  }
}
