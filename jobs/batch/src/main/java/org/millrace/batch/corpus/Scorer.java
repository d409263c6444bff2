package org.millrace.batch.corpus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.millrace.kernel.model.LinearClassifier;

/** A classifier as it travels to the executors. */
interface Scorer extends Serializable {

  /** Loads it. */
  Opened open() throws IOException;

  /** A loaded classifier. */
  interface Opened extends AutoCloseable {

    /** The probability that a text is good, 0 to 1. */
    double score(String text);

    @Override
    default void close() {}
  }

  /** The suite's own. */
  record Linear(Broadcast<byte[]> model) implements Scorer {
    @Override
    public Opened open() throws IOException {
      var classifier = LinearClassifier.read(new ByteArrayInputStream(model.value()));
      return classifier::probability;
    }
  }

  /**
   * fastText's.
   *
   * @param label of good texts
   */
  record FastText(SharedFastText shared, String label) implements Scorer {

    /** What is said of a text that the model knows nothing of. */
    private static final double UNDECIDED = 0.5;

    @Override
    public Opened open() {
      var model = shared.open();
      return new Opened() {
        @Override
        public double score(String text) {
          return model.probability(text, label).orElse(UNDECIDED);
        }

        @Override
        public void close() {
          model.close();
        }
      };
    }
  }
}
