package org.millrace.kernel.model;

import static java.util.Objects.requireNonNull;

import com.github.jfasttext.FastTextWrapper.FastTextApi;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;

/**
 * A classifier that fastText trained, {@code .bin} or {@code .ftz}, run by fastText itself through
 * JFastText: on Linux and Windows with x86-64 and on macOS. It holds memory outside the heap, about
 * the size of the file, until it is closed. Thread-safe.
 */
public final class FastTextModel implements AutoCloseable {

  private static final String PREFIX = "__label__";

  private final FastTextApi api;
  private final ReadWriteLock open = new ReentrantReadWriteLock();
  private final List<String> labels;
  private boolean closed;

  private FastTextModel(FastTextApi api) {
    this.api = api;
    this.labels = labels(api);
  }

  /**
   * Loads a model.
   *
   * @throws IllegalArgumentException if the file is absent, no classifier of fastText or cut off
   * @throws UnsupportedOperationException if the library has nothing for this machine
   */
  public static FastTextModel load(Path file) {
    FastTextFile.check(requireNonNull(file, "file is null"));
    var api = api();
    try (var scope = new PointerScope()) {
      api.loadModel(bytes(file.toString()));
      return new FastTextModel(api);
    } catch (RuntimeException e) {
      throw FastTextFile.notAModel(file, e.getMessage(), e);
    }
  }

  private static FastTextApi api() {
    try {
      return new FastTextApi();
    } catch (LinkageError e) {
      throw new UnsupportedOperationException(
          "fastText models run on linux-x86_64, windows-x86_64 and macOS, not on "
              + Loader.getPlatform()
              + ": identify languages with the bundled model, score with a linear classifier",
          e);
    }
  }

  /**
   * The likeliest label, as fastText's own {@code predict} gives it of the text as one line.
   *
   * @param text not null; line ends and NUL are read as spaces
   * @return empty if the model knows nothing of the text
   */
  public Optional<Prediction> predict(String text) {
    return predictions(text, 1).stream().findFirst();
  }

  /**
   * The probability of one label, 0 to 1.
   *
   * @param text as of {@link #predict}
   * @param label one of {@link #labels}
   * @return empty if the model knows nothing of the text
   * @throws IllegalArgumentException if the model has no such label
   */
  public OptionalDouble probability(String text, String label) {
    if (!labels.contains(label)) {
      throw new IllegalArgumentException(
          "the model has no label \"%s\"; it has %s".formatted(label, labels));
    }
    var all = predictions(text, labels.size());
    // fastText leaves out what is hardly possible.
    return all.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            all.stream()
                .filter(prediction -> prediction.label().equals(label))
                .mapToDouble(Prediction::probability)
                .findFirst()
                .orElse(0));
  }

  /** The labels that it was trained with, without fastText's prefix. */
  public List<String> labels() {
    return labels;
  }

  private List<Prediction> predictions(String text, int most) {
    requireNonNull(text, "text is null");
    open.readLock().lock();
    try (var scope = new PointerScope()) {
      if (closed) {
        throw new IllegalStateException("the fastText model is closed");
      }
      var line = text.replace('\n', ' ').replace('\r', ' ').replace('\0', ' ') + '\n';
      var found = api.predictProba(bytes(line), most);
      var predictions = new ArrayList<Prediction>();
      for (int i = 0; i < found.size(); i++) {
        predictions.add(
            new Prediction(bare(found.second(i)), Math.min(1, Math.exp(found.first(i)))));
      }
      return predictions;
    } finally {
      open.readLock().unlock();
    }
  }

  private static List<String> labels(FastTextApi api) {
    var labels = new ArrayList<String>();
    for (int i = 0; i < api.getNLabels(); i++) {
      labels.add(bare(api.getLabel(i)));
    }
    return List.copyOf(labels);
  }

  private static String bare(BytePointer name) {
    var label = new String(name.getStringBytes(), StandardCharsets.UTF_8);
    return label.startsWith(PREFIX) ? label.substring(PREFIX.length()) : label;
  }

  /** Frees the model's memory; after calls that still run. */
  @Override
  public void close() {
    open.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        api.unloadModel();
        api.close();
      }
    } finally {
      open.writeLock().unlock();
    }
  }

  /** UTF-8 whatever the platform's charset is. */
  private static BytePointer bytes(String text) {
    var utf8 = text.getBytes(StandardCharsets.UTF_8);
    var bytes = new byte[utf8.length + 1]; // ends in NUL
    System.arraycopy(utf8, 0, bytes, 0, utf8.length);
    return new BytePointer(bytes);
  }
}
