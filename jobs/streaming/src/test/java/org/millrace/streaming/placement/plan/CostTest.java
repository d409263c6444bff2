package org.millrace.streaming.placement.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worked example: 3.6B on four nodes, line rates of 25 and 3.125 GB/s. */
class CostTest {

  private static final Request REQUEST =
      Request.of("j", Models.GPT_3_6B, 32, 768, 4).withSizes(1, 2);

  /** Speeds equal, so that the stages are. */
  private static Plan plan(String pattern, CostConstants constants) {
    var estate = Models.estate(pattern);
    for (var node : estate.nodes()) {
      estate = estate.with(node.withSpeed(200));
    }
    return Models.byName(estate, REQUEST, constants);
  }

  @ParameterizedTest
  @CsvSource({
    "AARR, 0.267, 1.546, 0.791, 19.33, 0, 9.89",
    "ARAR, 2.136, 0.193, 0.099, 0, 26.70, 0"
  })
  void theWorkedTable(
      String pattern,
      double data,
      double pipeline,
      double embedding,
      double pipelineBytes,
      double dataBytes,
      double embeddingBytes) {
    var cost = plan(pattern, CostConstants.NOMINAL).cost();

    assertThat(cost.dataSeconds()).isCloseTo(data, within(0.0005));
    assertThat(cost.pipelineSeconds()).isCloseTo(pipeline, within(0.0005));
    assertThat(cost.embeddingSeconds()).isCloseTo(embedding, within(0.0005));
    assertThat(cost.crossFabricPipelineBytes() / 1e9).isCloseTo(pipelineBytes, within(0.005));
    assertThat(cost.crossFabricDataBytes() / 1e9).isCloseTo(dataBytes, within(0.005));
    assertThat(cost.crossFabricEmbeddingBytes() / 1e9).isCloseTo(embeddingBytes, within(0.005));
  }

  @ParameterizedTest
  @CsvSource({"0, 2.60, 2.43", "0.5, 1.83, 2.33"})
  void howMuchIsHiddenDecidesWhichOrderIsFaster(double psi, double pure, double mixed) {
    var constants = CostConstants.NOMINAL.withOverlaps(psi, 0);

    var pureCost = plan("AARR", constants).cost();
    var mixedCost = plan("ARAR", constants).cost();

    assertThat(pureCost.iterationSeconds() - pureCost.computeSeconds())
        .isCloseTo(pure, within(0.005));
    assertThat(mixedCost.iterationSeconds() - mixedCost.computeSeconds())
        .isCloseTo(mixed, within(0.005));
  }

  @Test
  void thePureOrderWinsEvenWhereItSendsMoreAndIsSlower() {
    var constants = CostConstants.NOMINAL.withOverlaps(0, 0);

    var pure = plan("AARR", constants);
    var mixed = plan("ARAR", constants);

    assertThat(pure.cost().crossFabricBytes()).isGreaterThan(mixed.cost().crossFabricBytes());
    assertThat(pure.cost().iterationSeconds()).isGreaterThan(mixed.cost().iterationSeconds());
    assertThat(pure.score()).isLessThan(mixed.score());
  }

  @Test
  void computingIsThePipelineWithItsBubble() {
    var cost = plan("AARR", CostConstants.NOMINAL).cost();

    double stage = 0.5 * Models.GPT_3_6B.flopsPerSample(1) * 4 / 200e12;
    assertThat(cost.computeSeconds()).isCloseTo(13 * stage, within(1e-9));
    assertThat(cost.samplesPerSecond()).isEqualTo(768 / cost.iterationSeconds());
  }

  @Test
  void tensorSharesCutThePipelinesTimeEightfold() {
    var request = Request.of("j", Models.GPT_39_1B, 32, 768, 4).withSizes(8, 2);
    var estate = Models.estate("AARR");

    var whole = Models.byName(estate, request).cost();
    var shared = Models.byName(estate, request.withTransfer(Request.Transfer.SHARED)).cost();

    assertThat(whole.pipelineSeconds() / shared.pipelineSeconds()).isCloseTo(8, within(1e-9));
    assertThat(whole.dataSeconds()).isEqualTo(shared.dataSeconds());
  }

  @Test
  void theOverlappedOptimizerHidesAShareOfTheDataParallelTime() {
    var estate = Models.estate("AARR");

    var plain = Models.byName(estate, REQUEST).cost();
    var overlapped =
        Models.byName(estate, REQUEST.withOptimizer(Request.Optimizer.OVERLAPPED)).cost();

    assertThat(plain.iterationSeconds() - overlapped.iterationSeconds())
        .isCloseTo(0.5 * plain.dataSeconds(), within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"AARR, 0.5", "ARAR, 1"})
  void aNetworkForEachHopSendsOnlyWhatCrossesOverSockets(String pattern, double share) {
    // a stage a node; inner nodes send both ways
    var estate = Models.estate(pattern);
    var request = REQUEST.withSizes(1, 4);

    var perCommunicator = Models.byName(estate, request);
    var perHop =
        new Planner(CostConstants.NOMINAL, NetworkRule.HOP)
            .assess(estate, Map.of(), request, Parallelism.of(1, 4, 8), Models.names(estate));

    assertThat(perHop.cost().pipelineSeconds())
        .isCloseTo(share * perCommunicator.cost().pipelineSeconds(), within(1e-9));
  }
}
