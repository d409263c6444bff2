package org.millrace.kernel.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PackingTest {

  private static final int END = 0;

  @Test
  void documentsFollowEachOtherAndTheLastWindowIsPadded() {
    var windows =
        packed(Packing.of(4, END).padding(9), List.of(new int[] {1, 2}, new int[] {3, 4, 5, 6}));

    assertThat(windows)
        .containsExactly(
            new Window(
                0,
                new int[] {1, 2, END, 3},
                4,
                List.of(new Boundary("d0", "s0", 0, false), new Boundary("d1", "s1", 3, false))),
            new Window(1, new int[] {4, 5, 6, END}, 4, List.of(new Boundary("d1", "s1", 0, true))));
    assertThat(windows.get(1).lossMask()).containsExactly(1, 1, 1, 1);
  }

  @Test
  void paddingIsNoLoss() {
    var windows = packed(Packing.of(4, END).padding(9), List.of(new int[] {1}, new int[0]));

    assertThat(windows.get(0).tokens()).containsExactly(1, END, END, 9);
    assertThat(windows.get(0).lossMask()).containsExactly(1, 1, 1, 0);
    assertThat(windows.get(0).boundaries())
        .containsExactly(new Boundary("d0", "s0", 0, false), new Boundary("d1", "s1", 2, false));
  }

  @Test
  void anEndThatHasNoRoomIsInTheNextWindow() {
    var windows = packed(Packing.of(2, END), List.of(new int[] {1, 2}));

    assertThat(windows)
        .containsExactly(
            new Window(0, new int[] {1, 2}, 2, List.of(new Boundary("d0", "s0", 0, false))),
            new Window(1, new int[] {END, END}, 1, List.of(new Boundary("d0", "s0", 0, true))));
  }

  @Test
  void noDocumentsNoWindows() {
    assertThat(packed(Packing.of(4, END), List.of())).isEmpty();
  }

  @Property
  void tokensOutAreTokensInDocumentsAndPadding(
      @ForAll @Size(max = 30) List<@IntRange(max = 25) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 12) int length) {
    var packing = Packing.of(length, END).padding(-1);
    var documents = documents(lengths);
    var windows = packed(packing, documents);

    long in = lengths.stream().mapToLong(Integer::longValue).sum();
    long size = in + lengths.size();
    long padding = windows.stream().mapToLong(w -> w.tokens().length - w.used()).sum();

    assertThat((long) windows.size() * length).isEqualTo(in + lengths.size() + padding);
    assertThat(packing.windows(size)).isEqualTo(windows.size());
    assertThat(packing.paddingOf(size)).isEqualTo(padding);
    assertThat(stream(windows))
        .isEqualTo(
            documents.stream()
                .flatMap(d -> IntStream.concat(Arrays.stream(d), IntStream.of(END)).boxed())
                .toList());
  }

  @Property
  void boundariesAreWhereDocumentsBegin(
      @ForAll @Size(max = 30) List<@IntRange(max = 25) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 12) int length) {
    var expected = new ArrayList<String>();
    long at = 0;
    for (int d = 0; d < lengths.size(); d++) {
      long end = at + lengths.get(d) + 1;
      expected.add(at + " d" + d + " false");
      for (long next = (at / length + 1) * length; next < end; next += length) {
        expected.add(next + " d" + d + " true");
      }
      at = end;
    }

    var windows = packed(Packing.of(length, END), documents(lengths));

    assertThat(
            windows.stream()
                .flatMap(
                    w ->
                        w.boundaries().stream()
                            .map(
                                b ->
                                    w.index() * length
                                        + b.start()
                                        + " "
                                        + b.id()
                                        + " "
                                        + b.continued())))
        .containsExactlyElementsOf(expected);
  }

  @Property
  void anyDivisionIntoPartsGivesTheSameWindows(
      @ForAll @Size(max = 30) List<@IntRange(max = 25) Integer> lengths,
      @ForAll @Size(max = 6) List<@IntRange(max = 30) Integer> cuts,
      @ForAll @IntRange(min = 1, max = 12) int length,
      @ForAll long seed) {
    var packing = Packing.of(length, END).padding(-1);
    var documents = documents(lengths);

    assertThat(inParts(packing, documents, cuts, seed)).isEqualTo(packed(packing, documents));
  }

  @Test
  void fragmentsOfTwoWindowsAreRefused() {
    var packing = Packing.of(4, END);
    var first = new Fragment(1, 0, new int[] {1}, List.of());

    assertThatThrownBy(
            () -> packing.join(List.of(first, new Fragment(2, 1, new int[] {1}, List.of()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fragment of window 2 from token 1");
    assertThatThrownBy(
            () -> packing.join(List.of(first, new Fragment(1, 2, new int[] {1}, List.of()))))
        .hasMessageContaining("window 1 from 1 is due");
    assertThatThrownBy(() -> packing.join(List.of())).hasMessage("no fragments to join");
    assertThatThrownBy(() -> Packing.of(0, END)).hasMessageContaining("1 token or more");
  }

  private static List<int[]> documents(List<Integer> lengths) {
    var documents = new ArrayList<int[]>();
    int next = 1;
    for (int length : lengths) {
      documents.add(IntStream.range(next, next + length).toArray());
      next += length;
    }
    return documents;
  }

  private static List<Integer> stream(List<Window> windows) {
    return windows.stream()
        .flatMap(w -> Arrays.stream(w.tokens(), 0, w.used()).boxed())
        .collect(Collectors.toList());
  }

  private static List<Window> packed(Packing packing, List<int[]> documents) {
    return inParts(packing, documents, List.of(), 0);
  }

  /** Packs parts in random order, as an engine would, and joins what they share. */
  private static List<Window> inParts(
      Packing packing, List<int[]> documents, List<Integer> cuts, long seed) {
    var bounds = new TreeSet<>(List.of(0, documents.size()));
    cuts.stream().filter(cut -> cut < documents.size()).forEach(bounds::add);
    var starts = new ArrayList<>(bounds.headSet(documents.size()));
    Collections.shuffle(starts, new Random(seed));
    var windows = new TreeMap<Long, Window>();
    var fragments = new ArrayList<Fragment>();
    for (int start : starts) {
      long offset =
          documents.subList(0, start).stream().mapToLong(d -> Packing.size(d.length)).sum();
      var packer =
          packing.packer(
              offset,
              window -> assertThat(windows.put(window.index(), window)).isNull(),
              fragments::add);
      for (int d = start; d < bounds.higher(start); d++) {
        packer.add("d" + d, "s" + d, documents.get(d));
      }
      packer.finish();
    }
    fragments.stream()
        .collect(Collectors.groupingBy(Fragment::window))
        .forEach(
            (index, pieces) ->
                assertThat(windows.put(index, packing.join(pieces)))
                    .as("window %d", index)
                    .isNull());
    return List.copyOf(windows.values());
  }
}
