package org.millrace.gpu;

import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.ColumnView;
import ai.rapids.cudf.DType;
import ai.rapids.cudf.DeviceMemoryBuffer;
import com.nvidia.spark.RapidsUDF;
import java.util.Optional;
import org.millrace.udf.AnswerKeyFunction;

/**
 * {@code answer_key} on RAPIDS columns, by kernels that read the answers where they lie: one for
 * how long each key is, one for the keys. Byte for byte what the CPU gives for answers that are
 * UTF-8; bytes that aren't stay as they are.
 */
public final class RapidsAnswerKey extends AnswerKeyFunction implements RapidsUDF {

  private static final long serialVersionUID = 1L;

  /**
   * Keys of a batch.
   *
   * @param numRows rows of the batch
   * @param args STRING (answers); stays the caller's
   * @return STRING, null where the answer is; the caller's to close
   */
  @Override
  public ColumnVector evaluateColumnar(int numRows, ColumnVector... args) {
    if (numRows == 0) {
      return ColumnVector.fromStrings();
    }
    var answers = args[0];
    var in = StringBuffers.of(answers);
    try (var sizes = sizes(in)) {
      int length = Sizes.total(sizes, "answer_key");
      try (var starts = sizes.generateListOffsets();
          // cuDF wants a buffer even where all keys are empty.
          var keys = DeviceMemoryBuffer.allocate(Math.max(1, length))) {
        Kernels.answerKey(
            in.offsets(),
            in.bytes(),
            in.valid(),
            in.rows(),
            starts.getData().getAddress(),
            keys.getAddress(),
            DeviceKernels.stream());
        try (var view =
            new ColumnView(
                DType.STRING,
                numRows,
                Optional.of(answers.getNullCount()),
                keys,
                answers.getValid(),
                starts.getData())) {
          return view.copyToColumnVector();
        }
      }
    }
  }

  private static ColumnVector sizes(StringBuffers in) {
    try (var sizes = DeviceMemoryBuffer.allocate(4L * in.rows())) {
      Kernels.answerKeySizes(
          in.offsets(),
          in.bytes(),
          in.valid(),
          in.rows(),
          sizes.getAddress(),
          DeviceKernels.stream());
      return Sizes.column(sizes, in.rows());
    }
  }
}
