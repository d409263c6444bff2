package org.millrace.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The heap in use over time: its least between two collections is what is kept. */
final class HeapLog implements AutoCloseable {

  private static final int EVERY_MS = 100;
  private static final int PARTS = 10;

  private final List<Long> used = new ArrayList<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "heap-log");
            thread.setDaemon(true);
            return thread;
          });

  HeapLog() {
    clock.scheduleAtFixedRate(this::note, 0, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  private synchronized void note() {
    used.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  /** The least of each tenth of the time so far, in MB. */
  synchronized String tenths() {
    return IntStream.range(0, PARTS)
        .mapToObj(i -> used.subList(used.size() * i / PARTS, used.size() * (i + 1) / PARTS))
        .filter(part -> !part.isEmpty())
        .map(part -> part.stream().mapToLong(Long::longValue).min().orElseThrow() >> 20)
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
