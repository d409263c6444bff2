package org.millrace.kernel.tokens;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The pair of files of a Megatron data set. {@code .bin}: the tokens, little-endian. {@code .idx}:
 * magic (9 bytes), version 1 (8), type (1), sequences n (8), entries of the document index (8),
 * then n lengths in tokens (4 each), n offsets in bytes (8 each) and the document index, the number
 * of the first sequence of each document and n (8 each).
 *
 * @param bin tokens
 * @param idx index
 */
record MegatronFiles(Path bin, Path idx) {

  static final byte[] MAGIC = "MMIDIDX\0\0".getBytes(StandardCharsets.ISO_8859_1);
  static final long VERSION = 1;
  static final int HEADER = MAGIC.length + 8 + 1 + 8 + 8;

  static MegatronFiles of(Path prefix) {
    var name = prefix.getFileName();
    if (name == null) {
      throw new IllegalArgumentException(prefix + " is no name of files; give one");
    }
    return new MegatronFiles(
        prefix.resolveSibling(name + ".bin"), prefix.resolveSibling(name + ".idx"));
  }
}
