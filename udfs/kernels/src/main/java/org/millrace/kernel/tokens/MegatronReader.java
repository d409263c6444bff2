package org.millrace.kernel.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Megatron data set by memory maps, checked as a whole when it's opened: sizes, offsets and
 * document index have to agree. Tokens of four bytes and of two without sign are read, and no
 * multimodal sets. The maps are freed when the reader is garbage.
 *
 * <p>Immutable and thread-safe.
 */
public final class MegatronReader {

  private static final int LENGTH_BYTES = 4;
  private static final int LONG_BYTES = 8;

  private final MegatronFiles files;
  private final MappedFile idx;
  private final MappedFile bin;
  private final MegatronType type;
  private final long sequences;
  private final long documentEntries;
  private final long offsets;
  private final long documents;

  private MegatronReader(MegatronFiles files) throws IOException {
    this.files = files;
    idx = new MappedFile(files.idx());
    bin = new MappedFile(files.bin());
    type = checkHeader();
    sequences = idx.int64(MegatronFiles.HEADER - 2 * LONG_BYTES);
    documentEntries = idx.int64(MegatronFiles.HEADER - LONG_BYTES);
    checkSize();
    offsets = MegatronFiles.HEADER + sequences * LENGTH_BYTES;
    documents = offsets + sequences * LONG_BYTES;
    checkOffsets();
    checkDocuments();
  }

  /**
   * Opens a data set. Reads the index once.
   *
   * @param prefix path of the two files without {@code .bin} and {@code .idx}
   * @throws IllegalArgumentException if a file is missing or they aren't such a pair
   */
  public static MegatronReader open(Path prefix) throws IOException {
    var files = MegatronFiles.of(prefix);
    for (var file : new Path[] {files.idx(), files.bin()}) {
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException("no Megatron file " + file);
      }
    }
    return new MegatronReader(files);
  }

  /** How tokens are stored. */
  public MegatronType type() {
    return type;
  }

  /** Number of sequences. */
  public long sequences() {
    return sequences;
  }

  /** Number of documents. */
  public long documents() {
    return documentEntries - 1;
  }

  /** Tokens of all sequences. */
  public long tokens() {
    return bin.size() / type.bytes();
  }

  /**
   * Tokens in a sequence.
   *
   * @param sequence 0 to {@link #sequences} - 1
   */
  public int length(long sequence) {
    check(sequence);
    return idx.int32(MegatronFiles.HEADER + sequence * LENGTH_BYTES);
  }

  /**
   * Tokens of a sequence.
   *
   * @param sequence 0 to {@link #sequences} - 1
   */
  public int[] sequence(long sequence) {
    var tokens = new int[length(sequence)];
    long at = idx.int64(offsets + sequence * LONG_BYTES);
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = bin.token(at + (long) i * type.bytes(), type);
    }
    return tokens;
  }

  /**
   * Number of the first sequence of a document.
   *
   * @param document 0 to {@link #documents}; for the last one that of all sequences
   */
  public long firstSequence(long document) {
    if (document < 0 || document >= documentEntries) {
      throw new IndexOutOfBoundsException(
          "document %d of %d of %s".formatted(document, documents(), files.idx()));
    }
    return idx.int64(documents + document * LONG_BYTES);
  }

  private MegatronType checkHeader() {
    if (idx.size() < MegatronFiles.HEADER) {
      throw broken("it ends within its header");
    }
    for (int i = 0; i < MegatronFiles.MAGIC.length; i++) {
      if (idx.int8(i) != MegatronFiles.MAGIC[i]) {
        throw broken("it doesn't begin with MMIDIDX");
      }
    }
    long version = idx.int64(MegatronFiles.MAGIC.length);
    if (version != MegatronFiles.VERSION) {
      throw broken("its version is " + version + " and not 1");
    }
    int code = idx.int8(MegatronFiles.MAGIC.length + LONG_BYTES);
    var known = MegatronType.ofCode(code);
    if (known == null) {
      throw broken("its tokens are of type " + code + " and not 4 (int32) or 8 (uint16)");
    }
    return known;
  }

  private void checkSize() {
    long rest = idx.size() - MegatronFiles.HEADER;
    if (sequences < 0
        || sequences > rest / (LENGTH_BYTES + LONG_BYTES)
        || documentEntries < 1
        || documentEntries > rest / LONG_BYTES
        || sequences * (LENGTH_BYTES + LONG_BYTES) + documentEntries * LONG_BYTES != rest) {
      throw broken(
          "it has %d bytes, which aren't those of %d sequences and %d document entries"
              .formatted(idx.size(), sequences, documentEntries));
    }
  }

  private void checkOffsets() {
    long due = 0;
    for (long i = 0; i < sequences; i++) {
      int length = length(i);
      long offset = idx.int64(offsets + i * LONG_BYTES);
      if (length < 0 || offset != due) {
        throw broken(
            "sequence %d has %d tokens from byte %d where byte %d is due"
                .formatted(i, length, offset, due));
      }
      due += (long) length * type.bytes();
    }
    if (due != bin.size()) {
      throw broken(
          "its sequences have %d bytes, but %s has %d".formatted(due, files.bin(), bin.size()));
    }
  }

  private void checkDocuments() {
    long last = 0;
    for (long i = 0; i < documentEntries; i++) {
      long first = firstSequence(i);
      if (first < last || i == 0 && first != 0) {
        throw broken("document %d begins at sequence %d after %d".formatted(i, first, last));
      }
      last = first;
    }
    if (last != sequences) {
      throw broken("its documents end at sequence %d of %d".formatted(last, sequences));
    }
  }

  private void check(long sequence) {
    if (sequence < 0 || sequence >= sequences) {
      throw new IndexOutOfBoundsException(
          "sequence %d of %d of %s".formatted(sequence, sequences, files.idx()));
    }
  }

  private IllegalArgumentException broken(String why) {
    return new IllegalArgumentException(
        files.idx() + " is no index of a Megatron data set: " + why + "; write the pair again");
  }
}
