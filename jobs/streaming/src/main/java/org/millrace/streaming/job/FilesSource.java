package org.millrace.streaming.job;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A bounded input as the stream that it was: the files' records merged by event time, each file's
 * own order kept. What comes out depends on the files alone, not on how many readers there are; so
 * there is one.
 */
final class FilesSource<T> implements Source<Arrival<T>, FilesSplit, FilesSplit> {

  private static final long serialVersionUID = 1L;

  private final List<String> paths;
  private final Format<T> format;

  FilesSource(List<String> paths, Format<T> format) {
    this.paths = List.copyOf(paths);
    this.format = format;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<Arrival<T>, FilesSplit> createReader(SourceReaderContext context) {
    return new FilesReader<>(format, context);
  }

  @Override
  public SplitEnumerator<FilesSplit, FilesSplit> createEnumerator(
      SplitEnumeratorContext<FilesSplit> context) {
    return restoreEnumerator(context, new FilesSplit(paths, Collections.nCopies(paths.size(), 0L)));
  }

  @Override
  public SplitEnumerator<FilesSplit, FilesSplit> restoreEnumerator(
      SplitEnumeratorContext<FilesSplit> context, FilesSplit left) {
    return new Enumerator(context, left.paths().isEmpty() ? List.of() : List.of(left));
  }

  @Override
  public SimpleVersionedSerializer<FilesSplit> getSplitSerializer() {
    return new FilesSplit.Serializer();
  }

  @Override
  public SimpleVersionedSerializer<FilesSplit> getEnumeratorCheckpointSerializer() {
    return new FilesSplit.Serializer();
  }

  /** Gives the one split to the first reader that asks. */
  private static final class Enumerator implements SplitEnumerator<FilesSplit, FilesSplit> {

    private final SplitEnumeratorContext<FilesSplit> context;
    private final Queue<FilesSplit> left;

    private Enumerator(SplitEnumeratorContext<FilesSplit> context, List<FilesSplit> left) {
      this.context = context;
      this.left = new ArrayDeque<>(left);
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int reader, String host) {
      var split = left.poll();
      if (split != null) {
        context.assignSplit(split, reader);
      }
      context.signalNoMoreSplits(reader);
    }

    @Override
    public void addSplitsBack(List<FilesSplit> splits, int reader) {
      left.addAll(splits);
    }

    @Override
    public void addReader(int reader) {}

    @Override
    public FilesSplit snapshotState(long checkpoint) {
      return left.isEmpty() ? new FilesSplit(List.of(), List.of()) : left.peek();
    }

    @Override
    public void close() throws IOException {}
  }
}
