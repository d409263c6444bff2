package org.millrace.kernel.strategy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OccEpochTest {

  private static final Centres ZERO = Centres.of(new double[] {0}, 1);

  @Test
  void workersProposeWhatIsBeyondLambda() {
    var labels = new int[3];

    var proposals =
        OccEpoch.propose(
            Points.ofRows(new double[] {1}, new double[] {2}, new double[] {5}), ZERO, 4, labels);

    assertThat(labels).containsExactly(0, 0, OccEpoch.PROPOSED);
    assertThat(proposals).extracting(OccEpoch.Proposal::id).containsExactly(2L);
  }

  @Test
  void theMasterVisitsProposalsByIdWhateverTheirOrder() {
    var proposals = new ArrayList<OccEpoch.Proposal>();
    for (var block :
        List.of(
            Points.of(new long[] {7, 9}, new double[] {11, 30}, 1),
            Points.of(new long[] {3}, new double[] {10}, 1))) {
      proposals.addAll(OccEpoch.propose(block, ZERO, 4, new int[block.size()]));
    }

    var verdict = OccEpoch.validate(proposals, ZERO, 4);

    assertThat(verdict.centres()).isEqualTo(Centres.of(new double[] {0, 10, 30}, 1));
    assertThat(verdict.label(3)).isEqualTo(1);
    assertThat(verdict.label(7)).isEqualTo(1);
    assertThat(verdict.label(9)).isEqualTo(2);
  }

  @Test
  void withoutProposalsNothingChanges() {
    assertThat(OccEpoch.validate(List.of(), ZERO, 4).centres()).isEqualTo(ZERO);
  }
}
