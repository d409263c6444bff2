package org.millrace.streaming.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.millrace.command.UserError;
import org.millrace.schema.Placement;
import org.millrace.schema.PlacementAdvice;
import org.millrace.schema.RejectedRecord;
import org.millrace.streaming.job.ContractSerializer;
import org.millrace.streaming.job.StreamingRun;
import org.millrace.streaming.job.Tally;
import org.millrace.streaming.placement.board.Board;
import org.millrace.streaming.placement.board.BoardEvent;
import org.millrace.streaming.placement.board.EventJson;
import org.millrace.streaming.placement.board.Outcome;
import org.millrace.streaming.placement.plan.Planner;

/**
 * Holds the board: puts events in order of time, as far as the watermark has come, and tells what
 * follows. Jobs compete for one estate, so there is one task of it; what is much, samples, was
 * judged before by many.
 */
final class PlannerOperator extends AbstractStreamOperator<Placement>
    implements OneInputStreamOperator<BoardEvent, Placement> {

  /** What to do with placed jobs. */
  static final OutputTag<PlacementAdvice> ADVICE =
      new OutputTag<>("advice", ContractSerializer.type(PlacementAdvice.class));

  /** Requests without a place. */
  static final OutputTag<RejectedRecord> REFUSED =
      new OutputTag<>("refused", ContractSerializer.type(RejectedRecord.class));

  private static final long serialVersionUID = 1L;

  private final PlannerSettings settings;

  private transient Planner planner;
  private transient PlacementRecords records;
  private transient Board board;
  private transient List<BoardEvent> waiting;
  private transient ListState<String> state;
  private transient Tally tally;
  private transient long version;
  private transient long now;
  private transient boolean timer;

  PlannerOperator(PlannerSettings settings) {
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    tally = new Tally(getRuntimeContext(), context.getOperatorStateStore());
    planner = settings.planner();
    records = new PlacementRecords(settings.constants(), settings.leastGain());
    board = new Board(planner, settings.leastGain());
    waiting = new ArrayList<>();
    now = Long.MIN_VALUE;
    state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("board", Types.STRING));
    var stored = new ArrayList<String>();
    state.get().forEach(stored::add);
    if (!stored.isEmpty()) {
      version = Long.parseLong(stored.get(0));
      board = Board.read(stored.get(1), planner, settings.leastGain());
      stored.subList(2, stored.size()).forEach(event -> waiting.add(EventJson.read(event)));
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    getMetricGroup().gauge("jobs_running", () -> board.plans().size());
    impatient();
  }

  @Override
  public void processElement(StreamRecord<BoardEvent> element) {
    waiting.add(element.getValue());
    impatient();
  }

  /** Where telemetry is silent no watermark comes: requests are not to wait for ever. */
  private void impatient() {
    if (settings.patienceMillis() == PlannerSettings.NO_PATIENCE || timer || waiting.isEmpty()) {
      return;
    }
    timer = true;
    long before = now;
    getProcessingTimeService()
        .registerTimer(
            getProcessingTimeService().getCurrentProcessingTime() + settings.patienceMillis(),
            moment -> {
              timer = false;
              if (now == before && !waiting.isEmpty()) {
                goOn(Long.MAX_VALUE);
              }
              impatient();
            });
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    now = mark.getTimestamp();
    goOn(now);
    super.processWatermark(mark);
  }

  private void goOn(long until) {
    var due = new ArrayList<BoardEvent>();
    for (var event : waiting) {
      if (event.ts() <= until) {
        due.add(event);
      }
    }
    waiting.removeAll(due);
    due.sort(BoardEvent.ORDER);
    for (int from = 0; from < due.size(); ) {
      long ts = due.get(from).ts();
      int to = from;
      while (to < due.size() && due.get(to).ts() == ts) {
        to++;
      }
      for (var outcome : board.apply(due.subList(from, to), ts)) {
        tell(outcome);
      }
      from = to;
    }
  }

  private void tell(Outcome outcome) {
    if (outcome instanceof Outcome.Placed placed) {
      tally.one("jobs_placed").add(1);
      tally.one("mixed_data_groups").add(placed.plan().score().mixedDataGroups());
      collect(records.placed(placed, ++version));
    } else if (outcome instanceof Outcome.Waits waits) {
      tally.one("jobs_waiting").add(1);
      collect(records.waits(waits, ++version));
    } else if (outcome instanceof Outcome.Ended ended) {
      tally.one("jobs_ended").add(1);
      collect(records.ended(ended, ++version));
    } else if (outcome instanceof Outcome.Advised advised) {
      tally.one("advice_" + advised.advice().kind().name().toLowerCase(Locale.ROOT)).add(1);
      output.collect(ADVICE, new StreamRecord<>(records.advised(advised), advised.ts()));
    } else if (outcome instanceof Outcome.MakesWay way) {
      tally.one(way.move().isPresent() ? "advice_make_way" : "advice_withdrawn").add(1);
      output.collect(ADVICE, new StreamRecord<>(records.makesWay(way), way.ts()));
    } else if (outcome instanceof Outcome.Refused refused) {
      refuse(
          PlacementRecords.refused(refused.source(), refused.request(), refused.reason()),
          refused.ts());
    }
  }

  private void collect(Placement placement) {
    output.collect(new StreamRecord<>(placement, placement.getTs()));
  }

  private void refuse(RejectedRecord record, long ts) {
    if (settings.failOnError()) {
      throw new SuppressRestartsException(
          new UserError(
              "--on-error fail: %s at %s:%d",
              record.getReason(), record.getSource(), record.getPosition()));
    }
    tally.one(StreamingRun.QUARANTINED + PlacementRecords.UNPLACEABLE).add(1);
    output.collect(REFUSED, new StreamRecord<>(record, ts));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    var stored = new ArrayList<String>();
    stored.add(String.valueOf(version));
    stored.add(board.write());
    waiting.forEach(event -> stored.add(EventJson.write(event)));
    state.update(stored);
    tally.snapshot();
  }
}
