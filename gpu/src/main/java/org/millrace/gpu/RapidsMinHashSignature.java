package org.millrace.gpu;

import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.ColumnView;
import ai.rapids.cudf.DType;
import ai.rapids.cudf.DeviceMemoryBuffer;
import ai.rapids.cudf.HostColumnVector.BasicType;
import ai.rapids.cudf.HostColumnVector.ListType;
import ai.rapids.cudf.Scalar;
import com.nvidia.spark.RapidsUDF;
import java.util.Optional;
import org.millrace.kernel.dedup.MinHash;
import org.millrace.kernel.dedup.Shingles;
import org.millrace.udf.MinHashSignature;

/**
 * {@code minhash_signature} on RAPIDS columns, by kernels that read the texts where they lie: one
 * for how long each signature is, one for the signatures. Bit for bit what the CPU gives for texts
 * that are UTF-8. In bytes that aren't, each that doesn't continue another begins a character,
 * where the CPU would see U+FFFD.
 */
public final class RapidsMinHashSignature extends MinHashSignature implements RapidsUDF {

  private static final long serialVersionUID = 1L;

  private static final ListType TYPE = new ListType(true, new BasicType(false, DType.INT32));

  /**
   * Signatures of a batch.
   *
   * @param numRows rows of the batch
   * @param args STRING (texts), then literals: STRING (characters or words), INT32 (units of a
   *     shingle), INT32 (permutations); stay the caller's
   * @return LIST of INT32, null where the text or a literal is; the caller's to close
   * @throws IllegalArgumentException if a literal is out of its range or differs among the rows
   */
  @Override
  public ColumnVector evaluateColumnar(int numRows, ColumnVector... args) {
    if (numRows == 0) {
      return ColumnVector.empty(TYPE);
    }
    var unit = Literals.value(args[1], "minhash_signature's unit", Scalar::getJavaString);
    var size = Literals.value(args[2], "minhash_signature's size", Scalar::getInt);
    var permutations = Literals.value(args[3], "minhash_signature's permutations", Scalar::getInt);
    if (unit == null || size == null || permutations == null) {
      try (var none = Scalar.listFromNull(new BasicType(false, DType.INT32))) {
        return ColumnVector.fromScalar(none, numRows);
      }
    }
    return signatures(args[0], Shingles.of(Shingles.Unit.of(unit), size), MinHash.of(permutations));
  }

  private static ColumnVector signatures(ColumnVector texts, Shingles shingles, MinHash minHash) {
    var in = StringBuffers.of(texts);
    try (var sizes = sizes(in, shingles, minHash)) {
      int values = Sizes.total(sizes, "minhash_signature");
      try (var lists = sizes.generateListOffsets();
          var child = values(in, shingles, minHash, lists, values);
          var view =
              new ColumnView(
                  DType.LIST,
                  in.rows(),
                  Optional.of(texts.getNullCount()),
                  texts.getValid(),
                  lists.getData(),
                  new ColumnView[] {child})) {
        return view.copyToColumnVector();
      }
    }
  }

  private static ColumnVector sizes(StringBuffers in, Shingles shingles, MinHash minHash) {
    try (var sizes = DeviceMemoryBuffer.allocate(4L * in.rows())) {
      Kernels.minHashSizes(
          in.offsets(),
          in.bytes(),
          in.valid(),
          in.rows(),
          shingles.unit().ordinal(),
          shingles.size(),
          minHash.permutations(),
          sizes.getAddress(),
          DeviceKernels.stream());
      return Sizes.column(sizes, in.rows());
    }
  }

  private static ColumnVector values(
      StringBuffers in, Shingles shingles, MinHash minHash, ColumnView lists, int values) {
    if (values == 0) {
      return ColumnVector.fromInts();
    }
    try (var factors = ColumnVector.fromLongs(minHash.factors());
        var summands = ColumnVector.fromLongs(minHash.summands());
        var signatures = DeviceMemoryBuffer.allocate(4L * values)) {
      Kernels.minHash(
          in.offsets(),
          in.bytes(),
          in.valid(),
          in.rows(),
          in.length(),
          shingles.unit().ordinal(),
          shingles.size(),
          factors.getData().getAddress(),
          summands.getData().getAddress(),
          minHash.permutations(),
          lists.getData().getAddress(),
          signatures.getAddress(),
          values,
          DeviceKernels.stream());
      return Sizes.column(signatures, values);
    }
  }
}
