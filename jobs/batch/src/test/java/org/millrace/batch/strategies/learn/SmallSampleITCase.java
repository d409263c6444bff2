package org.millrace.batch.strategies.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.millrace.kernel.strategy.classroom.ClassroomOptions;
import org.millrace.kernel.strategy.classroom.ClassroomOptions.Oddities;

/** A predictor from a twentieth of a classroom where one group of students is rare. */
class SmallSampleITCase {

  private static final int TWENTIETH = 960;

  @Test
  void aSampleOfClustersIsAsGoodAsEverythingAndFairerThanChance() {
    assumeTrue(Torch.isThere(), "no PyTorch on the class path");
    var rareGroup = new Oddities(0, 0, 0, 0, false, true, false);
    var classroom = new SampleComparison(ClassroomOptions.DEFAULT.with(rareGroup));
    var settings = PredictorSettings.DEFAULT.seed(1);

    // Two passes over everything are twice the steps that a sample gets.
    var everything = classroom.predict(classroom.everything(), settings.epochs(2));
    var clusters = classroom.predict(classroom.ofClusters(TWENTIETH, 1), settings);
    var random = classroom.predict(classroom.atRandom(TWENTIETH, 1), settings);

    assertThat(everything.accuracy()).isGreaterThan(classroom.ceiling().accuracy() - .03);
    assertThat(clusters.accuracy()).isGreaterThan(everything.accuracy() - .02);
    assertThat(clusters.groupGap()).isLessThan(random.groupGap() / 1.5);
  }
}
