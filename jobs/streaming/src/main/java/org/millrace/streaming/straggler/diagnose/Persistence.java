package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Tells trouble from a single slow step: it begins with so many flags in the last few steps, and is
 * over after so many steps in a row without one.
 */
final class Persistence {

  private final Settings settings;

  /** The last steps, the newest lowest; a bit is set where a step was flagged. */
  private long steps;

  private boolean open;
  private int clean;
  private long firstFlagUs;
  private long lastFlagUs;

  /** Times of the last flags, as many as it takes to open; the oldest first. */
  private final long[] flagTimes;

  Persistence(Settings settings) {
    this.settings = settings;
    this.flagTimes = new long[settings.ofSteps()];
  }

  /** Takes a step; whether there now are as many flags as it takes to open. */
  boolean add(boolean flagged, long tsUs) {
    steps = steps << 1 | (flagged ? 1 : 0);
    System.arraycopy(flagTimes, 1, flagTimes, 0, flagTimes.length - 1);
    flagTimes[flagTimes.length - 1] = tsUs;
    if (flagged) {
      lastFlagUs = tsUs;
    }
    clean = flagged ? 0 : clean + 1;
    return !open && flagged && flags() >= settings.openFlags();
  }

  private int flags() {
    return Long.bitCount(steps & (1L << settings.ofSteps()) - 1);
  }

  /** Opens; from the oldest flag of the last steps on. */
  void open() {
    open = true;
    int count = flagTimes.length;
    for (int i = 0; i < count; i++) {
      if ((steps >> count - 1 - i & 1) == 1) {
        firstFlagUs = flagTimes[i];
        return;
      }
    }
  }

  /** Closes if it has been quiet for long enough; whether it did. */
  boolean closes() {
    if (open && clean >= settings.closeAfter()) {
      open = false;
      steps = 0;
      return true;
    }
    return false;
  }

  boolean isOpen() {
    return open;
  }

  /** Of the last steps that count for opening, how many were flagged. */
  int recentFlags() {
    return flags();
  }

  long firstFlagUs() {
    return firstFlagUs;
  }

  long lastFlagUs() {
    return lastFlagUs;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(steps);
    out.writeBoolean(open);
    out.writeInt(clean);
    out.writeLong(firstFlagUs);
    out.writeLong(lastFlagUs);
    for (long time : flagTimes) {
      out.writeLong(time);
    }
  }

  static Persistence read(DataInput in, Settings settings) throws IOException {
    var persistence = new Persistence(settings);
    persistence.steps = in.readLong();
    persistence.open = in.readBoolean();
    persistence.clean = in.readInt();
    persistence.firstFlagUs = in.readLong();
    persistence.lastFlagUs = in.readLong();
    for (int i = 0; i < persistence.flagTimes.length; i++) {
      persistence.flagTimes[i] = in.readLong();
    }
    return persistence;
  }
}
