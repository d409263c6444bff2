package org.millrace.batch.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.Command;
import org.millrace.batch.SharedData;

/** The published and computed numbers of the real files, through the commands. */
class ReferenceITCase {

  private static final double PRINTED = 5.1e-7;

  @TempDir private Path folder;

  private Map<String, Map<Integer, Double>> select(String... arguments) throws Exception {
    var output = folder.resolve("best");
    var all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--output";
    all[arguments.length + 1] = output.toString();
    var command = Command.run(new SelectJob(), all);
    assertThat(command.status()).as(command.said()).isZero();
    assertThat(output.resolve("report.html")).isNotEmptyFile();
    return Command.curves(output);
  }

  private String verified(String... arguments) {
    var output = folder.resolve("scores").toString();
    var all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--output";
    all[arguments.length + 1] = output;
    var command = Command.run(new VerifyJob(), all);
    assertThat(command.status()).as(command.said()).isZero();
    return output;
  }

  private static void check(Map<Integer, Double> curve, double precision, double... expected) {
    assertThat(curve.values().stream().mapToDouble(Double::doubleValue).toArray())
        .containsExactly(expected, within(precision));
  }

  @Test
  void cruxeval() throws Exception {
    var curves =
        select(
            "--input",
            SharedData.file("bestofn/cruxeval_output_800x10.jsonl"),
            "--columns",
            "prompt_id=id,text=gens,verdict=correct",
            "--selectors",
            "pass,majority",
            "--k",
            "1,2,4,5,8,10");

    assertThat(curves.get("pass").get(1)).isCloseTo(.342125, within(1e-9));
    assertThat(curves.get("pass").get(5)).isCloseTo(.4028670634920635, within(1e-9));
    check(curves.get("majority"), PRINTED, .342125, .342125, .344150, .343892, .343410, .342917);
    check(
        curves.get("majority/first-k/ties-first"),
        PRINTED,
        .3525,
        .3525,
        .35125,
        .3475,
        .34875,
        .34625);
  }

  @Test
  void math() throws Exception {
    var curves =
        select(
            "--input",
            SharedData.file("bestofn/math100_x8_orm.jsonl.gz"),
            "--columns",
            "prompt_id=idx,target=gt,answer=pred,verdict=score,score=rm,length=resp_chars,level=level",
            "--short-m",
            "1,2,3,5");

    double five = 5.1e-6;
    check(curves.get("pass"), five, .91, .93286, .951, .96);
    check(curves.get("best-score"), five, .91, .92786, .93614, .94);
    check(curves.get("shortest"), five, .91, .91821, .91914, .91);
    check(curves.get("longest"), five, .91, .90179, .89086, .88);
    check(curves.get("majority"), five, .91, .91, .92011, .925);
    check(curves.get("weighted-majority"), five, .91, .92786, .93157, .94);
    check(curves.get("majority/first-k/ties-first"), five, .90, .90, .93, .93);
    check(curves.get("majority/first-k/ties-smallest"), five, .90, .92, .91, .91);
    check(curves.get("majority/first-k/ties-shared"), five, .90, .91, .925, .925);
    check(curves.get("majority/first-k/ties-shortest"), five, .90, .92, .93, .93);
    check(curves.get("majority/first-k/ties-strict"), five, .90, .88, .91, .91);
    check(curves.get("best-score/first-k"), five, .90, .93, .93, .94);
    assertThat(curves.get("short-1/first-k/ties-shortest").get(8)).isEqualTo(.91);
    assertThat(curves.get("short-2/first-k/ties-shortest").get(8)).isEqualTo(.91);
    assertThat(curves.get("short-3/first-k/ties-shortest").get(8)).isEqualTo(.93);
    assertThat(curves.get("short-5/first-k/ties-shortest").get(8)).isEqualTo(.94);
  }

  @Test
  void game24() throws Exception {
    var scores =
        verified(
            "--verifier",
            "game24",
            "--input",
            SharedData.file("bestofn/game24_cot_100x100.jsonl"),
            "--columns",
            "prompt_id=idx,prompt=puzzle,text=ys");

    var counts = Command.manifest(Path.of(scores)).get("counts");
    assertThat(counts.get("correct").asLong()).isEqualTo(403);
    assertThat(counts.get("unparsed").asLong()).isEqualTo(13);

    var curves = select("--input", scores, "--selectors", "pass");

    check(
        curves.get("pass"),
        PRINTED,
        .0403,
        .0728,
        .122909,
        .190316,
        .268919,
        .352481,
        .436638,
        .49);
  }

  @Test
  void gpqa() throws Exception {
    var scores =
        verified(
            "--verifier",
            "choice",
            "--input",
            SharedData.file("bestofn/gpqa64_x128_genrm64x32.jsonl"),
            "--columns",
            "prompt_id=problem,target=gold,text=answers,votes=verifications");

    var curves =
        select(
            "--input",
            scores,
            "--selectors",
            "pass,majority,best-score",
            "--lambda",
            "1",
            "--vote-counts",
            "1,32");

    check(
        curves.get("pass"),
        PRINTED,
        .436768,
        .554374,
        .646943,
        .716164,
        .764141,
        .791863,
        .820310,
        .875);
    check(
        curves.get("majority"),
        PRINTED,
        .436768,
        .465539,
        .483109,
        .488729,
        .488709,
        .487343,
        .486359,
        .484375);
    check(
        curves.get("best-score/votes-1"),
        PRINTED,
        .459229,
        .469506,
        .473366,
        .473153,
        .471653,
        .471528,
        .471581);
    check(
        curves.get("best-score/votes-32"),
        PRINTED,
        .459229,
        .475745,
        .484510,
        .491114,
        .495933,
        .500441,
        .508739);
  }

  @Test
  void gsm8kWithPromptsOfUnequalSize() throws Exception {
    var curves =
        select(
            "--input",
            SharedData.file("bestofn/gsm8k_genrm_dev.tsv.gz"),
            "--columns",
            "prompt_id=question_id,sample_index=output_id,answer=extracted,verdict=correct,"
                + "length=words,votes=votes",
            "--selectors",
            "pass",
            "--k",
            "8,32",
            "--ragged",
            "clip");

    check(curves.get("pass"), PRINTED, .886097, .897162);
  }
}
