package org.millrace.streaming.anomaly.rola;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RowHistoryTest {

  /** Keeps chunks as bytes, and remembers what it was told. */
  private static final class Bytes implements ChunkStore {

    final TreeMap<Long, byte[]> chunks = new TreeMap<>();
    final List<Long> put = new ArrayList<>();

    @Override
    public void put(Chunk chunk) {
      put.add(chunk.number());
      try {
        var bytes = new ByteArrayOutputStream();
        chunk.write(new DataOutputStream(bytes));
        chunks.put(chunk.number(), bytes.toByteArray());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public Chunk get(long number) {
      try {
        var bytes = chunks.get(number);
        return bytes == null ? null : Chunk.read(in(bytes));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void drop(long number) {
      chunks.remove(number);
    }
  }

  @Property(tries = 200)
  void givesTheLastRows(
      @ForAll @IntRange(min = 0, max = 120) int rows,
      @ForAll @IntRange(min = 1, max = 60) int length,
      @ForAll @IntRange(min = 0, max = 1) int skipped)
      throws IOException {
    var store = new Bytes();
    var history = new RowHistory(length + 1, store);
    for (int j = 0; j < rows; j++) {
      history.append(j < 40 ? new double[] {j} : new double[] {j, -j}, outliers(j));
      if (j % 7 == 0) {
        history = copy(history, length + 1, store);
      }
    }

    var window = history.window(2, length, skipped);

    int end = Math.max(0, rows - skipped);
    int begin = Math.max(0, end - length);
    assertThat(window.values()[0]).hasSize(end - begin);
    for (int j = begin; j < end; j++) {
      int at = j - begin;
      assertThat(window.values()[0][at]).isEqualTo(j);
      assertThat(window.values()[1][at]).isEqualTo(Double.valueOf(j < 40 ? Double.NaN : -j));
      assertThat(window.outliers()[0].get(at)).isEqualTo(j % 5 == 0);
      assertThat(window.outliers()[1].get(at)).isEqualTo(j >= 40 && j % 3 == 0);
    }
  }

  private static BitSet outliers(int row) {
    var outliers = new BitSet();
    outliers.set(0, row % 5 == 0);
    outliers.set(1, row >= 40 && row % 3 == 0);
    return outliers;
  }

  @Test
  void writesEachFullChunkOnceAndDropsWhatCanNotBeAskedFor() {
    var store = new Bytes();
    var history = new RowHistory(33, store);
    for (int j = 0; j < 160; j++) {
      history.append(new double[] {j}, new BitSet());
    }

    assertThat(store.put).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(store.chunks.keySet()).containsExactly(7L, 8L, 9L);
  }

  @Test
  void onlyTheOpenChunkIsPartOfItsState() throws IOException {
    var history = new RowHistory(1441, new Bytes());
    for (int j = 0; j < 1600 + 3; j++) {
      history.append(new double[9], new BitSet());
    }
    var bytes = new ByteArrayOutputStream();
    history.write(new DataOutputStream(bytes));

    assertThat(bytes.size()).isEqualTo(8 + 3 * (2 + 9 * 8 + 2));
  }

  @Test
  void saysWhichChunkIsMissing() {
    var store = new Bytes();
    var history = new RowHistory(100, store);
    for (int j = 0; j < 40; j++) {
      history.append(new double[] {j}, new BitSet());
    }
    store.chunks.remove(1L);

    assertThatThrownBy(() -> history.window(1, 30, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Chunk 1 of the rows is not in its store: restore the chunks with the state");
  }

  @Test
  void refusesAChunkOfAnotherVersion() {
    assertThatThrownBy(() -> Chunk.read(in(new byte[] {3})))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "A chunk of rows has version 3, this release reads 1 to 2: use the release that wrote it");
  }

  private static RowHistory copy(RowHistory history, int kept, ChunkStore store)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    history.write(new DataOutputStream(bytes));
    return RowHistory.read(in(bytes.toByteArray()), DeviceMonitor.VERSION, kept, store);
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
