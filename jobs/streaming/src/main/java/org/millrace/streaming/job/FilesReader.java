package org.millrace.streaming.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.millrace.command.UserError;

/** Reads the files of a split, always on from the one whose next record is the earliest. */
final class FilesReader<T> implements SourceReader<Arrival<T>, FilesSplit> {

  private final Format<T> format;
  private final SourceReaderContext context;
  private final List<Cursor<T>> cursors = new ArrayList<>();
  private final PriorityQueue<Cursor<T>> byTime = new PriorityQueue<>();
  private CompletableFuture<Void> available = new CompletableFuture<>();
  private boolean noMore;

  FilesReader(Format<T> format, SourceReaderContext context) {
    this.format = format;
    this.context = context;
  }

  @Override
  public void start() {
    context.sendSplitRequest();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<Arrival<T>> output) throws IOException {
    var cursor = byTime.poll();
    if (cursor == null) {
      if (noMore) {
        return InputStatus.END_OF_INPUT;
      }
      if (available.isDone()) {
        available = new CompletableFuture<>();
      }
      return InputStatus.NOTHING_AVAILABLE;
    }
    for (var arrival : cursor.head.arrivals) {
      output.collect(arrival, arrival.ts());
    }
    goOn(cursor, Cursor::advance);
    return byTime.isEmpty() && noMore ? InputStatus.END_OF_INPUT : InputStatus.MORE_AVAILABLE;
  }

  /** Moves a file on to its next record; what no other try mends ends the job at once. */
  private void goOn(Cursor<T> cursor, Move<T> move) throws IOException {
    try {
      if (move.of(cursor)) {
        byTime.add(cursor);
      }
    } catch (UserError e) {
      throw new SuppressRestartsException(e);
    }
  }

  /** A move within a file; false at its end. */
  private interface Move<T> {
    boolean of(Cursor<T> cursor) throws IOException;
  }

  @Override
  public List<FilesSplit> snapshotState(long checkpoint) {
    if (cursors.isEmpty()) {
      return List.of();
    }
    return List.of(
        new FilesSplit(
            cursors.stream().map(cursor -> cursor.path).toList(),
            cursors.stream().map(cursor -> cursor.done).toList()));
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return byTime.isEmpty() && !noMore ? available : CompletableFuture.completedFuture(null);
  }

  @Override
  public void addSplits(List<FilesSplit> splits) {
    for (var split : splits) {
      for (int i = 0; i < split.paths().size(); i++) {
        var cursor = new Cursor<>(split.paths().get(i), i, split.lines().get(i), format);
        cursors.add(cursor);
        try {
          goOn(cursor, Cursor::open);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    available.complete(null);
  }

  @Override
  public void notifyNoMoreSplits() {
    noMore = true;
    available.complete(null);
  }

  @Override
  public void close() throws IOException {
    for (var cursor : cursors) {
      cursor.close();
    }
  }

  /** A file and what its next line holds. */
  private static final class Cursor<T> implements Comparable<Cursor<T>> {

    private final String path;
    private final int index;
    private final Format<T> format;
    private final Rejects.Collecting<T> head = new Rejects.Collecting<>();
    private long done;
    private long ts = Long.MIN_VALUE;
    private RecordFile<T> file;

    private Cursor(String path, int index, long done, Format<T> format) {
      this.path = path;
      this.index = index;
      this.done = done;
      this.format = format;
    }

    /** Goes to where the file was left; false if nothing is left in it. */
    private boolean open() throws IOException {
      file = RecordFile.open(path, format);
      if (!file.skipTo(done)) {
        close();
        return false;
      }
      return advance();
    }

    private boolean advance() throws IOException {
      done = file.line();
      if (!file.next(head)) {
        done = file.line();
        close();
        return false;
      }
      for (var arrival : head.arrivals) {
        if (arrival.value() != null) {
          ts = arrival.ts();
          break;
        }
      }
      return true;
    }

    private void close() throws IOException {
      if (file != null) {
        file.close();
      }
    }

    @Override
    public int compareTo(Cursor<T> other) {
      int byTime = Long.compare(ts, other.ts);
      return byTime != 0 ? byTime : Integer.compare(index, other.index);
    }
  }
}
