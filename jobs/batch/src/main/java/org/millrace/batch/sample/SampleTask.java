package org.millrace.batch.sample;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.millrace.batch.sample.engine.Answer;
import org.millrace.batch.sample.engine.Ceiling;
import org.millrace.batch.sample.engine.MeteredEngine;
import org.millrace.batch.sample.engine.Parameters;
import org.millrace.batch.sample.engine.Price;
import org.millrace.batch.sample.engine.SamplingEngine;

/**
 * Samples the prompts of a round, by one engine a partition.
 *
 * @param options of the engine
 * @param n answers a prompt at most
 * @param perCall answers of a call at most
 * @param replays whether rows have recorded answers
 * @param share of a partition in what the run may spend and ask for
 * @param ceiling of the run, what is left of it
 * @param journal takes down answers as they come in
 * @param round the part of the work, for the journal
 * @param calls counts those of all tasks
 */
record SampleTask(
    String engine,
    Map<String, String> options,
    Parameters parameters,
    Policy policy,
    int n,
    int perCall,
    boolean replays,
    double share,
    Ceiling ceiling,
    Price price,
    Journal journal,
    long round,
    LongAccumulator calls)
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
          .add("token_confidences", DataTypes.createArrayType(DataTypes.DoubleType, false))
          .add("tokens", DataTypes.createArrayType(DataTypes.StringType, false));

  @Override
  public Iterator<Row> call(Iterator<Row> prompts) throws Exception {
    return new Answering(this, prompts);
  }

  SamplingEngine open(Function<String, List<Answer>> recordings) {
    var opened = Engines.create(engine, options, recordings, share);
    return ceiling.equals(Ceiling.NONE)
        ? opened
        : new MeteredEngine(opened, ceiling.times(share), price);
  }
}
