package org.millrace.batch.strategies.learn;

import ai.djl.ndarray.BaseNDManager;
import java.util.Map;

/** What of PyTorch's memory is open, for tests of what is left behind. */
final class Memory {

  private Memory() {}

  /** Memories that nobody has closed, all those of the process. */
  static int managers() {
    try (var memory = Torch.manager()) {
      var all = memory.getParentManager();
      var field = BaseNDManager.class.getDeclaredField("resources");
      field.setAccessible(true);
      return ((Map<?, ?>) field.get(all)).size() - 1;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("DJL keeps its memories elsewhere now", e);
    }
  }
}
