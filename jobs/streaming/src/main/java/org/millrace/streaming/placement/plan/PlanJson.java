package org.millrace.streaming.placement.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.millrace.command.UserError;

/**
 * A plan as JSON, in one line: the same plan, the same text. Keys are in the order of {@link Form},
 * numbers as Java writes them.
 */
public final class PlanJson {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** A plan's keys. */
  private record Form(
      @JsonProperty("job") String job,
      @JsonProperty("nodes") List<NodeForm> nodes,
      @JsonProperty("tp") int tp,
      @JsonProperty("pp") int pp,
      @JsonProperty("dp") int dp,
      @JsonProperty("order") String order,
      @JsonProperty("stageLayers") List<Integer> stageLayers,
      @JsonProperty("groups") List<GroupForm> groups,
      @JsonProperty("score") Score score,
      @JsonProperty("cost") Cost cost,
      @JsonProperty("lowerBoundSeconds") double lowerBoundSeconds,
      @JsonProperty("exact") boolean exact,
      @JsonProperty("constants") CostConstants constants,
      @JsonProperty("alternatives") List<Alternative> alternatives,
      @JsonProperty("reason") String reason,
      @JsonProperty("eventTime") long eventTime) {}

  private record NodeForm(
      @JsonProperty("host") String host,
      @JsonProperty("slots") int slots,
      @JsonProperty("fabricId") String fabricId,
      @JsonProperty("nic") List<String> nic,
      @JsonProperty("tierPath") List<String> tierPath) {}

  private record GroupForm(
      @JsonProperty("kind") GroupKind kind,
      @JsonProperty("ranks") List<Integer> ranks,
      @JsonProperty("net") NetKind net,
      @JsonProperty("fabricId") String fabricId,
      @JsonProperty("fabrics") List<String> fabrics,
      @JsonProperty("expectedBw") double expectedBw) {}

  private PlanJson() {}

  /** Writes a plan; {@code expectedBw} is in Gb/s. */
  public static String write(Plan plan) {
    var form =
        new Form(
            plan.job(),
            plan.nodes().stream()
                .map(n -> new NodeForm(n.host(), n.slots(), n.fabricId(), n.nics(), n.tierPath()))
                .toList(),
            plan.sizes().tensor(),
            plan.sizes().pipeline(),
            plan.sizes().data(),
            plan.sizes().order().megatron(),
            plan.stageLayers(),
            plan.groups().stream().map(PlanJson::form).toList(),
            plan.score(),
            plan.cost(),
            plan.lowerBoundSeconds(),
            plan.exact(),
            plan.constants(),
            plan.alternatives(),
            plan.reason(),
            plan.eventTime());
    try {
      return JSON.writeValueAsString(form);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a plan that is no JSON", e);
    }
  }

  private static GroupForm form(PlacedGroup group) {
    return new GroupForm(
        group.kind(),
        group.ranks(),
        group.network().kind(),
        group.network().fabricId(),
        group.fabrics(),
        group.expectedGbps());
  }

  /**
   * Reads a plan.
   *
   * @param source of the text, for errors
   * @throws UserError in one line, if the text is no plan
   */
  public static Plan read(String source, String text) {
    try {
      var form = JSON.readValue(text, Form.class);
      return new Plan(
          form.job,
          new Parallelism(form.tp, form.pp, form.dp, RankOrder.parse(form.order)),
          form.nodes.stream()
              .map(n -> new PlacedNode(n.host, n.slots, n.fabricId, n.nic, n.tierPath))
              .toList(),
          form.stageLayers,
          form.groups.stream()
              .map(
                  g ->
                      new PlacedGroup(
                          g.kind, g.ranks, new Network(g.net, g.fabricId), g.fabrics, g.expectedBw))
              .toList(),
          form.score,
          form.cost,
          form.lowerBoundSeconds,
          form.exact,
          form.constants,
          form.alternatives,
          form.reason,
          form.eventTime);
    } catch (JsonProcessingException e) {
      throw new UserError("%s: no plan: %s", source, oneLine(e.getOriginalMessage()));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new UserError("%s: no plan: %s", source, oneLine(String.valueOf(e.getMessage())));
    }
  }

  private static String oneLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
