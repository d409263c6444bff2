package org.millrace.batch.bestofn.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.millrace.batch.bestofn.report.Report.Curve;

/**
 * Which colour a selector has. The known rules keep theirs from report to report; others take what
 * is free. The colours themselves are in {@code page.css} as {@code --c0} to {@code --c7}, made
 * from the colour-blind-safe set of Okabe and Ito.
 */
final class Palette {

  /** Colours in the style sheet. */
  static final int SIZE = 8;

  private static final List<String> KNOWN =
      List.of("best-score", "majority", "weighted-majority", "shortest", "longest", "borda");

  private Palette() {}

  /** Palette index by base name, in order of appearance; the ceiling has none (it is ink). */
  static Map<String, Integer> of(List<Curve> curves) {
    var bases = new LinkedHashMap<String, Integer>();
    curves.stream()
        .map(Curve::base)
        .filter(base -> !base.equals(Curve.CEILING))
        .forEach(base -> bases.put(base, KNOWN.indexOf(base)));
    var free = new TreeSet<Integer>();
    for (int i = 0; i < SIZE; i++) {
      if (!bases.containsValue(i)) {
        free.add(i);
      }
    }
    int wrapped = 0;
    for (var entry : bases.entrySet()) {
      if (entry.getValue() < 0) {
        Integer next = free.pollFirst();
        entry.setValue(next == null ? wrapped++ % SIZE : next);
      }
    }
    return bases;
  }
}
