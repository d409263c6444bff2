package org.millrace.batch.strategies.cluster;

import java.util.Iterator;
import java.util.function.Function;

/** What a function makes of each, one at a time. */
record Mapped<A, B>(Iterator<A> all, Function<A, B> function) implements Iterator<B> {

  @Override
  public boolean hasNext() {
    return all.hasNext();
  }

  @Override
  public B next() {
    return function.apply(all.next());
  }
}
