package org.millrace.streaming.job;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A file in one of Flink's file systems, as Parquet reads it.
 *
 * @param length bytes
 */
record StoredFile(Path path, long length) implements InputFile {

  @Override
  public long getLength() {
    return length;
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    return new Stream(path.getFileSystem().open(path));
  }

  private static final class Stream extends DelegatingSeekableInputStream {

    private final FSDataInputStream in;

    private Stream(FSDataInputStream in) {
      super(in);
      this.in = in;
    }

    @Override
    public long getPos() throws IOException {
      return in.getPos();
    }

    @Override
    public void seek(long position) throws IOException {
      in.seek(position);
    }
  }
}
