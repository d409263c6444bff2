package org.millrace.streaming.placement.health;

/** Why a NIC, or a GPU, counts as degraded. */
public enum Cause {
  STATE("its port is not active"),
  PHYSICAL_STATE("its link is not up"),
  RATE("its link runs below its rate"),
  LINK_DOWNED("its link went down"),
  DISCARDS("packets are thrown away"),
  BUS_BANDWIDTH("bus bandwidth is far below its own baseline"),
  GPU_ERROR("it failed"),
  GPU_SLOWDOWN("its clock is held down");

  private final String words;

  Cause(String words) {
    this.words = words;
  }

  /** The cause in words, for people. */
  public String words() {
    return words;
  }

  /**
   * The cause that a signal shows.
   *
   * @throws IllegalArgumentException of traffic, which no rule judges
   */
  static Cause of(Signal signal) {
    return switch (signal) {
      case STATE -> STATE;
      case PHYSICAL_STATE -> PHYSICAL_STATE;
      case RATE -> RATE;
      case LINK_DOWNED -> LINK_DOWNED;
      case DISCARDS -> DISCARDS;
      case BUS_BANDWIDTH -> BUS_BANDWIDTH;
      case GPU_ERROR -> GPU_ERROR;
      case GPU_SLOWDOWN -> GPU_SLOWDOWN;
      case RECEIVED, TRANSMITTED, ERRORS, CONGESTION ->
          throw new IllegalArgumentException("no rule judges " + signal);
    };
  }
}
