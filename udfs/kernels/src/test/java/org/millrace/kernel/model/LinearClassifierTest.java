package org.millrace.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearClassifierTest {

  private static final Trainer TRAINER = new Trainer(Units.WORDS, 1, 3, 1, 5);

  private static final LinearClassifier MODEL =
      TRAINER.fit(
          List.of(
              new Example("1", "a fine long evening", Label.GOOD),
              new Example("2", "buy cheap pills now", Label.BAD)));

  @Test
  void knowsNothingBeforeTraining() {
    assertThat(TRAINER.start().probability("a fine long evening")).isEqualTo(.5);
    assertThat(MODEL.probability("")).isEqualTo(.5);
    assertThat(MODEL.probability(" \n\t")).isEqualTo(.5);
  }

  @Test
  void leansToWhatItWasTaught() {
    assertThat(MODEL.probability("a fine evening")).isGreaterThan(.5);
    assertThat(MODEL.probability("cheap pills")).isLessThan(.5);
    assertThat(MODEL.probability("entirely other")).isEqualTo(.5);
  }

  @Test
  void ignoresCaseWidthAndWhiteSpace() {
    assertThat(MODEL.probability("\tCHEAP\n\nＰills "))
        .isEqualTo(MODEL.probability("cheap pills"))
        .isNotEqualTo(.5);
  }

  /** One number a feature gives what the vectors and softmax do. */
  @Test
  void isSoftmaxOfTheLinearLayerOnTheMean() {
    var text = "a fine pills";
    var features = new Features(text, Units.WORDS, LinearClassifier.BUCKETS);
    int dim = LinearClassifier.DIM;
    var mean = new double[dim];
    int count = 0;
    while (features.next()) {
      for (int bucket : new int[] {features.first(), features.second(), features.third()}) {
        if (bucket >= 0) {
          count++;
          for (int d = 0; d < dim; d++) {
            mean[d] += MODEL.input()[bucket * dim + d];
          }
        }
      }
    }
    double good = 0;
    double bad = 0;
    for (int d = 0; d < dim; d++) {
      good += mean[d] / count * MODEL.output()[d];
      bad += mean[d] / count * MODEL.output()[dim + d];
    }

    assertThat(count).isEqualTo(5);
    assertThat(MODEL.probability(text))
        .isCloseTo(Math.exp(good) / (Math.exp(good) + Math.exp(bad)), within(1e-6));
  }

  @Test
  void charactersGoInRunsOfOneToThree() {
    var features = new Features("你好 世", Units.CHARACTERS, LinearClassifier.BUCKETS);
    int units = 0;
    int pairs = 0;
    int triples = 0;
    while (features.next()) {
      units++;
      pairs += features.second() >= 0 ? 1 : 0;
      triples += features.third() >= 0 ? 1 : 0;
    }

    assertThat(List.of(units, pairs, triples)).containsExactly(4, 3, 2);
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    var bytes = bytes(MODEL);

    var read = LinearClassifier.read(new ByteArrayInputStream(bytes));

    assertThat(read).isEqualTo(MODEL);
    assertThat(read.probability("cheap pills")).isEqualTo(MODEL.probability("cheap pills"));
    assertThat(bytes(read)).isEqualTo(bytes);
    // 4 + 4 + 1 + 4 + 4 bytes, 32 numbers, a count, 14 n-grams of two texts of four words
    assertThat(bytes).hasSize(17 + 4 * 32 + 4 + 14 * (4 + 4 * 16));
  }

  @Test
  void refusesWhatIsNoModel() throws IOException {
    var bytes = bytes(MODEL);
    var otherVersion = bytes.clone();
    otherVersion[7] = 9;

    assertThatThrownBy(() -> read("nothing of the kind".getBytes()))
        .hasMessage("no linear classifier: it doesn't begin as one; train the model again");
    assertThatThrownBy(() -> read(otherVersion)).hasMessageContaining("its version is 9, not 1");
    assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(IOException.class);
  }

  /** Damage is an IOException or another model, nothing worse. */
  @Test
  void survivesDamage() throws IOException {
    var bytes = bytes(MODEL);
    var random = new Random(1);
    for (int i = 0; i < 50; i++) {
      var damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length) + 1);
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));

      Throwable thrown = null;
      try {
        read(damaged);
      } catch (IOException e) {
        thrown = e;
      }

      assertThat(thrown != null || damaged.length == bytes.length).isTrue();
    }
  }

  private static LinearClassifier read(byte[] bytes) throws IOException {
    return LinearClassifier.read(new ByteArrayInputStream(bytes));
  }

  private static byte[] bytes(LinearClassifier model) throws IOException {
    var out = new ByteArrayOutputStream();
    model.write(out);
    return out.toByteArray();
  }
}
