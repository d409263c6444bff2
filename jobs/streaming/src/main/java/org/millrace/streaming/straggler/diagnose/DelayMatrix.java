package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.millrace.streaming.straggler.diagnose.Blame.Link;
import org.millrace.streaming.straggler.diagnose.Observation.Transport;

/**
 * The delay matrix of a job's links, window by window: D[i][j] = median(duration / bytes) of the
 * transfers from i to j, over the median of all links of its class (within a host, between hosts).
 * A link is hot where that is above the level; once the link has a history, where that is so many
 * times the link's own usual D, so that one that is always slower isn't hot. A slowdown of all
 * links cancels.
 */
final class DelayMatrix {

  /** Transfers a link and window that count; more are passed over. */
  private static final int SAMPLES = 32;

  /** Windows that a link's usual D is the median of. */
  private static final int HISTORY = 20;

  /** Windows until a link has a history. */
  private static final int KNOWN = 6;

  /** Links that a class must have for a median of its own. */
  private static final int CLASS = 3;

  private final Settings settings;
  private final Clocks clocks;
  private final TreeMap<Link, Cell> cells = new TreeMap<>();

  /** When each rank last sent in a communicator, by {@code communicator NUL rank}. */
  private final TreeMap<String, Long> sent = new TreeMap<>();

  private final LinkVerdicts verdicts;
  private long windowEndUs = Long.MIN_VALUE;
  private boolean any;

  DelayMatrix(Settings settings, Clocks clocks, Incidents incidents) {
    this.settings = settings;
    this.clocks = clocks;
    this.verdicts = new LinkVerdicts(settings, incidents);
  }

  /** Whether there are links to be blamed. */
  boolean isKnown() {
    return !cells.isEmpty();
  }

  /** Takes a transfer. */
  void add(Transport transport, Function<String, Member> member) {
    advance(transport.tsUs(), member);
    if (!any) {
      long window = settings.linkWindowUs();
      windowEndUs = Math.floorDiv(transport.tsUs(), window) * window + window;
      any = true;
    }
    long commonUs = clocks.common(member.apply(transport.src()).host(), transport.tsUs());
    sent.merge(transport.comm() + "\0" + transport.src(), commonUs, Math::max);
    cells
        .computeIfAbsent(new Link(transport.src(), transport.dst()), link -> new Cell())
        .add(transport.durationUs() / transport.bytes(), commonUs);
  }

  /** Whether a rank has sent something in a communicator since a time. */
  boolean sends(String comm, String id, long sinceUs) {
    var last = sent.get(comm + "\0" + id);
    return last != null && last >= sinceUs;
  }

  /** When the window ends; the largest long if none is under way. */
  long wakeUs() {
    return any ? windowEndUs : Long.MAX_VALUE;
  }

  /** It is this late: nothing earlier will come. */
  void advance(long nowUs, Function<String, Member> member) {
    if (any && nowUs >= windowEndUs) {
      any = false;
      close(windowEndUs - settings.linkWindowUs(), windowEndUs, member);
    }
  }

  private void close(long startUs, long endUs, Function<String, Member> member) {
    var delays = new TreeMap<Link, Double>();
    cells.forEach(
        (link, cell) -> {
          if (cell.size > 0) {
            delays.put(link, cell.takeMedian());
          }
        });
    var relative = relative(delays, member);
    var hot = new TreeMap<Link, Double>();
    relative.forEach(
        (link, value) -> {
          double excess = cells.get(link).excess(value);
          if (excess > settings.hotLevel()) {
            hot.put(link, excess);
          } else {
            cells.get(link).usual.add(value);
          }
        });
    if (!relative.isEmpty()) {
      verdicts.take(hot, relative.keySet(), startUs, endUs, member);
    }
  }

  /** The delays over the medians of their classes; nothing of fewer than three links. */
  private static Map<Link, Double> relative(
      Map<Link, Double> delays, Function<String, Member> member) {
    var relative = new TreeMap<Link, Double>();
    if (delays.size() < CLASS) {
      return relative;
    }
    var classes = new TreeMap<Boolean, List<Double>>();
    delays.forEach(
        (link, delay) ->
            classes.computeIfAbsent(isWithin(link, member), each -> new ArrayList<>()).add(delay));
    double all = median(delays.values());
    delays.forEach(
        (link, delay) -> {
          var of = classes.get(isWithin(link, member));
          relative.put(link, delay / (of.size() < CLASS ? all : median(of)));
        });
    return relative;
  }

  private static boolean isWithin(Link link, Function<String, Member> member) {
    var host = member.apply(link.src()).host();
    return !host.isEmpty() && host.equals(member.apply(link.dst()).host());
  }

  private static double median(Collection<Double> numbers) {
    return Baseline.median(numbers.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * Who keeps an operation from going on: the links between its ranks without a transfer since it
   * began, though they had some before; if all had one since, the first that fell silent. Nobody if
   * none had.
   */
  List<Suspect> stalled(Map<String, Member> ranks, long sinceUs, Function<String, Member> member) {
    var all = new TreeSet<Link>();
    var silent = new TreeSet<Link>();
    long oldest = Long.MAX_VALUE;
    for (var entry : cells.entrySet()) {
      var link = entry.getKey();
      if (ranks.containsKey(link.src()) && ranks.containsKey(link.dst())) {
        all.add(link);
        oldest = Math.min(oldest, entry.getValue().lastUs);
        if (entry.getValue().lastUs < sinceUs) {
          silent.add(link);
        }
      }
    }
    if (silent.isEmpty()) {
      for (var link : all) {
        if (cells.get(link).lastUs == oldest) {
          silent.add(link);
        }
      }
    }
    return silent.size() == all.size()
        ? List.of()
        : Blame.explain(silent, all, settings.hotShare(), member);
  }

  /** A link. */
  private static final class Cell {

    private final double[] samples = new double[SAMPLES];
    private int size;
    private long lastUs = Long.MIN_VALUE;
    private Baseline usual = new Baseline(HISTORY);

    private void add(double delay, long tsUs) {
      lastUs = Math.max(lastUs, tsUs);
      if (size < SAMPLES) {
        samples[size++] = delay;
      }
    }

    private double takeMedian() {
      double median = Baseline.median(Arrays.copyOf(samples, size));
      size = 0;
      return median;
    }

    /** How many times its usual D, once that is known. */
    private double excess(double value) {
      return usual.size() < KNOWN ? value : value / usual.median();
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(windowEndUs);
    out.writeBoolean(any);
    out.writeInt(cells.size());
    for (var entry : cells.entrySet()) {
      var cell = entry.getValue();
      out.writeUTF(entry.getKey().src());
      out.writeUTF(entry.getKey().dst());
      out.writeByte(cell.size);
      for (int i = 0; i < cell.size; i++) {
        out.writeDouble(cell.samples[i]);
      }
      out.writeLong(cell.lastUs);
      cell.usual.write(out);
    }
    out.writeInt(sent.size());
    for (var entry : sent.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeLong(entry.getValue());
    }
    verdicts.write(out);
  }

  void read(DataInput in) throws IOException {
    windowEndUs = in.readLong();
    any = in.readBoolean();
    for (int left = in.readInt(); left > 0; left--) {
      var link = new Link(in.readUTF(), in.readUTF());
      var cell = new Cell();
      cell.size = in.readUnsignedByte();
      for (int i = 0; i < cell.size; i++) {
        cell.samples[i] = in.readDouble();
      }
      cell.lastUs = in.readLong();
      cell.usual = Baseline.read(in, HISTORY);
      cells.put(link, cell);
    }
    for (int left = in.readInt(); left > 0; left--) {
      sent.put(in.readUTF(), in.readLong());
    }
    verdicts.read(in);
  }
}
