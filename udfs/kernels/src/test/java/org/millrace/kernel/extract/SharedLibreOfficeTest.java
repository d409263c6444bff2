package org.millrace.kernel.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.kernel.clean.DocumentStatistics;
import org.millrace.kernel.clean.Pangu;
import org.millrace.kernel.clean.RulePacks;
import org.millrace.kernel.clean.Words;

/** Real pages with navigation, as the facts page counts them. */
class SharedLibreOfficeTest {

  private static final List<String> NAVIGATION =
      List.of("目录", "索引", "模块", "LibreOffice 7.4 帮助", "Help content debug info:");

  private static List<String> texts() {
    return SharedPages.libreOffice().stream().map(h -> HtmlText.strip(h).text()).toList();
  }

  private static Map<Long, Integer> pagesByLine(List<String> texts) {
    var pages = new HashMap<Long, Integer>();
    for (var text : texts) {
      for (long key : SiteLines.lineKeys(text)) {
        pages.merge(key, 1, Integer::sum);
      }
    }
    return pages;
  }

  private static Set<Long> repeated(SiteLines rule, List<String> texts) {
    return pagesByLine(texts).entrySet().stream()
        .filter(e -> rule.repeated(texts.size(), e.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static long passing(List<String> texts) {
    var statistics = new DocumentStatistics(Words.WHITESPACE);
    return texts.stream().filter(t -> RulePacks.PANGU.judge(statistics.measure(t)).kept()).count();
  }

  @Test
  void stripsTags() {
    var texts = texts();

    assertThat(texts).hasSize(1036);
    assertThat(texts.stream().mapToLong(t -> t.lines().count()).sum()).isEqualTo(39_923);
    assertThat(passing(texts)).isEqualTo(220);
  }

  @ParameterizedTest
  @ValueSource(ints = {42, 50, 99})
  void removesJustTheNavigation(int percent) {
    var texts = texts();

    var gone = repeated(new SiteLines(percent, 20), texts);

    var expected = new HashSet<Long>();
    NAVIGATION.forEach(line -> expected.add(SiteLines.lineKeys(line)[0]));
    assertThat(gone).isEqualTo(expected);
    assertThat(pagesByLine(texts))
        .extractingByKeys(expected.toArray(Long[]::new))
        .containsOnly(1035);
    var edits = texts.stream().map(t -> SiteLines.without(t, gone)).toList();
    assertThat(edits.stream().mapToLong(Pangu.Edit::removed).sum()).isEqualTo(5_186);
    assertThat(passing(edits.stream().map(Pangu.Edit::text).toList())).isEqualTo(298);
  }
}
