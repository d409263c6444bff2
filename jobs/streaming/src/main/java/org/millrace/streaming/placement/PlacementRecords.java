package org.millrace.streaming.placement;

import java.time.Instant;
import java.util.List;
import org.millrace.schema.NicHealth;
import org.millrace.schema.Placement;
import org.millrace.schema.PlacementAdvice;
import org.millrace.schema.PlacementNode;
import org.millrace.schema.RejectedRecord;
import org.millrace.streaming.job.Fingerprint;
import org.millrace.streaming.placement.board.BoardEvent;
import org.millrace.streaming.placement.board.Outcome;
import org.millrace.streaming.placement.contend.Way;
import org.millrace.streaming.placement.health.Advice;
import org.millrace.streaming.placement.health.HealthEvent;
import org.millrace.streaming.placement.health.NicSample;
import org.millrace.streaming.placement.plan.CostConstants;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.plan.PlanJson;
import org.millrace.streaming.placement.request.JobRequest;
import org.millrace.streaming.placement.request.RequestJson;
import org.millrace.streaming.placement.warning.LinkWarning;

/** Outcomes as records of the contracts. */
final class PlacementRecords {

  static final String PLACED = "PLACED";
  static final String WAITING = "WAITING";
  static final String ENDED = "ENDED";
  static final String MAKE_WAY = "MAKE_WAY";

  /** The class of the reason of requests that have no place. */
  static final String UNPLACEABLE = "no place";

  private static final int SCHEMA = 1;

  private final String configHash;

  PlacementRecords(CostConstants constants, double leastGain) {
    configHash = Fingerprint.hex(constants + " " + leastGain);
  }

  Placement placed(Outcome.Placed placed, long version) {
    var plan = placed.plan();
    return empty(plan.job(), PLACED, placed.ts(), version, plan.reason())
        .setPriority(placed.request().priority())
        .setNodes(
            plan.nodes().stream()
                .map(
                    node ->
                        new PlacementNode(
                            node.host(),
                            node.slots(),
                            node.fabricId(),
                            node.nics(),
                            node.tierPath()))
                .toList())
        .setTp(plan.sizes().tensor())
        .setPp(plan.sizes().pipeline())
        .setDp(plan.sizes().data())
        .setOrder(plan.sizes().order().megatron())
        .setStageLayers(plan.stageLayers())
        .setIterationSeconds(plan.cost().iterationSeconds())
        .setSamplesPerSecond(plan.cost().samplesPerSecond())
        .setTflopsPerGpu(plan.cost().tflopsPerGpu())
        .setLowerBoundSeconds(plan.lowerBoundSeconds())
        .setExact(plan.exact())
        .setMixedDataGroups(plan.score().mixedDataGroups())
        .setCrossFabricBytes(plan.cost().crossFabricBytes())
        .setPlan(PlanJson.write(plan))
        .build();
  }

  Placement waits(Outcome.Waits waits, long version) {
    return empty(waits.request().job(), WAITING, waits.ts(), version, waits.reason())
        .setPriority(waits.request().priority())
        .build();
  }

  Placement ended(Outcome.Ended ended, long version) {
    return empty(ended.job(), ENDED, ended.ts(), version, ended.reason()).build();
  }

  private Placement.Builder empty(String job, String status, long ts, long version, String reason) {
    return Placement.newBuilder()
        .setJob(job)
        .setSchema$(SCHEMA)
        .setVersion(version)
        .setStatus(status)
        .setTs(ts)
        .setPriority(0)
        .setNodes(List.of())
        .setTp(0)
        .setPp(0)
        .setDp(0)
        .setOrder("")
        .setStageLayers(List.of())
        .setExact(false)
        .setMixedDataGroups(0)
        .setCrossFabricBytes(0)
        .setReason(reason)
        .setConfigHash(configHash);
  }

  PlacementAdvice advised(Outcome.Advised advised) {
    var advice = advised.advice();
    var event = advice.event();
    return PlacementAdvice.newBuilder()
        .setJob(advice.job())
        .setSchema$(SCHEMA)
        .setKind(advice.kind().name())
        .setTs(advised.ts())
        .setHost(event.host())
        .setNic(event.nic())
        .setEpisode(event.episode())
        .setCauses(causes(event))
        .setWindowStart(event.from())
        .setBeforeSeconds(seconds(advice.beforeSeconds()))
        .setAfterSeconds(seconds(advice.afterSeconds()))
        .setHosts(advice.placement().map(Plan::hosts).orElse(List.of()))
        .setPlan(advice.placement().map(PlanJson::write).orElse(null))
        .setReason(advice.reason())
        .setConfigHash(configHash)
        .build();
  }

  PlacementAdvice makesWay(Outcome.MakesWay way) {
    var now = way.plan().cost().iterationSeconds();
    var to = way.move().map(Way.Move::plan);
    return PlacementAdvice.newBuilder()
        .setJob(way.plan().job())
        .setSchema$(SCHEMA)
        .setKind(way.move().isPresent() ? MAKE_WAY : Advice.Kind.WITHDRAWN.name())
        .setTs(way.ts())
        .setHost("")
        .setNic("")
        .setEpisode(0)
        .setCauses(List.of())
        .setWindowStart(way.ts())
        .setBeforeSeconds(now)
        .setAfterSeconds(to.map(plan -> plan.cost().iterationSeconds()).orElse(now))
        .setHosts(to.map(Plan::hosts).orElse(List.of()))
        .setPlan(to.map(PlanJson::write).orElse(null))
        .setReason(way.reason())
        .setConfigHash(configHash)
        .setMakesWayFor(way.waits())
        .setMoveSeconds(way.move().map(Way.Move::seconds).orElse(null))
        .build();
  }

  private static double seconds(double iteration) {
    return iteration == Advice.NEVER ? 0 : iteration;
  }

  private static NicHealth health(HealthEvent event) {
    return NicHealth.newBuilder()
        .setHost(event.host())
        .setSchema$(SCHEMA)
        .setNic(event.nic())
        .setChange(event.change().name())
        .setEpisode(event.episode())
        .setWindowStart(event.from())
        .setTs(event.until())
        .setCauses(causes(event))
        .build();
  }

  private static NicHealth health(LinkWarning warning) {
    return NicHealth.newBuilder()
        .setHost(warning.host())
        .setSchema$(SCHEMA)
        .setNic(warning.nic())
        .setChange(warning.change().name())
        .setEpisode(warning.episode())
        .setWindowStart(warning.from())
        .setTs(warning.ts())
        .setCauses(List.of())
        .setSeries(warning.series().name())
        .setPerSecond(warning.perSecond())
        .setScore(warning.score())
        .setThreshold(warning.threshold())
        .build();
  }

  /** What an event of a watch is in the dataset of health. */
  static NicHealth health(BoardEvent event) {
    return event instanceof BoardEvent.LinkWarned warned
        ? health(warned.warning())
        : health(((BoardEvent.HealthChanged) event).event());
  }

  private static List<String> causes(HealthEvent event) {
    return event.causes().stream().sorted().map(Enum::name).sorted().toList();
  }

  /**
   * A sample that came after its window was judged.
   *
   * @param over end of the window, milliseconds since 1970 UTC
   */
  static RejectedRecord late(NicSample sample, long over) {
    return new RejectedRecord(
        "%s: its window was over at %s; a greater --out-of-orderness waits longer"
            .formatted(NicWatch.LATE_SAMPLE, Instant.ofEpochMilli(over)),
        sample.host() + "/" + sample.nic(),
        sample.ts(),
        "%s %s %s".formatted(sample.signal(), sample.series(), sample.value()),
        null);
  }

  static RejectedRecord refused(String source, JobRequest request, String reason) {
    return new RejectedRecord(
        UNPLACEABLE + ": " + reason, source, request.position(), RequestJson.write(request), null);
  }
}
