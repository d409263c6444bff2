package org.millrace.streaming.placement.board;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.health.HealthEvent;
import org.millrace.streaming.placement.request.RequestJson;
import org.millrace.streaming.placement.warning.LinkWarning;

/** Something that changes what can be placed where. */
public sealed interface BoardEvent {

  /** In order of time; of one time estates come first, then warnings, health, requests. */
  Comparator<BoardEvent> ORDER =
      Comparator.comparingLong(BoardEvent::ts)
          .thenComparingInt(BoardEvent::rank)
          .thenComparing(BoardEvent::name)
          .thenComparingLong(BoardEvent::position);

  /** Event time, milliseconds since 1970 UTC; 0 where inputs tell none. */
  long ts();

  private int rank() {
    if (this instanceof EstateSeen) {
      return 0;
    }
    return this instanceof LinkWarned ? 1 : this instanceof HealthChanged ? 2 : 3;
  }

  private String name() {
    if (this instanceof LinkWarned warned) {
      var warning = warned.warning;
      return warning.host() + "/" + warning.nic() + "/" + warning.series();
    }
    return this instanceof HealthChanged health
        ? health.event.host() + "/" + health.event.nic()
        : "";
  }

  private long position() {
    if (this instanceof EstateSeen seen) {
      return seen.position;
    }
    if (this instanceof HealthChanged health) {
      return health.event.episode();
    }
    if (this instanceof LinkWarned warned) {
      return warned.warning.episode();
    }
    var said = ((Requested) this).said;
    return said instanceof RequestJson.Asks asks ? asks.request().position() : Long.MAX_VALUE;
  }

  /**
   * The estate as it is from now on.
   *
   * @param position in its topic; of one time the last one counts
   */
  record EstateSeen(long ts, long position, Estate estate) implements BoardEvent {

    public EstateSeen {
      requireNonNull(estate, "estate is null");
    }
  }

  /** A NIC got worse or recovered; of the last millisecond of the window that proves it. */
  record HealthChanged(HealthEvent event) implements BoardEvent {

    public HealthChanged {
      requireNonNull(event, "event is null");
    }

    @Override
    public long ts() {
      return event.until() - 1;
    }
  }

  /** Traffic of a NIC became unusual or usual; of the last millisecond before it was judged. */
  record LinkWarned(LinkWarning warning) implements BoardEvent {

    public LinkWarned {
      requireNonNull(warning, "warning is null");
    }

    @Override
    public long ts() {
      return warning.ts() - 1;
    }
  }

  /** A job asks for a place, or is over. */
  record Requested(String source, RequestJson.Said said) implements BoardEvent {

    public Requested {
      requireNonNull(source, "source is null");
      requireNonNull(said, "said is null");
    }

    @Override
    public long ts() {
      return said.ts();
    }
  }
}
