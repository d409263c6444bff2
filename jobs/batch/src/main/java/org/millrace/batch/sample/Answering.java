package org.millrace.batch.sample;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;
import org.millrace.batch.sample.engine.Answer;
import org.millrace.batch.sample.engine.Request;
import org.millrace.batch.sample.engine.Response;
import org.millrace.batch.sample.engine.RetryPolicy;
import org.millrace.batch.sample.engine.Sampler;
import org.millrace.batch.sample.engine.SamplingEngine;

/**
 * The answers to the prompts of a partition: one engine, opened at the first prompt and closed with
 * the task; requests and answers stream through, with a bounded number of prompts under way. What
 * an earlier attempt has paid for comes out of the journal.
 */
final class Answering implements Iterator<Row> {

  private final SampleTask task;
  private final Map<String, AskedPrompt> underWay = new ConcurrentHashMap<>();
  private final Map<String, TreeMap<Integer, Answer>> known;
  private final SamplingEngine engine;
  private final Requests requests;
  private final Journal.Writer writer;
  private final Sampler sampler;
  private final Deque<Row> ready = new ArrayDeque<>();

  Answering(SampleTask task, Iterator<Row> prompts) throws IOException {
    this.task = task;
    var part = "%d-%d".formatted(task.round(), TaskContext.getPartitionId());
    known = task.journal().read(part);
    engine = task.open(this::recorded);
    writer = task.journal().writer(part, engine.name(), engine.version());
    requests = new Requests(prompts);
    sampler =
        new Sampler(
            engine,
            requests,
            RetryPolicy.DEFAULT,
            (request, answers) -> arrived(request.promptId(), answers));
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> close());
  }

  private void close() {
    writer.close();
    task.calls().add(sampler.usage().calls());
    sampler.close();
  }

  private void arrived(String id, List<Answer> answers) {
    var prompt = underWay.get(id);
    boolean waited = !prompt.hasEnough();
    var kept = prompt.arrived(answers);
    // A recording costs nothing.
    if (!task.replays()) {
      writer.add(id, kept);
    }
    if (waited && prompt.hasEnough()) {
      prompt.unmade(requests.drop(id));
      sampler.cancel(id);
    }
  }

  private List<Answer> recorded(String promptId) {
    var prompt = underWay.get(promptId);
    var answers = new ArrayList<Answer>();
    if (prompt != null && task.replays()) {
      var row = prompt.row();
      for (String text : row.<String>getList(row.fieldIndex("recorded"))) {
        answers.add(Answer.of(answers.size(), text));
      }
    }
    return answers;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && sampler.hasNext()) {
      take(sampler.next());
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.poll();
  }

  private void take(Response response) {
    var prompt = underWay.get(response.request().promptId());
    var settled = prompt.answered(response.answers());
    settled.forEach(answer -> ready.add(row(prompt.row(), answer)));
    if (prompt.isDone()) {
      requests.ask(response.request().promptId(), prompt);
    }
  }

  private Row row(Row prompt, Answer answer) {
    return RowFactory.create(
        prompt.getAs("prompt_id"),
        answer.sampleIndex(),
        prompt.getAs("prompt"),
        prompt.getAs("target"),
        prompt.getAs("level"),
        answer.text(),
        answer.finishReason().code(),
        answer.error(),
        answer.promptTokens(),
        answer.completionTokens(),
        answer.latencyMs(),
        engine.name(),
        engine.version(),
        answer.trace().reasoning(),
        orNull(answer.trace().logprobs()),
        orNull(answer.trace().confidences()),
        orNull(answer.trace().tokens()));
  }

  private static Object[] orNull(List<?> values) {
    return values.isEmpty() ? null : values.toArray();
  }

  /** The calls of prompt after prompt; those of one follow each other, for the server's cache. */
  private final class Requests implements Iterator<Request> {

    private final Iterator<Row> prompts;
    private final Deque<Request> pending = new ArrayDeque<>();

    Requests(Iterator<Row> prompts) {
      this.prompts = prompts;
    }

    @Override
    public boolean hasNext() {
      while (pending.isEmpty() && prompts.hasNext()) {
        begin(prompts.next());
      }
      return !pending.isEmpty();
    }

    @Override
    public Request next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return pending.remove();
    }

    /** Takes back the calls of a prompt that are not made yet; how many those were. */
    int drop(String id) {
      int before = pending.size();
      pending.removeIf(request -> request.promptId().equals(id));
      return before - pending.size();
    }

    private void begin(Row row) {
      var prompt = new AskedPrompt(task, row);
      String id = row.getAs("prompt_id");
      var earlier = known.remove(id);
      if (earlier != null) {
        prompt.take(earlier.values()).forEach(answer -> ready.add(row(row, answer)));
      }
      underWay.put(id, prompt);
      ask(id, prompt);
    }

    /** Adds the calls that a prompt wants now; forgets it if it wants none. */
    private void ask(String id, AskedPrompt prompt) {
      pending.addAll(prompt.requests());
      if (prompt.isDone()) {
        underWay.remove(id);
      }
    }
  }
}
