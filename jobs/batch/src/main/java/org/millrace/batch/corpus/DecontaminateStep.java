package org.millrace.batch.corpus;

import java.util.ArrayList;
import java.util.List;
import org.millrace.command.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Drops documents that hold text of a benchmark. */
@Command(
    name = "decontaminate",
    description = "Drops documents that share an n-gram with a benchmark; reports by benchmark.")
final class DecontaminateStep implements Step {

  @Option(
      names = "--benchmarks",
      split = ",",
      description =
          "Test sets, one a file, named after it: .jsonl or Parquet with some of fields, or .txt.")
  List<String> benchmarks = new ArrayList<>();

  @Option(
      names = "--fields",
      split = ",",
      defaultValue = "text,question,problem,prompt,input,answer,solution,target",
      description = "The columns of a benchmark that are looked for, those that there are.")
  List<String> fields;

  @Option(
      names = "--words",
      defaultValue = "13",
      description = "Words of an n-gram, for benchmark texts that are not Chinese.")
  int words;

  @Option(
      names = "--characters",
      defaultValue = "20",
      description = "Characters of an n-gram, for benchmark texts of half Chinese or more.")
  int characters;

  @Override
  public void check() {
    if (benchmarks.isEmpty()) {
      throw UserError.usage("decontaminate.benchmarks: name one test set or more");
    }
    if (words < 1 || characters < 1) {
      throw UserError.usage("decontaminate: words and characters are 1 or more");
    }
  }

  @Override
  public List<Pass> passes() {
    return List.of(new DecontaminatePass(benchmarks, fields, words, characters));
  }
}
