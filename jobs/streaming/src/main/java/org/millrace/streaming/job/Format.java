package org.millrace.streaming.job;

import java.io.Serializable;

/** How the records of an input are read. */
public interface Format<T> extends Serializable {

  /** Whether the first line of a file tells the names of its columns. */
  enum Header {
    NONE,
    FIRST_LINE
  }

  /** Whether files begin with a header. */
  Header header();

  /**
   * A decoder for one file or topic partition.
   *
   * @param source its name, for errors
   * @param header the first line, without its end; null where there is none
   * @throws org.millrace.command.UserError if the header lacks what the options name
   */
  Decoder<T> decoder(String source, String header);
}
