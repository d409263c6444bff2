package org.millrace.kernel.model;

import static java.util.Objects.requireNonNull;

import com.github.jfasttext.FastTextWrapper.FastTextApi;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
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
  private boolean closed;

  private FastTextModel(FastTextApi api) {
    this.api = api;
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
    } catch (RuntimeException e) {
      throw FastTextFile.notAModel(file, e.getMessage(), e);
    }
    return new FastTextModel(api);
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
    requireNonNull(text, "text is null");
    open.readLock().lock();
    try (var scope = new PointerScope()) {
      if (closed) {
        throw new IllegalStateException("the fastText model is closed");
      }
      var line = text.replace('\n', ' ').replace('\r', ' ').replace('\0', ' ') + '\n';
      var labels = api.predictProba(bytes(line), 1);
      if (labels.size() == 0) {
        return Optional.empty();
      }
      var label = new String(labels.second(0).getStringBytes(), StandardCharsets.UTF_8);
      double probability = Math.min(1, Math.exp(labels.first(0)));
      return Optional.of(
          new Prediction(
              label.startsWith(PREFIX) ? label.substring(PREFIX.length()) : label, probability));
    } finally {
      open.readLock().unlock();
    }
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
