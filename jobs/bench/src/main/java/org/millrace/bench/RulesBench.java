package org.millrace.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.millrace.kernel.clean.C4;
import org.millrace.kernel.clean.Decision;
import org.millrace.kernel.clean.DocumentStatistics;
import org.millrace.kernel.clean.Keywords;
import org.millrace.kernel.clean.Pii;
import org.millrace.kernel.clean.RulePack;
import org.millrace.kernel.clean.RulePacks;
import org.millrace.kernel.clean.Words;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** UTF-8 megabytes a second and core of the cleaning rules, every rule of every pack asked. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RulesBench {

  /** Adds the megabytes done to what JMH prints. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Volume {
    /** UTF-8 megabytes. */
    public double megabytes;
  }

  private static final int DOCUMENTS = 256;
  private static final List<RulePack> PACKS =
      List.of(
          RulePacks.PANGU,
          RulePacks.GOPHER_QUALITY,
          RulePacks.GOPHER_REPETITION,
          RulePacks.FINEWEB,
          RulePacks.FINEWEB2_ZH);

  /** Script of the made-up documents. */
  @Param({"english", "chinese"})
  public String language;

  private final C4 c4 = C4.with(C4.LineEnds.TERMINAL);
  private String[] documents;
  private double megabytes;
  private DocumentStatistics statistics;
  private Keywords keywords;

  /** Makes documents of 2 to 12 KB with words drawn as by Zipf's law. */
  @Setup
  public void makeDocuments() {
    var random = new SplittableRandom(1);
    boolean chinese = language.equals("chinese");
    documents = new String[DOCUMENTS];
    for (int i = 0; i < DOCUMENTS; i++) {
      documents[i] = document(random, chinese);
      megabytes += documents[i].getBytes(StandardCharsets.UTF_8).length / 1e6;
    }
    statistics = new DocumentStatistics(chinese ? Words.CHINESE_CHARACTERS : Words.TOKENS);
    keywords =
        Keywords.of(
            IntStream.range(0, 724).mapToObj(i -> word(10 * i + 9, chinese) + "q" + i).toList());
  }

  private static String document(SplittableRandom random, boolean chinese) {
    int words = 350 + random.nextInt(1700);
    var text = new StringBuilder();
    for (int i = 1; i <= words; i++) {
      int rank = (int) Math.pow(20_000, random.nextDouble());
      text.append(word(rank, chinese));
      boolean sentence = i % 13 == 0;
      text.append(sentence ? (chinese ? "。" : ".") : "");
      text.append(sentence && i % 4 == 0 ? "\n" : chinese ? "" : " ");
    }
    return text.toString();
  }

  private static String word(int rank, boolean chinese) {
    if (chinese) {
      return "" + (char) (0x4E00 + rank % 3000) + (rank > 3000 ? (char) (0x4E00 + rank / 7) : "");
    }
    var letters = new StringBuilder();
    for (int left = rank * 7 + 30; left > 0; left /= 20) {
      letters.append((char) ('a' + left % 20));
    }
    return letters.append(rank % 3 == 0 ? "ing" : "e").toString();
  }

  /** The statistics and every rule of the five packs, no pack stopping at its first. */
  @Benchmark
  public void allPacks(Blackhole sink, Volume volume) {
    for (var document : documents) {
      statistics.measure(document);
      for (var pack : PACKS) {
        for (var rule : pack.rules()) {
          sink.consume(rule.judge(statistics));
        }
      }
    }
    volume.megabytes += megabytes;
  }

  /** What {@link #allPacks} does, and C4's lines. */
  @Benchmark
  public void allPacksAndC4(Blackhole sink, Volume volume) {
    allPacks(sink, volume);
    for (var document : documents) {
      sink.consume(c4.clean(document));
    }
  }

  /** C4's lines. */
  @Benchmark
  public void c4(Blackhole sink, Volume volume) {
    for (var document : documents) {
      sink.consume(c4.clean(document));
    }
    volume.megabytes += megabytes;
  }

  /** Masking of what identifies people. */
  @Benchmark
  public void pii(Blackhole sink, Volume volume) {
    for (var document : documents) {
      sink.consume(Pii.mask(document));
    }
    volume.megabytes += megabytes;
  }

  /** 724 sensitive words, none of which occurs. */
  @Benchmark
  public int sensitiveWords(Volume volume) {
    int dropped = 0;
    for (var document : documents) {
      dropped += keywords.countIn(document, 4);
    }
    volume.megabytes += megabytes;
    return dropped;
  }

  /** What a document without faults costs: statistics once, every pack asked in its order. */
  @Benchmark
  public int verdicts(Volume volume) {
    int kept = 0;
    for (var document : documents) {
      statistics.measure(document);
      for (var pack : PACKS) {
        kept += pack.judge(statistics).equals(Decision.KEPT) ? 1 : 0;
      }
    }
    volume.megabytes += megabytes;
    return kept;
  }
}
