package org.millrace.batch.corpus.pack;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.millrace.kernel.tokens.Packing;

/**
 * Windows ({@link org.millrace.kernel.tokens.Window}) and fragments ({@link
 * org.millrace.kernel.tokens.Fragment}) of a partition of {@link Mix#shuffled}, as they become
 * whole.
 */
final class Packed implements Iterator<Object> {

  private final Iterator<Row> documents;
  private final ArrayDeque<Object> pieces = new ArrayDeque<>();
  private Packing.Packer packer;

  /**
   * @param offset tokens before the partition, ends of documents among them
   */
  Packed(Iterator<Row> documents, Packing packing, long offset) {
    this.documents = documents;
    packer = packing.packer(offset, pieces::add, pieces::add);
  }

  @Override
  public boolean hasNext() {
    while (pieces.isEmpty() && packer != null) {
      if (documents.hasNext()) {
        var document = documents.next();
        packer.add(document.getString(0), document.getString(1), Sequences.tokens(document));
      } else {
        packer.finish();
        packer = null;
      }
    }
    return !pieces.isEmpty();
  }

  @Override
  public Object next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return pieces.remove();
  }
}
