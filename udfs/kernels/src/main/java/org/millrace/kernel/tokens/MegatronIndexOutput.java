package org.millrace.kernel.tokens;

import java.io.IOException;
import java.nio.file.Path;

/** An {@code .idx} in the making: all lengths, then all offsets, then the document index. */
final class MegatronIndexOutput implements AutoCloseable {

  private final LittleEndianOutput out;
  private final MegatronType type;
  private long offset;

  MegatronIndexOutput(Path file, MegatronType type, long sequences, long documentEntries)
      throws IOException {
    this.type = type;
    out = new LittleEndianOutput(file);
    out.bytes(MegatronFiles.MAGIC);
    out.int64(MegatronFiles.VERSION);
    out.bytes(new byte[] {(byte) type.code()});
    out.int64(sequences);
    out.int64(documentEntries);
  }

  void length(int tokens) throws IOException {
    out.int32(tokens);
  }

  /** The offset of the next sequence, which has so many tokens. */
  void offsetOf(int tokens) throws IOException {
    out.int64(offset);
    offset += (long) tokens * type.bytes();
  }

  void document(long sequence) throws IOException {
    out.int64(sequence);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
