package org.millrace.streaming.placement.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.millrace.command.UserError;

class PlanJsonTest {

  private static final Plan PLAN =
      Planner.standard()
          .plan(Models.estate("AARR"), Request.of("j", Models.GPT_3_6B, 32, 768, 4).withSizes(1, 2))
          .withEventTime(1_700_000_000_000L);
  private static final String TEXT = PlanJson.write(PLAN);

  @Test
  void whatIsWrittenIsReadBack() {
    assertThat(PlanJson.read("plan.json", TEXT)).isEqualTo(PLAN);
  }

  @Test
  void theKeysAreThoseOfTheContract() {
    assertThat(TEXT)
        .doesNotContain("\n")
        .startsWith(
            "{\"job\":\"j\",\"nodes\":[{\"host\":\"n00\",\"slots\":8,\"fabricId\":\"ib-A\","
                + "\"nic\":[\"mlx5_0\"],\"tierPath\":[]}")
        .contains(
            "\"tp\":1,\"pp\":2,\"dp\":16,\"order\":\"tp-cp-ep-dp-pp\",\"stageLayers\":[16,14],"
                + "\"groups\":[{\"kind\":\"DP\",\"ranks\":[0,1,2,")
        .contains(
            "\"net\":\"IB\",\"fabricId\":\"ib-A\",\"fabrics\":[\"ib-A\"],\"expectedBw\":190.0")
        .endsWith("\"eventTime\":1700000000000}");
  }

  @Test
  void anUnknownOrderIsNamed() {
    assertThatThrownBy(() -> PlanJson.read("p", TEXT.replace("tp-cp-ep-dp-pp", "dp-tp")))
        .isInstanceOf(UserError.class)
        .hasMessage("p: no plan: 'dp-tp' is no rank order; give tp-cp-ep-dp-pp or tp-cp-ep-pp-dp");
  }

  @Property(tries = 300)
  void anyCutIsRefusedInOneLine(@ForAll int cut) {
    var text = TEXT.substring(0, Math.floorMod(cut, TEXT.length()));

    assertThatThrownBy(() -> PlanJson.read("p", text))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("p: no plan: ")
        .hasMessageNotContaining("\n");
  }
}
