package org.millrace.streaming.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * All files of an input, and how far each was read.
 *
 * @param paths the files
 * @param lines lines done, a file
 */
record FilesSplit(List<String> paths, List<Long> lines) implements SourceSplit {

  @Override
  public String splitId() {
    return "files";
  }

  /** Reads and writes splits in checkpoints; version 1. */
  static final class Serializer implements SimpleVersionedSerializer<FilesSplit> {

    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(FilesSplit split) throws IOException {
      var out = new DataOutputSerializer(256);
      out.writeInt(split.paths().size());
      for (int i = 0; i < split.paths().size(); i++) {
        out.writeUTF(split.paths().get(i));
        out.writeLong(split.lines().get(i));
      }
      return out.getCopyOfBuffer();
    }

    @Override
    public FilesSplit deserialize(int version, byte[] bytes) throws IOException {
      if (version != 1) {
        throw new IOException("unknown version of a files split: " + version);
      }
      var in = new DataInputDeserializer(bytes);
      int count = in.readInt();
      var paths = new ArrayList<String>(count);
      var lines = new ArrayList<Long>(count);
      for (int i = 0; i < count; i++) {
        paths.add(in.readUTF());
        lines.add(in.readLong());
      }
      return new FilesSplit(paths, lines);
    }
  }
}
