package org.millrace.streaming.kafka;

import kafka.Kafka;
import kafka.tools.StorageTool;

/** The broker's process: formats its storage the first time, then serves. */
final class BrokerMain {

  private BrokerMain() {}

  public static void main(String[] args) {
    StorageTool.execute(
        new String[] {"format", "-t", args[1], "-c", args[0], "--ignore-formatted"}, System.out);
    Kafka.main(new String[] {args[0]});
  }
}
