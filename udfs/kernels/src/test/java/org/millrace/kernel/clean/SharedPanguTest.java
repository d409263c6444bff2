package org.millrace.kernel.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PanGu's rules make of the shared files, as the facts page counts it. */
class SharedPanguTest {

  private final DocumentStatistics statistics = new DocumentStatistics(Words.WHITESPACE);

  @ParameterizedTest
  @CsvSource({
    "FORTUNES, 5671, 4944, 716, 272, 10, 10",
    "CRAWL, 1000, 938, 85, 82, 6, 2",
    "LIBREOFFICE, 1036, 220, 994, 220, 3, 2",
    "MAN_PAGES, 716, 11, 716, 11, -1, -1"
  })
  void countsByRatioAndLength(
      SharedText file, int all, int chinese, int longEnough, int both, int at60, int at150) {
    int[] counts = new int[6];
    for (var text : file.documents()) {
      statistics.measure(text);
      boolean ratio = RulePacks.PANGU.rules().get(0).judge(statistics).kept();
      boolean length = RulePacks.PANGU.rules().get(1).judge(statistics).kept();
      counts[0]++;
      counts[1] += ratio ? 1 : 0;
      counts[2] += length ? 1 : 0;
      counts[3] += RulePacks.PANGU.judge(statistics).kept() ? 1 : 0;
      long n = statistics.nonSpaceCharacters();
      counts[4] += n > 0 && 100 * statistics.chineseCharacters() == 60 * n ? 1 : 0;
      counts[5] += n == 150 ? 1 : 0;
    }

    assertThat(counts)
        .containsExactly(
            all,
            chinese,
            longEnough,
            both,
            at60 < 0 ? counts[4] : at60,
            at150 < 0 ? counts[5] : at150);
  }

  @ParameterizedTest
  @CsvSource({
    "FORTUNES, 135518, 431, 267",
    "CRAWL, 77, 0, 82",
    "LIBREOFFICE, 2159, 3226, 220",
    "MAN_PAGES, 16, 17782, 11"
  })
  void cleans(SharedText file, long symbols, long lines, long kept) {
    long[] counts = new long[3];
    for (var text : file.documents()) {
      var plain = Pangu.withoutSpecialSymbols(Pangu.normalForm(text));
      var distinct = Pangu.withoutDuplicateParagraphs(plain.text());
      counts[0] += plain.removed();
      counts[1] += distinct.removed();
      boolean before = RulePacks.PANGU.judge(statistics.measure(text)).kept();
      boolean after = RulePacks.PANGU_CLEANED.judge(statistics.measure(distinct.text())).kept();
      counts[2] += before && after ? 1 : 0;
    }

    assertThat(counts).containsExactly(symbols, lines, kept);
  }

  @ParameterizedTest
  @CsvSource({
    "FORTUNES, EMAIL, 51, 17",
    "FORTUNES, IPV4, 3, -1",
    "CRAWL, CHINESE_MOBILE, 1, 1",
    "LIBREOFFICE, EMAIL, 8, -1",
    "LIBREOFFICE, IPV4, 1, 1",
    "LIBREOFFICE, CHINESE_MOBILE, 0, 0",
    "LIBREOFFICE, CHINESE_ID, 0, 0",
    "MAN_PAGES, EMAIL, 596, 386",
    "MAN_PAGES, IPV4, 28, -1"
  })
  void findsWhatIdentifiesPeople(SharedText file, Pii.Kind kind, int finds, int documents) {
    Predicate<Pii.Find> wanted = f -> f.kind() == kind;
    int[] counts = new int[2];
    for (var text : file.documents()) {
      long found = Pii.find(text).stream().filter(wanted).count();
      counts[0] += (int) found;
      counts[1] += found > 0 ? 1 : 0;
    }

    assertThat(counts).containsExactly(finds, documents < 0 ? counts[1] : documents);
  }
}
