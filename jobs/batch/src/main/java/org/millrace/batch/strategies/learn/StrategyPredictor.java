package org.millrace.batch.strategies.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.millrace.kernel.strategy.Draws;
import org.millrace.kernel.strategy.steps.SkillTokens;

/**
 * Predicts the skills that a student will use for a problem, in order: an LSTM reads the vectors of
 * student, hierarchy and problem, another writes skills until it says that it is done (Shakya, Rus
 * and Venugopal, EDM 2023, section 3.4). Same instances, settings, processor and number of threads:
 * same predictions. Any number of threads may ask it; close it.
 */
public final class StrategyPredictor implements AutoCloseable {

  /** Skills of a predicted strategy at most. */
  public static final int LONGEST = 100;

  private static final int ROWS = 256;
  private static final String WEIGHTS = "weights.npz";
  private static final String CARD = "predictor.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Weights weights;
  private final PredictorNetwork network;
  private final SkillTokens tokens;
  private final Card card;
  private final List<Epoch> epochs;

  /** What is beside the weights in a folder. */
  private record Card(int version, int dimensions, int latent, List<String> skills) {
    static final int VERSION = 1;
  }

  private StrategyPredictor(Weights weights, Card card, List<Epoch> epochs) {
    this.weights = weights;
    this.card = card;
    this.epochs = epochs;
    tokens = SkillTokens.of(card.skills());
    network = new PredictorNetwork(weights, card.dimensions(), card.latent(), tokens.size());
  }

  /**
   * Trains on instances.
   *
   * @param questions at least one, with vectors of one length
   * @param strategies what was done, one a question, none empty
   * @param settings of training
   * @throws IllegalArgumentException if there are none, their numbers differ, or vectors differ in
   *     length
   * @throws IllegalStateException if the class path has no PyTorch, or the loss is no number
   */
  public static StrategyPredictor train(
      List<Question> questions, List<List<String>> strategies, PredictorSettings settings) {
    if (questions.isEmpty() || questions.size() != strategies.size()) {
      throw new IllegalArgumentException(
          "a predictor learns from as many strategies as questions, not %d from %d"
              .formatted(strategies.size(), questions.size()));
    }
    var skills = strategies.stream().flatMap(Collection::stream).distinct().sorted().toList();
    var card = new Card(Card.VERSION, questions.get(0).dimensions(), settings.latent(), skills);
    requireAlike(questions, card);
    var weights = Weights.drawn(settings.seed());
    try {
      var epochs = new ArrayList<Epoch>();
      var predictor = new StrategyPredictor(weights, card, epochs);
      predictor.learn(questions, strategies, settings, epochs);
      weights.freeze();
      return predictor;
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  private static void requireAlike(List<Question> questions, Card card) {
    for (var question : questions) {
      if (question.dimensions() != card.dimensions()) {
        throw new IllegalArgumentException(
            "vectors of %d numbers for a predictor of vectors of %d"
                .formatted(question.dimensions(), card.dimensions()));
      }
    }
  }

  private void learn(
      List<Question> questions,
      List<List<String>> strategies,
      PredictorSettings settings,
      List<Epoch> epochs) {
    var sequences = strategies.stream().map(tokens::sequence).toList();
    var places = IntStream.range(0, sequences.size()).toArray();
    var dropout = Dropout.of(settings.dropout(), settings.seed());
    var betas = new Adam.Betas(.9, .999, 1e-8);
    try (var adam = new Adam(weights, betas, settings.clip())) {
      for (int e = 0; e < settings.passes(places.length); e++) {
        double sum = 0;
        var batches = TokenRows.batches(places, settings.batch(), Draws.key(settings.seed(), e));
        for (var batch : batches) {
          var read = Arrays.stream(batch).mapToObj(questions::get).toList();
          var written = Arrays.stream(batch).mapToObj(sequences::get).toList();
          sum += adam.step(settings.rate(), memory -> loss(memory, read, written, dropout));
        }
        epochs.add(new Epoch(sum / batches.size(), Double.NaN, Double.NaN));
      }
    }
  }

  private NDArray loss(
      NDManager memory, List<Question> questions, List<int[]> sequences, Dropout dropout) {
    var given = sequences.stream().map(s -> Arrays.copyOf(s, s.length - 1)).toList();
    var wanted = sequences.stream().map(s -> Arrays.copyOfRange(s, 1, s.length)).toList();
    var state = network.read(vectors(memory, questions), dropout);
    var outputs = network.write(TokenRows.array(memory, given), state, dropout).outputs();
    return TokenRows.crossEntropy(outputs, TokenRows.array(memory, wanted));
  }

  private NDArray vectors(NDManager memory, List<Question> questions) {
    int dimensions = card.dimensions();
    var flat = new float[questions.size() * Question.VECTORS * dimensions];
    int next = 0;
    for (var question : questions) {
      for (int v = 0; v < Question.VECTORS; v++) {
        for (double number : question.vector(v)) {
          flat[next++] = (float) number;
        }
      }
    }
    return memory.create(flat, new Shape(questions.size(), Question.VECTORS, dimensions));
  }

  /**
   * Predicts, always the likeliest next skill.
   *
   * @param questions with vectors as long as those it learned from
   * @return a strategy a question, of at most {@link #LONGEST} skills
   * @throws IllegalArgumentException for vectors of another length
   */
  public List<List<String>> predict(List<Question> questions) {
    requireAlike(questions, card);
    var predicted = new ArrayList<List<String>>(questions.size());
    for (int from = 0; from < questions.size(); from += ROWS) {
      try (var memory = weights.scope()) {
        var rows = questions.subList(from, Math.min(questions.size(), from + ROWS));
        for (var sequence : write(memory, rows)) {
          predicted.add(tokens.skills(sequence));
        }
      }
    }
    return predicted;
  }

  private int[][] write(NDManager memory, List<Question> questions) {
    var written = new int[questions.size()][LONGEST];
    for (var row : written) {
      Arrays.fill(row, SkillTokens.END);
    }
    var open = new boolean[questions.size()];
    Arrays.fill(open, true);
    var last = new long[questions.size()];
    Arrays.fill(last, SkillTokens.BEGIN);
    NDList state = network.read(vectors(memory, questions), Dropout.NONE);
    for (int step = 0; step < LONGEST && anyOf(open); step++) {
      var given = memory.create(last, new Shape(last.length, 1));
      var passed = network.write(given, state, Dropout.NONE);
      state = passed.state();
      last = likeliest(passed.outputs());
      for (int row = 0; row < last.length; row++) {
        written[row][step] = open[row] ? (int) last[row] : SkillTokens.END;
        open[row] &= last[row] != SkillTokens.END;
      }
    }
    return written;
  }

  /** A skill or the end: what is no part of a strategy is never said. */
  private static long[] likeliest(NDArray outputs) {
    var sayable = outputs.get(new NDIndex(":,0,{}:", SkillTokens.END));
    return Arrays.stream(sayable.argMax(-1).toLongArray()).map(i -> i + SkillTokens.END).toArray();
  }

  private static boolean anyOf(boolean[] values) {
    for (boolean value : values) {
      if (value) {
        return true;
      }
    }
    return false;
  }

  /** How training went, an epoch after the other; empty of one that was loaded. */
  public List<Epoch> epochs() {
    return List.copyOf(epochs);
  }

  /** Skills that it can say. */
  public List<String> skills() {
    return card.skills();
  }

  /**
   * Writes it to a folder, which is made where it is not there.
   *
   * @param folder gets {@code weights.npz} and {@code predictor.json}
   */
  public void save(Path folder) throws IOException {
    Files.createDirectories(folder);
    weights.save(folder.resolve(WEIGHTS));
    JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve(CARD).toFile(), card);
  }

  /**
   * Reads one back.
   *
   * @param folder that {@link #save} wrote
   * @throws IllegalArgumentException if it holds no predictor of this version
   */
  public static StrategyPredictor load(Path folder) throws IOException {
    var file = folder.resolve(CARD);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "no predictor in %s: it has no %s".formatted(folder, CARD));
    }
    var card = card(file);
    if (card.version() != Card.VERSION) {
      throw new IllegalArgumentException(
          "%s is of version %d; train again, this one reads version %d"
              .formatted(file, card.version(), Card.VERSION));
    }
    var weights = Weights.load(folder.resolve(WEIGHTS));
    try {
      return new StrategyPredictor(weights, card, List.of());
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  private static Card card(Path file) throws IOException {
    try {
      return JSON.readValue(file.toFile(), Card.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + " is not one that save wrote", e);
    }
  }

  @Override
  public void close() {
    weights.close();
  }
}
