package org.millrace.gpu;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A string column in host memory, as cuDF lays it out. Before its first row and in the place of
 * null rows are bytes that belong to no text.
 *
 * @param offsets address of rows + 1 ints
 * @param bytes address of the texts' UTF-8
 * @param length bytes there
 * @param valid address of a bit a row, 0 where no row is null
 * @param rows how many
 */
record StringColumn(long offsets, long bytes, int length, long valid, int rows) {

  private static final byte[] STRAY = "stray 字 bytes".getBytes(StandardCharsets.UTF_8);

  /** A column of texts in UTF-8, null where an element is. */
  static StringColumn of(List<byte[]> texts, HostMemory memory) {
    int rows = texts.size();
    var offsets = new int[rows + 1];
    offsets[0] = STRAY.length;
    var valid = new int[(rows + 31) / 32];
    for (int row = 0; row < rows; row++) {
      var text = texts.get(row);
      offsets[row + 1] = offsets[row] + (text == null ? STRAY : text).length;
      valid[row / 32] |= text == null ? 0 : 1 << row;
    }
    var bytes = memory.allocate(offsets[rows]).put(STRAY);
    texts.forEach(text -> bytes.put(text == null ? STRAY : text));
    return new StringColumn(
        memory.ints(offsets),
        HostMemory.address(bytes),
        bytes.capacity(),
        texts.contains(null) ? memory.ints(valid) : 0,
        rows);
  }

  /** Where each list begins and the last one ends. */
  static int[] listOffsets(int[] sizes) {
    var offsets = new int[sizes.length + 1];
    System.arraycopy(sizes, 0, offsets, 1, sizes.length);
    Arrays.parallelPrefix(offsets, Integer::sum);
    return offsets;
  }
}
