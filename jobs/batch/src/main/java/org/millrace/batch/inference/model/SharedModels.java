package org.millrace.batch.inference.model;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The models of a process, each loaded once, when it is first asked for, and shared by all that run
 * in it. A model that nobody has leased for a minute is closed: the next task often comes at once.
 */
public final class SharedModels {

  private static final SharedModels OF_THIS_PROCESS =
      new SharedModels(TextModel::open, Duration.ofMinutes(1));

  private final Function<ModelSpec, TextModel> open;
  private final Duration linger;
  private final Map<ModelSpec, Entry> entries = new HashMap<>();
  private final ScheduledThreadPoolExecutor closer;

  SharedModels(Function<ModelSpec, TextModel> open, Duration linger) {
    this.open = open;
    this.linger = linger;
    closer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              var thread = new Thread(task, "millrace-models");
              thread.setDaemon(true);
              return thread;
            });
  }

  private static final class Entry {
    final TextModel model;
    int leases;
    long idleSince;
    boolean watched;

    Entry(TextModel model) {
      this.model = model;
    }
  }

  /** A model to use until it is closed; closing it twice is harmless. */
  public final class Lease implements AutoCloseable {

    private final ModelSpec spec;
    private Entry entry;

    private Lease(ModelSpec spec, Entry entry) {
      this.spec = spec;
      this.entry = entry;
    }

    /**
     * The model.
     *
     * @throws IllegalStateException if the lease is closed
     */
    public TextModel model() {
      var leased = entry;
      if (leased == null) {
        throw new IllegalStateException("the lease of " + spec.source().name() + " is closed");
      }
      return leased.model;
    }

    @Override
    public void close() {
      synchronized (SharedModels.this) {
        if (entry != null) {
          release(spec, entry);
          entry = null;
        }
      }
    }
  }

  /**
   * A model of this process, loaded now if it isn't yet.
   *
   * @throws IllegalArgumentException as of {@link TextModel#open}
   * @throws IllegalStateException as of it
   */
  public static Lease lease(ModelSpec spec) {
    return OF_THIS_PROCESS.of(spec);
  }

  synchronized Lease of(ModelSpec spec) {
    // The lock is held while a model loads: two that fit memory one after the other may not both.
    var entry = entries.get(spec);
    if (entry == null) {
      entry = new Entry(open.apply(spec));
      entries.put(spec, entry);
    }
    entry.leases++;
    return new Lease(spec, entry);
  }

  private void release(ModelSpec spec, Entry entry) {
    entry.leases--;
    if (entry.leases > 0) {
      return;
    }
    entry.idleSince = System.nanoTime();
    if (linger.isZero()) {
      closeIfIdle(spec, entry);
    } else if (!entry.watched) {
      entry.watched = true;
      closer.schedule(() -> closeIfIdle(spec, entry), linger.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  // One look a linger and model, however often it is leased in between.
  private synchronized void closeIfIdle(ModelSpec spec, Entry entry) {
    entry.watched = false;
    if (entry.leases > 0) {
      return;
    }
    long left = linger.toNanos() - (System.nanoTime() - entry.idleSince);
    if (left > 0) {
      entry.watched = true;
      closer.schedule(() -> closeIfIdle(spec, entry), left, TimeUnit.NANOSECONDS);
      return;
    }
    entries.remove(spec);
    entry.model.close();
  }
}
