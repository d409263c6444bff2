package org.millrace.batch.corpus;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a step does in one reading of the corpus. */
sealed interface Pass {

  /**
   * The step that it is told of as.
   *
   * @param given the step of the recipe that it belongs to
   */
  default String step(String given) {
    return given;
  }

  /** Looks at one document at a time. Neighbours of this kind run in one reading. */
  non-sealed interface Each extends Pass, Serializable {

    /**
     * The pass as all machines can run it, with the files that it reads shared with them.
     *
     * @return this pass, if it reads none
     */
    default Each shared(Workshop workshop) throws Exception {
      return this;
    }

    /** Loads what it needs, once a partition. */
    Work open() throws Exception;
  }

  /** Looks at the corpus as a whole. */
  non-sealed interface Whole extends Pass {

    /**
     * Decides about all documents.
     *
     * @param documents with the columns of {@link Fate#DOCUMENT}
     * @return the same documents with the columns of {@link Fate#SCHEMA}
     */
    Dataset<Row> apply(Dataset<Row> documents, Workshop workshop) throws Exception;

    /** Reports on the documents that were dropped, once they are written. */
    default void report(Dataset<Row> dropped, Workshop workshop) throws Exception {}
  }

  /** Makes something of the corpus, which it leaves as it is. */
  non-sealed interface Side extends Pass {

    /**
     * Looks at all documents and at those dropped before.
     *
     * @param documents with the columns of {@link Fate#DOCUMENT}
     * @param earlier the stages before that dropped documents, in order
     */
    void apply(Dataset<Row> documents, List<Stage> earlier, Workshop workshop) throws Exception;
  }

  /** An opened {@link Each}, for one thread. */
  interface Work extends AutoCloseable {

    /** What becomes of a document. */
    Outcome apply(Document document);

    @Override
    default void close() {}
  }
}
