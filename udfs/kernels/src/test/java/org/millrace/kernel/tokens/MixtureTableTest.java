package org.millrace.kernel.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MixtureTableTest {

  @ParameterizedTest
  @ValueSource(strings = {"200b", "13b", "2.6b"})
  void weightsOfPanguAreAHundredPerCent(String name) {
    var table = MixtureTable.pangu(name);

    assertThat(table.rows()).hasSize(5);
    assertThat(table.rows().stream().mapToDouble(MixtureTable.Row::weight).sum())
        .isCloseTo(100, within(1e-9));
  }

  @Test
  void ratiosOfTokensToWeightsAreThePublishedOnes() {
    // Facts: 2.5, 2.5, 2.8, 2.5, .84.
    assertThat(MixtureTable.pangu("200b").rows())
        .extracting(row -> Math.round(100 * row.billionTokens().getAsDouble() / row.weight()))
        .containsExactly(252L, 253L, 281L, 253L, 84L);
  }

  @Test
  void theLargeModelIsMixedByEpochsToo() {
    var table = MixtureTable.pangu("200b");
    Map<String, Long> available =
        table.rows().stream()
            .map(MixtureTable.Row::source)
            .collect(Collectors.toMap(Function.identity(), source -> 1000L));

    assertThat(table.byEpochs(available).source("public").planned()).isEqualTo(3650);
    assertThat(table.byWeights(1000, available).source("news").epochs())
        .isCloseTo(.0783, within(1e-12));
    assertThatThrownBy(() -> MixtureTable.pangu("13b").byEpochs(available))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("table \"13b\" has no epochs of source \"public\"");
  }

  @Test
  void readsAUsersTable() throws IOException {
    var table = read("tables=t u\nt.sources = a b\nt.a.weight=3\nt.b.weight = 1\nt.b.epochs=2.5");

    assertThat(table.rows())
        .containsExactly(
            new MixtureTable.Row("a", OptionalDouble.empty(), 3, OptionalDouble.empty()),
            new MixtureTable.Row("b", OptionalDouble.empty(), 1, OptionalDouble.of(2.5)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x=1 | mine.properties lacks tables",
        "tables=a b | mine.properties has no table \"t\"; choose of [a, b]",
        "tables=t | mine.properties lacks t.sources",
        "tables=t\\nt.sources=a | mine.properties lacks t.a.weight",
        "tables=t\\nt.sources=a\\nt.a.weight=-1 | t.a.weight is \"-1\"; give a number of 0 or more",
        "tables=t\\nt.sources=a\\nt.a.weight=x | t.a.weight is \"x\"",
        "tables=t\\nt.sources=a\\nt.a.weight=NaN | t.a.weight is \"NaN\""
      })
  void aBrokenTableIsRefused(String text, String message) {
    assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static MixtureTable read(String text) throws IOException {
    return MixtureTable.read(new StringReader(text), "mine.properties", "t");
  }
}
