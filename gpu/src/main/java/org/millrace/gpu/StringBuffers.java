package org.millrace.gpu;

import ai.rapids.cudf.BaseDeviceMemoryBuffer;
import ai.rapids.cudf.ColumnView;

/**
 * Where a string column's parts lie in device memory, 0 for a part that the column doesn't have.
 * Valid as long as the column.
 *
 * @param offsets rows + 1 ints; absent in a column without rows
 * @param bytes UTF-8; absent where all texts are empty
 * @param length bytes there
 * @param valid a bit a row; absent where no row is null
 * @param rows how many
 */
record StringBuffers(long offsets, long bytes, long length, long valid, int rows) {

  static StringBuffers of(ColumnView strings) {
    var data = strings.getData();
    return new StringBuffers(
        address(strings.getOffsets()),
        address(data),
        data == null ? 0 : data.getLength(),
        address(strings.getValid()),
        Math.toIntExact(strings.getRowCount()));
  }

  static long address(BaseDeviceMemoryBuffer buffer) {
    return buffer == null ? 0 : buffer.getAddress();
  }
}
