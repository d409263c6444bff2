package org.millrace.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.millrace.kernel.bestofn.BestOfK;
import org.millrace.kernel.bestofn.MajorityAtK;
import org.millrace.kernel.bestofn.PassAtK;
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

/** Time a prompt of the exact curves at all powers of two. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BestOfNBench {

  /** Samples of the prompt. */
  @Param({"16", "100", "1000"})
  public int samples;

  private double[] scores;
  private double[] credits;
  private int[] answers;
  private int[] ks;

  /** Makes a prompt with eight answers, one of them right, and scores of which some tie. */
  @Setup
  public void makePrompt() {
    var random = new SplittableRandom(samples);
    scores = new double[samples];
    credits = new double[samples];
    answers = new int[samples];
    for (int i = 0; i < samples; i++) {
      answers[i] = random.nextInt(8);
      credits[i] = answers[i] == 0 ? 1 : 0;
      scores[i] = random.nextInt(1000) / 1000.0;
    }
    ks = java.util.stream.IntStream.iterate(1, k -> k <= samples, k -> 2 * k).toArray();
  }

  /** Coverage. */
  @Benchmark
  public double[] passAtK() {
    return PassAtK.curve(credits, ks);
  }

  /** Best of k by score. */
  @Benchmark
  public double[] bestOfK() {
    return BestOfK.curve(scores, credits, ks);
  }

  /** Majority with shared ties. */
  @Benchmark
  public double[] majorityAtK() {
    return MajorityAtK.curve(answers, credits, ks);
  }
}
