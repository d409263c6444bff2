package org.millrace.streaming.placement.contend;

import static java.util.Objects.requireNonNull;

import org.millrace.streaming.placement.plan.Request;

/** What a job takes. */
public sealed interface Demand {

  /** Whole GPUs' worth that it takes. */
  double gpus();

  /**
   * Part of one node.
   *
   * @param cpuMilli thousandths of a CPU, at least 0
   * @param memoryMib MiB, at least 0
   * @param count GPUs, at least 0
   * @param gpuMilli thousandths of each GPU: 1 to 1000, all of it if there are several
   */
  record Pod(int cpuMilli, int memoryMib, int count, int gpuMilli) implements Demand {

    static final int WHOLE = 1000;

    public Pod {
      if (cpuMilli < 0 || memoryMib < 0 || count < 0) {
        throw new IllegalArgumentException("a pod that takes less than nothing");
      }
      boolean share = count == 0 ? gpuMilli == 0 : gpuMilli >= 1 && gpuMilli <= WHOLE;
      if (!share || count > 1 && gpuMilli != WHOLE) {
        throw new IllegalArgumentException(
            "a pod with %d GPUs of %d thousandths; give 1 to 1000 of one, or all of several"
                .formatted(count, gpuMilli));
      }
    }

    @Override
    public double gpus() {
      return count * gpuMilli / (double) WHOLE;
    }
  }

  /**
   * GPUs of many nodes, all at once or none.
   *
   * @param request with its parallel sizes
   */
  record Gang(Request request) implements Demand {

    public Gang {
      requireNonNull(request, "request is null");
    }

    @Override
    public double gpus() {
      return request.gpus();
    }
  }
}
