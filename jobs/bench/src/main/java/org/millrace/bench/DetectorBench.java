package org.millrace.bench;

import com.amazon.randomcutforest.RandomCutForest;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.millrace.streaming.anomaly.detect.Detector;
import org.millrace.streaming.anomaly.detect.EnsembleDetector;
import org.millrace.streaming.anomaly.detect.LstmInput;
import org.millrace.streaming.anomaly.detect.RePad2Config;
import org.millrace.streaming.anomaly.detect.RePad2Factory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time a point of the detectors, beside Random Cut Forest as its library is used by default, on a
 * noisy sine with a level shift now and then.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DetectorBench {

  private static final int POINTS = 1 << 16;

  private final double[] values = new double[POINTS];
  private int at;
  private Detector index;
  private Detector sequence;
  private Detector ensemble;
  private RandomCutForest forest;
  private final double[] shingle = new double[8];

  /** Makes the values and the detectors. */
  @Setup
  public void makeDetectors() {
    var random = new SplittableRandom(7);
    double level = 50;
    for (int i = 0; i < POINTS; i++) {
      level = random.nextInt(2000) == 0 ? 40 + 20 * random.nextDouble() : level;
      values[i] = level + 5 * Math.sin(i / 40.0) + random.nextDouble();
    }
    index = new RePad2Factory(RePad2Config.guarded()).create("device", "index");
    sequence =
        new RePad2Factory(RePad2Config.guarded().withInput(LstmInput.SEQUENCE))
            .create("device", "sequence");
    ensemble = new EnsembleDetector(42);
    forest = RandomCutForest.builder().dimensions(8).randomSeed(42).build();
  }

  private double next() {
    return values[at++ & (POINTS - 1)];
  }

  /** RePAD2 with the network reading positions. */
  @Benchmark
  public Object rePad2Index() {
    return index.observe(next());
  }

  /** RePAD2 with the network reading values. */
  @Benchmark
  public Object rePad2Sequence() {
    return sequence.observe(next());
  }

  /** The ensemble. */
  @Benchmark
  public Object ensemble() {
    return ensemble.observe(next());
  }

  /** Random Cut Forest, 50 trees of 256 points, shingles of 8. */
  @Benchmark
  public double randomCutForest() {
    System.arraycopy(shingle, 1, shingle, 0, shingle.length - 1);
    shingle[shingle.length - 1] = next();
    double score = forest.getAnomalyScore(shingle);
    forest.update(shingle);
    return score;
  }
}
