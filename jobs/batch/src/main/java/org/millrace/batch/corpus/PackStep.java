package org.millrace.batch.corpus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.batch.corpus.pack.Mix;
import org.millrace.batch.corpus.pack.Sequences;
import org.millrace.batch.corpus.pack.Tokens;
import org.millrace.command.UserError;
import org.millrace.kernel.tokens.Mixture;
import org.millrace.kernel.tokens.MixtureTable;
import org.millrace.kernel.tokens.Packing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Documents to training sequences: tokenised, mixed by source, shuffled, packed. */
@Command(
    name = "pack",
    description =
        "Tokenises, mixes sources by weights or epochs, shuffles, and packs training sequences.")
final class PackStep implements Step, Pass.Side {

  private static final String VOCABULARY = "vocabulary";

  /** Sources named in a message. */
  private static final int LISTED = 20;

  /** What is written. */
  enum Format {
    /** Packed windows with their documents' boundaries. */
    PARQUET,
    /** Megatron-LM's indexed data sets, a document a sequence. */
    MEGATRON
  }

  @Option(
      names = "--tokenizer",
      defaultValue = "vocabulary",
      description =
          "A tokenizer.json, a SentencePiece .model, r50k_base, p50k_base, cl100k_base, o200k_base,"
              + " or vocabulary: the one of the step before.")
  String tokenizer;

  @Option(
      names = "--end",
      description = "Name of the token that ends a document, where it isn't a usual one.")
  String end;

  @Option(
      names = "--length",
      defaultValue = "" + Packing.LENGTH,
      description = "Tokens of a sequence.")
  int length;

  @Option(
      names = "--weights",
      split = "[,;]",
      description = "SOURCE=WEIGHT,…: shares of the budget; other sources are left out.")
  Map<String, Double> weights = new LinkedHashMap<>();

  @Option(
      names = "--epochs",
      split = "[,;]",
      description = "SOURCE=EPOCHS,… in place of weights: how often each source is read.")
  Map<String, Double> epochs = new LinkedHashMap<>();

  @Option(
      names = "--table",
      description = "PanGu's mixture in place of weights: 200b, 13b or 2.6b.")
  String table;

  @Option(names = "--budget", description = "Tokens in all, for weights and table.")
  Long budget;

  @Option(
      names = "--formats",
      split = ",",
      defaultValue = "parquet,megatron",
      description = "parquet (packed windows), megatron (a document a sequence), or both.")
  Set<Format> formats;

  @Option(names = "--seed", defaultValue = "42", description = "Of the sampling and the order.")
  long seed;

  @Override
  public void check() {
    int ways = (weights.isEmpty() ? 0 : 1) + (epochs.isEmpty() ? 0 : 1) + (table == null ? 0 : 1);
    if (ways > 1) {
      throw UserError.usage("pack: give weights, epochs or table, one of them");
    }
    if ((!weights.isEmpty() || table != null) != (budget != null)) {
      throw UserError.usage("pack: weights and table go with budget, and budget with one of them");
    }
    if (length < 1 || (budget != null && budget < 1)) {
      throw UserError.usage("pack: length and budget are 1 or more");
    }
    if (table != null) {
      checkTable();
    }
    if (!tokenizer.equals(VOCABULARY) && !tokenizer.contains("://")) {
      open(tokenizer);
    }
  }

  private void checkTable() {
    try {
      MixtureTable.pangu(table);
    } catch (IllegalArgumentException e) {
      throw UserError.usage("pack.table: %s", e.getMessage());
    }
  }

  /** Fails now rather than after hours, if that is no tokenizer; a remote one is fetched later. */
  private void open(String spec) {
    try (var opened = new Tokens.Opening(spec, end).open()) {
      opened.endOfDocument();
    } catch (IllegalArgumentException e) {
      throw UserError.usage("pack.tokenizer: %s", e.getMessage());
    }
  }

  @Override
  public List<Pass> passes() {
    return List.of(this);
  }

  @Override
  public void apply(Dataset<Row> documents, List<Stage> earlier, Workshop work) throws IOException {
    var opening = opening(work);
    var tokens = work.checkpoint("tokens", Tokens.of(documents, opening));
    var mix = mixture(Mix.available(tokens));
    var mixed = mix == null ? Mix.once(tokens) : Mix.of(tokens, mix, seed);
    if (mix != null) {
      realised(mix, mixed, work);
    }
    try (var sequences = new Sequences(Mix.shuffled(mixed, seed), opening.described(), length)) {
      sequences.counts().forEach(work::count);
      if (formats.contains(Format.PARQUET)) {
        sequences.windows(work.spark()).write().parquet(work.folder("windows").toString());
      }
      if (formats.contains(Format.MEGATRON)) {
        sequences.megatron(work.folder("megatron"));
      }
    }
  }

  private Tokens.Opening opening(Workshop work) throws IOException {
    if (tokenizer.equals(VOCABULARY)) {
      var file = work.earlier(VOCABULARY, VocabularyStep.FILE);
      if (file == null) {
        throw new UserError(
            "pack.tokenizer: no step vocabulary before; add one, or name a tokenizer");
      }
      return new Tokens.Opening(Tokens.SHARED + work.share(file), end);
    }
    boolean file = tokenizer.endsWith(".json") || tokenizer.endsWith(".model");
    return new Tokens.Opening(
        file ? Tokens.SHARED + work.share("pack.tokenizer", tokenizer) : tokenizer, end);
  }

  /** The mixture that was asked for; null if each document is to be read once. */
  private Mixture mixture(Map<String, Long> available) {
    try {
      if (table != null) {
        var asked = MixtureTable.pangu(table);
        requireSources(asked.rows().stream().map(MixtureTable.Row::source).toList(), available);
        return asked.byWeights(budget, available);
      }
      requireSources(used(weights), available);
      requireSources(used(epochs), available);
      if (!weights.isEmpty()) {
        return Mixture.ofWeights(weights, budget, available);
      }
      return epochs.isEmpty() ? null : Mixture.ofEpochs(epochs, available);
    } catch (IllegalArgumentException e) {
      throw new UserError("pack: %s", e.getMessage());
    }
  }

  private static List<String> used(Map<String, Double> parts) {
    return parts.keySet().stream().filter(source -> parts.get(source) > 0).toList();
  }

  private static void requireSources(Collection<String> asked, Map<String, Long> available) {
    var lacking = asked.stream().filter(source -> !available.containsKey(source)).toList();
    if (!lacking.isEmpty()) {
      throw new UserError(
          "pack: the corpus has no source %s; its sources are %s: give weights or epochs of those,"
              + " or have the column source name them (--columns source=FIELD)",
          String.join(", ", lacking), listed(available.keySet()));
    }
  }

  /** A few names; a corpus may have a source a file. */
  private static String listed(Set<String> names) {
    var few = names.stream().limit(LISTED).collect(Collectors.joining(", "));
    return names.size() <= LISTED ? few : few + " and %,d more".formatted(names.size() - LISTED);
  }

  /** Writes what each source was to have and has: mixture.csv. */
  private static void realised(Mixture mixture, Dataset<Row> mixed, Workshop work)
      throws IOException {
    var tokens = Mix.available(mixed);
    var shares = Mixture.realised(tokens);
    var lines = new ArrayList<String>();
    lines.add("source,weight,epochs,available_tokens,tokens,realised_weight");
    for (var source : mixture.sources()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s,%.6f,%.6f,%d,%d,%.6f",
              quoted(source.name()),
              source.weight(),
              source.epochs(),
              source.available(),
              tokens.getOrDefault(source.name(), 0L),
              shares.getOrDefault(source.name(), 0.0)));
    }
    work.write("mixture.csv", String.join("\n", lines) + "\n");
  }

  /** As RFC 4180 has it. */
  private static String quoted(String name) {
    return name.matches("[^\",\r\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
