package org.millrace.streaming.placement.infiniband;

import static java.util.Objects.requireNonNull;

/**
 * One end of a cable, as the device at that end has it.
 *
 * @param line of the file, from 1
 * @param port of the device, from 1
 * @param remote id of the device at the other end, such as {@code S-2c5eab0300b87b40}
 * @param remotePort of that device, from 1
 * @param gbps rate in Gb/s; 0 where the file does not tell
 */
public record Link(int line, int port, String remote, int remotePort, double gbps) {

  public Link {
    requireNonNull(remote, "remote is null");
  }
}
