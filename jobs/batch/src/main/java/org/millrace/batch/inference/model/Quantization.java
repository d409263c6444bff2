package org.millrace.batch.inference.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a model measures the range of each tensor as it runs. Such a model's answer on one text
 * depends on what else is in the batch, padding included: the bundled ones' vectors move by up to
 * 0.03 in a number. So it is asked about one text at a time, for results that depend on nothing
 * else.
 */
final class Quantization {

  // Operators of that kind are named DynamicQuantizeLinear, -MatMul, -LSTM.
  private static final byte[] OPERATOR = "DynamicQuantize".getBytes(StandardCharsets.US_ASCII);

  private Quantization() {}

  static boolean dynamic(Path onnx) throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(onnx), 1 << 16)) {
      int matched = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        // The first letter comes only once in it, so a mismatch starts over at most one letter in.
        matched = b == OPERATOR[matched] ? matched + 1 : b == OPERATOR[0] ? 1 : 0;
        if (matched == OPERATOR.length) {
          return true;
        }
      }
      return false;
    }
  }
}
