package org.millrace.kernel.strategy.steps;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepLogTest {

  private static final String KDD =
      "Row\tAnon Student Id\tProblem Hierarchy\tProblem Name\tProblem View\tStep Name"
          + "\tCorrect First Attempt\tKC(SubSkills)\tOpportunity(SubSkills)"
          + "\tKC(KTracedSkills)\tOpportunity(KTracedSkills)";
  private static final String DATASHOP =
      "Sample\tAnon Student Id\tProblem Hierarchy\tProblem Name\tProblem View\tStep Name"
          + "\tStep Start Time\tFirst Attempt\tKC (Default)\tOpportunity (Default)"
          + "\tKC (Unique-step)";

  private static List<StepRow> read(byte[] bytes, String model) throws IOException {
    var rows = new ArrayList<StepRow>();
    StepLog.read(new ByteArrayInputStream(bytes), UTF_8, model, rows::add);
    return rows;
  }

  private static List<StepRow> read(String... lines) throws IOException {
    return read(String.join("\n", lines).getBytes(UTF_8), null);
  }

  @Test
  void readsAKddCupLine() throws IOException {
    var rows =
        read(KDD, "17\tstu_1\tUnit A, Section B\tP 1\t2\tx+1=3\t1\tadd~~ solve \t3~~1\ttraced\t4");

    assertThat(rows)
        .containsExactly(
            new Step(
                2,
                17,
                "stu_1",
                "Unit A, Section B",
                "P 1",
                2,
                "x+1=3",
                List.of("add", "solve"),
                Outcome.CORRECT));
  }

  @Test
  void readsADataShopLineOrderedByItsTime() throws IOException {
    var rows = read(DATASHOP, "All\tS\tU\tP\t\tstep\t1970-01-01 00:00:02.5\thint\tslope\t1\tKC9\r");

    assertThat(rows)
        .containsExactly(
            new Step(2, 2500, "S", "U", "P", 1, "step", List.of("slope"), Outcome.INCORRECT));
  }

  @Test
  void anotherModelIsTakenByItsNameInEitherForm() throws IOException {
    var bytes = (KDD + "\n1\ts\th\tp\t1\tt\t0\ta\t1\tb\t1\n").getBytes(UTF_8);

    assertThat(((Step) read(bytes, "ktracedskills").get(0)).skills()).containsExactly("b");
    assertThat(((Step) read(bytes, "KC (KTracedSkills)").get(0)).skills()).containsExactly("b");
    assertThat(((Step) read(bytes, null).get(0)).skills()).containsExactly("a");
  }

  @Test
  void missingSkillsAndOutcomesAreNoMistake() throws IOException {
    var rows = read(KDD, "1\ts\th\tp\t1\tt\t\t\t\t\t", "2\ts\th\tp\t1\tt\t.\t.\t\t\t");

    assertThat(rows).extracting(row -> ((Step) row).outcome()).containsOnly(Outcome.UNKNOWN);
    assertThat(rows).allMatch(row -> ((Step) row).skills().isEmpty());
  }

  @Test
  void quotesAroundACellHoldItsTabsAndLoneQuotesAreText() throws IOException {
    var rows =
        read(
            KDD,
            "1\ts\th\tp\t1\t\"a\tb \"\"c\"\"\"\t1\tk\t1\t\t",
            "2\ts\th\t\"p\"\t1\t\"5 inches\t1\tk\t1\t\t");

    assertThat(rows)
        .extracting(row -> ((Step) row).name())
        .containsExactly("a\tb \"c\"", "\"5 inches");
    assertThat(((Step) rows.get(1)).problem()).isEqualTo("p");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1\\ts\\th\\tp|4 cells under a header of 11",
        "1\\ts\\th\\tp\\t1\\tt\\t2\\tk\\t1\\t\\t|Correct First Attempt is '2', not 0 or 1",
        "x\\ts\\th\\tp\\t1\\tt\\t1\\tk\\t1\\t\\t|Row is 'x', not a whole number",
        "1\\ts\\th\\tp\\t-3\\tt\\t1\\tk\\t1\\t\\t|Problem View is '-3', not a whole number",
        "1\\t\\th\\tp\\t1\\tt\\t1\\tk\\t1\\t\\t|Anon Student Id is missing",
        "1\\ts\\th\\t.\\t1\\tt\\t1\\tk\\t1\\t\\t|Problem Name is missing"
      })
  void aBrokenLineIsRejectedWithItsReasonAndPlace(String line, String reason) throws IOException {
    var rows = read(KDD, "", line.replace("\\t", "\t"), "1\ts\th\tp\t1\tt\t1\tk\t1\t\t");

    assertThat(rows).hasSize(2).first().isEqualTo(new Rejected(3, reason));
    assertThat(rows.get(1)).isInstanceOf(Step.class);
  }

  @Test
  void headersInTheMiddleAndOtherEncodingsAndEndlessLinesAreRejected() throws IOException {
    var latin = "1\té\th\tp\t1\tt\t1\tk\t1\t\t\n".getBytes(ISO_8859_1);
    var bytes = new java.io.ByteArrayOutputStream();
    bytes.write(("\uFEFF" + KDD + "\n" + KDD + "\n").getBytes(UTF_8));
    bytes.write(latin);
    bytes.write(("x".repeat(StepLog.LONGEST_LINE + 1) + "\n").getBytes(UTF_8));
    bytes.write("1\té\th\tp\t1\tt\t1\tk\t1\t\t".getBytes(UTF_8));

    var rows = read(bytes.toByteArray(), null);

    assertThat(rows.subList(0, 3))
        .containsExactly(
            new Rejected(2, "the header once more"),
            new Rejected(3, "the line is not in UTF-8"),
            new Rejected(4, "the line is longer than 1048576 bytes"));
    assertThat(((Step) rows.get(3)).student()).isEqualTo("é");
  }

  @Test
  void aMissingColumnIsNamedWithThoseThereAre() {
    assertThatThrownBy(() -> read("student,problem,skill", "1,2,3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no column 'Anon Student Id'; a student-step export of DataShop or the KDD Cup has them,"
                + " separated by tabs; here are: student,problem,skill");
    assertThatThrownBy(
            () -> read("Anon Student Id\tProblem Hierarchy\tProblem Name\tStep Name\tKC (Default)"))
        .hasMessageStartingWith("no column 'First Attempt' or 'Correct First Attempt';");
    assertThatThrownBy(() -> read(KDD.replace("KC(", "Skill(")))
        .hasMessageStartingWith("no column of skills such as 'KC (Default)' or 'KC(SubSkills)';");
  }

  @Test
  void severalUnknownModelsWantAChoice() {
    var header = DATASHOP.replace("KC (Default)", "KC (Mine)") + "\tKC (Other)";

    assertThatThrownBy(() -> read(header))
        .hasMessage(
            "several columns of skills, name one as the KC model: KC (Mine), KC (Unique-step),"
                + " KC (Other)");
    assertThatThrownBy(() -> read(header.getBytes(UTF_8), "Third"))
        .hasMessage("no KC model 'Third' among: KC (Mine), KC (Unique-step), KC (Other)");
  }

  @Test
  void theOnlyModelIsTakenBesidesTheDerivedOnes() throws IOException {
    var header = DATASHOP.replace("KC (Default)", "KC (Mine)");

    assertThat(
            StepLog.read(new ByteArrayInputStream(header.getBytes(UTF_8)), UTF_8, null, row -> {})
                .skillColumn())
        .isEqualTo("KC (Mine)");
  }

  @Test
  void emptyFilesAndUtf16AreRefused() {
    assertThatThrownBy(() -> read(new byte[0], null))
        .hasMessage("the step log is empty: it wants a header line");
    assertThatThrownBy(() -> read(KDD.getBytes(UTF_16), null))
        .hasMessage("the step log is in UTF-16: convert it to UTF-8");
  }
}
