package org.millrace.batch.strategies.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.millrace.kernel.strategy.refine.Alignment;
import org.millrace.kernel.strategy.steps.SkillTokens;

/** An encoder of skills and a decoder of outcomes (Vaswani et al. 2017). */
final class MasteryNetwork {

  /** Outcomes, and what else can be given to the decoder: unknown ones, and the beginning. */
  private static final int GIVEN = SkillTokens.BEGIN + 1;

  private static final int OUTCOMES = SkillTokens.CORRECT + 1;
  private static final float NEVER = -1e9f;

  private final int size;
  private final NDArray skills;
  private final NDArray given;
  private final List<TransformerLayer> encoder;
  private final List<TransformerLayer> decoder;
  private final NDArray output;
  private final NDArray bias;

  /** A network of sizes, for as many tokens as there are. */
  MasteryNetwork(Weights weights, MasterySettings settings, int tokens) {
    size = settings.model();
    skills = weights.embedding("skills", tokens, size);
    given = weights.embedding("outcomes", GIVEN, size);
    encoder =
        IntStream.range(0, settings.layers())
            .mapToObj(i -> TransformerLayer.encoder(weights, "encoder." + i, settings))
            .toList();
    decoder =
        IntStream.range(0, settings.layers())
            .mapToObj(i -> TransformerLayer.decoder(weights, "decoder." + i, settings))
            .toList();
    output = weights.matrix("output", OUTCOMES, size);
    bias = weights.vector("outputBias", new double[OUTCOMES]);
  }

  /**
   * What came out.
   *
   * @param outcomes rows x targets x 2, before the softmax
   * @param shares of each layer's attention to the skills, rows x heads x targets x sources
   */
  record Decoded(NDArray outcomes, List<NDArray> shares) {}

  /**
   * Outcomes of rows of skills.
   *
   * @param sources skills, rows x sources; {@link SkillTokens#PAD} is nothing
   * @param real whether a source is one, as 1 or 0, of the same shape
   * @param targets the outcomes before each, the beginning before the first, rows x targets
   */
  Decoded forward(NDArray sources, NDArray real, NDArray targets, Dropout dropout) {
    var memory = sources.getManager();
    long rows = sources.getShape().get(0);
    var sourceMask = real.sub(1).mul(-NEVER).reshape(rows, 1, 1, sources.getShape().get(1));
    var encoded = dropout.apply(placed(embedded(sources, skills)));
    for (var layer : encoder) {
      encoded = layer.encode(encoded, sourceMask, dropout);
    }
    var earlier = earlier(memory, (int) targets.getShape().get(1));
    var decoded = dropout.apply(placed(embedded(targets, given)));
    var shares = new ArrayList<NDArray>();
    for (var layer : decoder) {
      var attended = layer.decode(decoded, earlier, encoded, sourceMask, dropout);
      decoded = attended.outputs();
      shares.add(attended.shares());
    }
    return new Decoded(Linear.linear(decoded, output, bias).singletonOrThrow(), shares);
  }

  /** Vectors of tokens, zeros for {@link SkillTokens#PAD}, which is never learned. */
  private NDArray embedded(NDArray tokens, NDArray vectors) {
    var there = tokens.neq(SkillTokens.PAD).toType(vectors.getDataType(), false).expandDims(-1);
    var embedded = Embedding.embedding(tokens, vectors, SparseFormat.DENSE).singletonOrThrow();
    return Scale.by(embedded, Math.sqrt(size)).mul(there);
  }

  /** With the sinusoids of their places. */
  private NDArray placed(NDArray steps) {
    int length = (int) steps.getShape().get(1);
    var flat = new float[length * size];
    int next = 0;
    for (var row : Alignment.withPositions(new double[length][size])) {
      for (double number : row) {
        flat[next++] = (float) number;
      }
    }
    return steps.add(steps.getManager().create(flat, new Shape(1, length, size)));
  }

  /** A step sees itself and what is before it. */
  private static NDArray earlier(NDManager memory, int length) {
    var mask = new float[length * length];
    for (int i = 0; i < length; i++) {
      for (int j = i + 1; j < length; j++) {
        mask[i * length + j] = NEVER;
      }
    }
    return memory.create(mask, new Shape(1, 1, length, length));
  }
}
