package org.millrace.batch.sample.engine.llama;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.LogFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A model that all tasks of this process use, and the threads that wait for its sequences. Loaded
 * by the first that asks for it, freed after the last.
 */
final class SharedLlama {

  private static final Map<LlamaSettings, SharedLlama> LOADED = new HashMap<>();

  private final LlamaSettings settings;
  private final LlamaModel model;
  private final ExecutorService sequences;
  private int users;

  private SharedLlama(LlamaSettings settings) {
    this.settings = settings;
    LlamaModel.setLogger(LogFormat.TEXT, (level, message) -> {});
    model =
        new LlamaModel(
            new ModelParameters()
                .setModel(settings.model().toString())
                .setCtxSize(settings.context() * settings.sequences())
                .setParallel(settings.sequences())
                .setThreads(settings.threads())
                .setGpuLayers(settings.gpuLayers())
                .enableContBatching()
                .disableLog());
    sequences =
        Executors.newFixedThreadPool(
            settings.sequences(),
            task -> {
              var thread = new Thread(task, "llama-sequence");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The model of such settings; each is to be released once. */
  static synchronized SharedLlama of(LlamaSettings settings) {
    var shared = LOADED.computeIfAbsent(settings, SharedLlama::new);
    shared.users++;
    return shared;
  }

  LlamaModel model() {
    return model;
  }

  /** Messages as the text that the model is to go on with. */
  synchronized String inTemplate(InferenceParameters messages) {
    return model.applyTemplate(messages);
  }

  ExecutorService sequences() {
    return sequences;
  }

  void release() {
    synchronized (SharedLlama.class) {
      users--;
      if (users == 0) {
        LOADED.remove(settings);
        sequences.shutdown();
        model.close();
      }
    }
  }
}
