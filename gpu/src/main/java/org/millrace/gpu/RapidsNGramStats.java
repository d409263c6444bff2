package org.millrace.gpu;

import ai.rapids.cudf.CloseableArray;
import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.ColumnView;
import ai.rapids.cudf.DType;
import ai.rapids.cudf.DeviceMemoryBuffer;
import ai.rapids.cudf.HostColumnVector.BasicType;
import ai.rapids.cudf.HostColumnVector.DataType;
import ai.rapids.cudf.HostColumnVector.StructType;
import com.nvidia.spark.RapidsUDF;
import java.util.Collections;
import java.util.Optional;
import org.millrace.kernel.clean.CharacterClasses;
import org.millrace.kernel.clean.Ratio;
import org.millrace.udf.NGramStats;

/**
 * {@code ngram_stats} on RAPIDS columns, by a kernel that reads the texts where they lie. Bit for
 * bit what the CPU gives for texts that are UTF-8; a byte that begins no character counts as one
 * U+FFFD. Beside the texts it takes scratch memory: 120 bytes for each byte of the longest text at
 * least, 256 MB as a rule.
 */
public final class RapidsNGramStats extends NGramStats implements RapidsUDF {

  private static final long serialVersionUID = 1L;

  private static final int FIELDS = Ratio.values().length;

  /** What lets some thousand texts of a web page's length be read side by side. */
  private static final long USUAL_SCRATCH = 256L << 20;

  /**
   * Ratios of a batch.
   *
   * @param numRows rows of the batch
   * @param args STRING (texts); stays the caller's
   * @return STRUCT of FLOAT64, a field for each {@link Ratio}, null where the text is; the caller's
   *     to close
   */
  @Override
  public ColumnVector evaluateColumnar(int numRows, ColumnVector... args) {
    var texts = args[0];
    if (numRows == 0) {
      DataType field = new BasicType(false, DType.FLOAT64);
      return ColumnVector.empty(new StructType(true, Collections.nCopies(FIELDS, field)));
    }
    try (var ratios = DeviceMemoryBuffer.allocate(8L * FIELDS * numRows)) {
      measure(texts, ratios);
      return struct(texts, ratios);
    }
  }

  private static void measure(ColumnView texts, DeviceMemoryBuffer ratios) {
    long stream = DeviceKernels.stream();
    long longest = longest(texts);
    long most = Kernels.ngramScratch(longest);
    long usual = Math.min(USUAL_SCRATCH, most * texts.getRowCount());
    var in = StringBuffers.of(texts);
    try (var classes = ColumnVector.fromBytes(Classes.TABLE);
        var scratch = DeviceMemoryBuffer.allocate(Math.max(most, usual))) {
      Kernels.ngramStats(
          in.offsets(),
          in.bytes(),
          in.valid(),
          in.rows(),
          classes.getData().getAddress(),
          longest,
          scratch.getAddress(),
          scratch.getLength(),
          ratios.getAddress(),
          stream);
    }
  }

  /** Bytes of the longest text; 0 where all are null. */
  private static long longest(ColumnView texts) {
    try (var bytes = texts.getByteCount();
        var longest = bytes.max()) {
      return longest.isValid() ? longest.getInt() : 0;
    }
  }

  private static ColumnVector struct(ColumnView texts, DeviceMemoryBuffer ratios) {
    long rows = texts.getRowCount();
    var nulls = Optional.of(texts.getNullCount());
    try (var fields = CloseableArray.wrap(new ColumnView[FIELDS]);
        var slices = CloseableArray.wrap(new DeviceMemoryBuffer[FIELDS])) {
      for (int field = 0; field < FIELDS; field++) {
        slices.set(field, ratios.slice(8 * rows * field, 8 * rows));
        fields.set(
            field, new ColumnView(DType.FLOAT64, rows, nulls, slices.get(field), texts.getValid()));
      }
      try (var view =
          new ColumnView(DType.STRUCT, rows, nulls, texts.getValid(), null, fields.getArray())) {
        return view.copyToColumnVector();
      }
    }
  }

  /** Made when a batch first needs it, not when a driver makes the function. */
  private static final class Classes {
    private static final byte[] TABLE = CharacterClasses.table();
  }
}
