package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacementTest {

  @Test
  void namesWhatCannotRunAndWhatIsBridged() {
    var report =
        """
        *Exec <GenerateExec> will run on GPU
          *Expression <PosExplode> posexplode(pass_at_ks(c#21, [1,2])) will run on GPU
            ^Expression <ScalaUDF> pass_at_ks(c#21, [1,2]) will run on GPU via CPU bridge because no
          !Exec <SortMergeJoinExec> cannot run on GPU because not all expressions can be replaced
            @Expression <AttributeReference> a#52 could run on GPU
            @Exec <ProjectExec> could run on GPU
              ! <MapElementsExec> cannot run on GPU because GPU does not currently support it
        """;

    var placement = Placement.parse(report);

    assertThat(placement.cpu())
        .containsExactly("MapElementsExec", "ProjectExec", "SortMergeJoinExec");
    assertThat(placement.bridge()).containsExactly("ScalaUDF pass_at_ks");
    assertThat(placement.notOnGpu())
        .containsExactly(
            "MapElementsExec", "ProjectExec", "SortMergeJoinExec", "ScalaUDF pass_at_ks");
  }

  @Test
  void leavesOutTheEdgesAndWhatABridgeDrawsAlong() {
    var report =
        """
!Exec <CollectLimitExec> cannot run on GPU because the Exec has been disabled
  @Partitioning <SinglePartition$> could run on GPU
  ^ <Levenshtein> levenshtein(cast(id#50L as string), a, None) will run on GPU via CPU bridge
    ^Expression <Cast> cast(id#50L as string) will run on GPU via CPU bridge because it \
avoids excess CPU and GPU transfers
  ! <LocalTableScanExec> cannot run on GPU because GPU does not currently support it
""";

    assertThat(Placement.parse(report).notOnGpu()).containsExactly("Levenshtein");
  }

  @Test
  void findsNothingInAnEmptyReport() {
    assertThat(Placement.parse("").notOnGpu()).isEmpty();
  }
}
