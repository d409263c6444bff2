package org.millrace.batch.sample;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import org.millrace.batch.sample.engine.Answer;
import org.millrace.batch.sample.engine.Parameters;
import org.millrace.batch.sample.engine.Request;
import org.millrace.batch.sample.engine.Response;
import org.millrace.batch.sample.engine.RetryPolicy;
import org.millrace.batch.sample.engine.Sampler;
import org.millrace.batch.sample.engine.SamplingEngine;

/**
 * Samples the prompts of one partition: one engine, opened at the first prompt and closed with the
 * task; requests and answers stream through.
 */
record SampleTask(
    String engine,
    Map<String, String> options,
    Parameters parameters,
    int perCall,
    boolean replays,
    double share)
    implements MapPartitionsFunction<Row, Row> {

  /** A Sample of the contract. */
  static final StructType TYPE =
      new StructType()
          .add("prompt_id", DataTypes.StringType)
          .add("sample_index", DataTypes.IntegerType)
          .add("prompt", DataTypes.StringType)
          .add("target", DataTypes.StringType)
          .add("level", DataTypes.StringType)
          .add("text", DataTypes.StringType)
          .add("finish_reason", DataTypes.StringType)
          .add("error", DataTypes.StringType)
          .add("prompt_tokens", DataTypes.LongType)
          .add("completion_tokens", DataTypes.LongType)
          .add("latency_ms", DataTypes.LongType)
          .add("engine", DataTypes.StringType)
          .add("engine_version", DataTypes.StringType)
          .add("reasoning", DataTypes.StringType)
          .add("token_logprobs", DataTypes.createArrayType(DataTypes.DoubleType, false))
          .add("token_confidences", DataTypes.createArrayType(DataTypes.DoubleType, false));

  @Override
  public Iterator<Row> call(Iterator<Row> prompts) {
    return new Answers(prompts);
  }

  /** Prompts in, answers out, with a bounded number of prompts under way. */
  private final class Answers implements Iterator<Row> {

    private final Map<String, Row> underWay = new ConcurrentHashMap<>();
    private final SamplingEngine engine;
    private final Sampler sampler;
    private final Deque<Row> ready = new ArrayDeque<>();

    Answers(Iterator<Row> prompts) {
      engine = Engines.create(engine(), options, this::recorded, share);
      sampler = new Sampler(engine, new Requests(prompts), RetryPolicy.DEFAULT);
      var task = TaskContext.get();
      if (task != null) {
        task.addTaskCompletionListener((TaskCompletionListener) context -> sampler.close());
      }
    }

    private List<Answer> recorded(String promptId) {
      var prompt = underWay.get(promptId);
      var answers = new ArrayList<Answer>();
      if (prompt != null && replays) {
        for (String text : prompt.<String>getList(prompt.fieldIndex("recorded"))) {
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
      List<Integer> lacking = prompt.getList(prompt.fieldIndex("lacking"));
      if (response.request().endIndex() > lacking.get(lacking.size() - 1)) {
        underWay.remove(response.request().promptId());
      }
      for (var answer : response.answers()) {
        ready.add(
            RowFactory.create(
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
                orNull(answer.trace().confidences())));
      }
    }

    private static Object[] orNull(List<Double> values) {
      return values.isEmpty() ? null : values.toArray();
    }

    /** A request a run of lacking indices, of at most {@code perCall}. */
    private final class Requests implements Iterator<Request> {

      private final Iterator<Row> prompts;
      private final Deque<Request> pending = new ArrayDeque<>();

      Requests(Iterator<Row> prompts) {
        this.prompts = prompts;
      }

      @Override
      public boolean hasNext() {
        return !pending.isEmpty() || prompts.hasNext();
      }

      @Override
      public Request next() {
        if (pending.isEmpty()) {
          split(prompts.next());
        }
        return pending.remove();
      }

      private void split(Row prompt) {
        String id = prompt.getAs("prompt_id");
        String text = prompt.getAs("prompt");
        List<Integer> lacking = prompt.getList(prompt.fieldIndex("lacking"));
        underWay.put(id, prompt);
        int from = 0;
        for (int to = 1; to <= lacking.size(); to++) {
          if (to == lacking.size()
              || to - from == perCall
              || lacking.get(to) != lacking.get(to - 1) + 1) {
            pending.add(
                new Request(
                    id, text == null ? "" : text, lacking.get(from), to - from, parameters));
            from = to;
          }
        }
      }
    }
  }
}
