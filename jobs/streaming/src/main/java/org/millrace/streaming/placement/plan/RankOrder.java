package org.millrace.streaming.placement.plan;

/** In which order Megatron numbers the ranks: the left axis varies fastest. */
public enum RankOrder {
  /** Megatron's default, and Holmes' layout: a pipeline stage is a block of ranks. */
  TP_DP_PP("tp-cp-ep-dp-pp"),
  /** {@code --use-tp-pp-dp-mapping}: a replica is a block; data-parallel groups span all nodes. */
  TP_PP_DP("tp-cp-ep-pp-dp");

  private final String megatron;

  RankOrder(String megatron) {
    this.megatron = megatron;
  }

  /** As Megatron writes it. */
  public String megatron() {
    return megatron;
  }

  /**
   * The order that Megatron writes so.
   *
   * @throws IllegalArgumentException that names the two there are
   */
  public static RankOrder parse(String text) {
    for (var order : values()) {
      if (order.megatron.equals(text) || order.name().equals(text)) {
        return order;
      }
    }
    throw new IllegalArgumentException(
        "'%s' is no rank order; give %s or %s"
            .formatted(text, TP_DP_PP.megatron, TP_PP_DP.megatron));
  }
}
