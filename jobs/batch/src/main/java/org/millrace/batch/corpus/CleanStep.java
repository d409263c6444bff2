package org.millrace.batch.corpus;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.command.UserError;
import org.millrace.kernel.clean.Cleaning;
import org.millrace.kernel.clean.CleaningRules;
import org.millrace.kernel.clean.Pangu;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Cleans documents one by one, by an ordered list of rules. */
@Command(
    name = "clean",
    description = "Drops and edits documents one by one, by rules in an order.")
final class CleanStep implements Step {

  private static final String PANGU = "pangu";

  @Option(
      names = "--rules",
      split = ",",
      defaultValue = PANGU,
      description =
          "Rules in their order; a rule pack by its name, or normal, title, symbols, paragraphs,"
              + " adverts, sensitive, simplified, mojibake, c4, c4-any-ends, c4-paragraphs,"
              + " c4-bad-words, pipes, pii. pangu alone stands for its steps 1 to 6 and 8 to 10.")
  List<String> rules;

  @Option(names = "--adverts", description = "A file of advertising keywords, one a line.")
  Path adverts;

  @Option(
      names = "--advert-hits",
      defaultValue = "" + Pangu.ADVERT_HITS,
      description = "So many different advertising keywords drop a document.")
  int advertHits;

  @Option(names = "--sensitive", description = "A file of sensitive words, one a line.")
  Path sensitive;

  @Option(
      names = "--sensitive-hits",
      defaultValue = "" + Pangu.SENSITIVE_HITS,
      description = "So many different sensitive words drop a document.")
  int sensitiveHits;

  @Option(names = "--bad-words", description = "A file of the words of c4-bad-words, one a line.")
  Path badWords;

  @Option(
      names = "--thresholds",
      split = "[,;]",
      description =
          "RULE=VALUE,…: thresholds in place of a pack's, such as pangu_chinese_ratio=0.5.")
  Map<String, Double> thresholds = new LinkedHashMap<>();

  @Option(
      names = "--sources",
      split = ",",
      description = "Only documents of these sources are looked at; all, if none is named.")
  List<String> sources = new ArrayList<>();

  @Override
  public void check() {
    try {
      lists().of(order());
    } catch (IllegalArgumentException e) {
      throw UserError.usage("clean.rules: %s", e.getMessage());
    }
  }

  @Override
  public List<Pass> passes() {
    return List.of(new Rules(lists(), new ArrayList<>(order()), new ArrayList<>(sources)));
  }

  private List<String> order() {
    return rules.equals(List.of(PANGU)) ? CleaningRules.PANGU : rules;
  }

  private CleaningRules lists() {
    return new CleaningRules(
        lines("adverts", adverts),
        advertHits,
        lines("sensitive", sensitive),
        sensitiveHits,
        lines("bad-words", badWords),
        thresholds);
  }

  private static List<String> lines(String option, Path file) {
    if (file == null) {
      return List.of();
    }
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .filter(line -> !line.isBlank())
          .toList();
    } catch (NoSuchFileException e) {
      throw UserError.usage("clean.%s: no such file: %s", option, file);
    } catch (MalformedInputException e) {
      throw UserError.usage("clean.%s: %s is not UTF-8", option, file);
    } catch (IOException e) {
      throw UserError.usage("clean.%s: can't read %s: %s", option, file, e.getMessage());
    }
  }

  /** The rules as they travel to the executors. */
  private record Rules(CleaningRules lists, ArrayList<String> order, ArrayList<String> sources)
      implements Pass.Each {

    @Override
    public Pass.Work open() {
      var cleaning = lists.of(order);
      return document ->
          sources.isEmpty() || sources.contains(document.source())
              ? clean(cleaning, document)
              : Outcome.kept(document);
    }

    private static Outcome clean(Cleaning cleaning, Document document) {
      var result =
          cleaning.clean(
              new Cleaning.Subject(document.text(), document.title(), document.language()));
      var left =
          document.withText(result.subject().text()).withLanguage(result.subject().language());
      return new Outcome(left, result.failures(), null, result.edits());
    }
  }
}
