package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.gpu.Exceptions.LINES;
import static org.millrace.gpu.Exceptions.SMALL_JSON;
import static org.millrace.gpu.Exceptions.TYPED_MAP;
import static org.millrace.gpu.Exceptions.all;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.corpus.CorpusJob;

/**
 * What of each step of corpus may stay off the GPU. A name that is new here is a plan that got
 * slower there.
 */
class CorpusPlacementITCase {

  private static final String PAGE =
      "<html><body><p>The river number %d runs by the old city to the sea, and teachers walk with"
          + " their students over the big bridge in winter.</p></body></html>";

  @TempDir static Path folder;

  private static Map<String, Placement> plans;

  @BeforeAll
  static void runAllSteps() throws IOException {
    var documents = new ArrayList<String>();
    for (int i = 0; i < 60; i++) {
      documents.add(
          "{\"doc_id\": \"d%d\", \"source\": \"web\", \"text\": \"%s\"}"
              .formatted(i, PAGE.formatted(i % 40)));
    }
    var input = Files.write(folder.resolve("documents.jsonl"), documents);
    var benchmark = Files.writeString(folder.resolve("benchmark.txt"), PAGE.formatted(7));
    var good = Files.write(folder.resolve("good.jsonl"), documents.subList(0, 30));
    var bad = Files.write(folder.resolve("bad.jsonl"), documents.subList(30, 60));

    plans =
        JobPlans.of(
            new CorpusJob(),
            "--input=" + input,
            "--output=" + folder.resolve("corpus"),
            "--steps=extract,clean,language,filter,lines,navigation,dedup,decontaminate,"
                + "vocabulary,pack,review",
            "--set=filter.good=" + good,
            "--set=filter.bad=" + bad,
            "--set=filter.rule=spam",
            "--set=decontaminate.benchmarks=" + benchmark,
            "--set=vocabulary.size=300",
            "--set=pack.length=16");
  }

  private static Placement step(String name, Set<String> allowed) {
    return plans.entrySet().stream()
        .filter(plan -> plan.getKey().replaceFirst("[0-9]+-", "").equals(name))
        .map(Map.Entry::getValue)
        .reduce(Placement::and)
        .orElseThrow(() -> new AssertionError(name + " is not among " + plans.keySet()))
        .except(allowed);
  }

  private static Placement bridged(String... names) {
    return new Placement(List.of(), List.of(names));
  }

  /** A page is taken apart by an HTML parser; a document's places are told in the same pass. */
  @Test
  void extractIsATypedMapOverLines() {
    // ProjectExec: what is bad about a line is told in JSON. Cast: try_cast of a score.
    var reading = Set.of("Cast", "ProjectExec", "ScalaUDF file_name", "ScalaUDF source_name");

    assertThat(step("extract", all(TYPED_MAP, LINES, reading))).isEqualTo(bridged());
  }

  /** Normal forms, languages and models want Unicode's tables, trees and hashes: Java code. */
  @Test
  void stepsOnSingleDocumentsAreATypedMap() {
    assertThat(step("language", TYPED_MAP)).isEqualTo(bridged());
    assertThat(step("filter", TYPED_MAP)).isEqualTo(bridged());
  }

  /** Texts are cut into keys, and lines cut out, by bridged functions; the joins stay. */
  @Test
  void linesAndNavigationBridgeTheirFunctions() {
    assertThat(step("lines", Set.of()))
        .isEqualTo(bridged("RLike", "ScalaUDF line_keys", "ScalaUDF without_lines"));
    assertThat(step("navigation", Set.of()))
        .isEqualTo(
            bridged("RLike", "ScalaUDF host", "ScalaUDF line_keys", "ScalaUDF without_lines"));
  }

  /** Small: clusters that are broken up, a typed map over their members; a report as JSON. */
  @Test
  void dedupBridgesItsFunctions() {
    assertThat(step("dedup", all(TYPED_MAP, SMALL_JSON)))
        .isEqualTo(
            bridged(
                "ScalaUDF candidate_pairs", "ScalaUDF dedup_print", "ScalaUDF jaccard_of_sets"));
  }

  /** A benchmark is a text file, once; its n-grams are looked up in a typed map. */
  @Test
  void decontaminateIsATypedMap() {
    assertThat(step("decontaminate", all(TYPED_MAP, SMALL_JSON, Set.of("FileSourceScanExec"))))
        .isEqualTo(bridged());
  }

  /** Words are cut, and texts tokenised, by Java code; what counts and orders them stays. */
  @Test
  void vocabularyAndPackAreTypedMaps() {
    assertThat(step("vocabulary", TYPED_MAP)).isEqualTo(bridged());
    assertThat(step("pack", TYPED_MAP)).isEqualTo(bridged("ScalaUDF shuffle_key"));
  }

  @Test
  void reviewStaysOnTheGpu() {
    assertThat(step("review", Set.of())).isEqualTo(bridged());
  }
}
