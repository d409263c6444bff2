package org.millrace.batch.inference.model;

/**
 * Keeps DJL off the network: where it finds a GPU it would look there for other native code, and it
 * would report that it is used. A user's own setting stays.
 */
public final class Offline {

  private static final String PROPERTY = "ai.djl.offline";

  private Offline() {}

  /** Does so, for what DJL does from now on. */
  public static void set() {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, "true");
    }
  }
}
