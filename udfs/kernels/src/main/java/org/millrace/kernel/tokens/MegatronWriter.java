package org.millrace.kernel.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes a data set as Megatron-LM's {@code IndexedDataset} reads it: {@code prefix.bin} and {@code
 * prefix.idx}, each sequence a document of its own. A sequence is a document's tokens or a packed
 * window. Tokens go to the file as they come; in memory are four bytes a sequence.
 *
 * <p>The index is written by {@link #finish}; a writer that is closed without it, as after an
 * error, leaves no files. For one thread.
 */
public final class MegatronWriter implements AutoCloseable {

  private final MegatronFiles files;
  private final MegatronType type;
  private final LittleEndianOutput bin;
  private int[] lengths = new int[1 << 10];
  private int sequences;
  private long tokens;
  private boolean finished;

  private MegatronWriter(MegatronFiles files, MegatronType type) throws IOException {
    this.files = files;
    this.type = type;
    Files.deleteIfExists(files.idx());
    bin = new LittleEndianOutput(files.bin());
  }

  /**
   * Begins a data set.
   *
   * @param prefix path of the two files without {@code .bin} and {@code .idx}; existing ones are
   *     replaced
   * @param type of the tokens
   */
  public static MegatronWriter open(Path prefix, MegatronType type) throws IOException {
    return new MegatronWriter(MegatronFiles.of(prefix), type);
  }

  /**
   * Adds a sequence.
   *
   * @param sequence its tokens, may be none
   * @throws IllegalArgumentException if a token doesn't fit the type
   */
  public void add(int[] sequence) throws IOException {
    for (int token : sequence) {
      if (token < 0 || token > type.largest()) {
        throw new IllegalArgumentException(
            "token %d of sequence %d of %s is not of 0 to %d; choose the type by the vocabulary"
                .formatted(token, sequences, files.bin(), type.largest()));
      }
    }
    bin.tokens(sequence, type);
    if (sequences == lengths.length) {
      lengths = Arrays.copyOf(lengths, Math.addExact(sequences, sequences >> 1));
    }
    lengths[sequences++] = sequence.length;
    tokens += sequence.length;
  }

  /** Sequences so far. */
  public int sequences() {
    return sequences;
  }

  /** Tokens so far. */
  public long tokens() {
    return tokens;
  }

  /** Writes the index; nothing can be added after it. */
  public void finish() throws IOException {
    bin.close();
    try (var idx = new MegatronIndexOutput(files.idx(), type, sequences, sequences + 1L)) {
      for (int i = 0; i < sequences; i++) {
        idx.length(lengths[i]);
      }
      for (int i = 0; i < sequences; i++) {
        idx.offsetOf(lengths[i]);
      }
      for (long i = 0; i <= sequences; i++) {
        idx.document(i);
      }
    }
    finished = true;
  }

  @Override
  public void close() throws IOException {
    bin.close();
    if (!finished) {
      Files.deleteIfExists(files.bin());
      Files.deleteIfExists(files.idx());
    }
  }
}
