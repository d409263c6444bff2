package org.millrace.batch.strategies.learn;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import org.millrace.batch.inference.model.Offline;

/** PyTorch by DJL, from the class path alone. */
public final class Torch {

  private static final String NAME = "PyTorch";
  private static final String NEEDS =
      "; add millrace-torch.jar to it (mvn -pl deploy/torch package makes it; spark-submit --jars)";

  private static final String THREADS = "ai.djl.pytorch.num_threads";

  private Torch() {}

  /** Whether the class path has it; its native code may be another platform's. */
  public static boolean isThere() {
    return Engine.hasEngine(NAME)
        && Torch.class.getResource("/native/lib/pytorch.properties") != null;
  }

  /**
   * Memory for arrays, of the first GPU where native code for it is there. Whoever asks closes it.
   *
   * @throws IllegalStateException if the class path has no PyTorch for this machine
   */
  static NDManager manager() {
    Offline.set();
    // Networks are small: on a busy machine threads that wait for each other cost tenfold, and sums
    // of one thread depend on no number of cores. A user's own setting stays.
    if (System.getProperty(THREADS) == null) {
      System.setProperty(THREADS, "1");
    }
    if (!isThere()) {
      throw new IllegalStateException("no PyTorch on the class path" + NEEDS);
    }
    try {
      return Engine.getEngine(NAME).newBaseManager();
    } catch (EngineException e) {
      throw new IllegalStateException(
          "the PyTorch on the class path does not load on this machine" + NEEDS, e);
    }
  }
}
