package org.millrace.batch.corpus.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.batch.corpus.demo.WebPage.Kind;

class WebPagesTest {

  @Test
  void theSameSeedMakesTheSamePages() {
    assertThat(WebPages.make(8, 1)).isEqualTo(WebPages.make(8, 1));
    assertThat(WebPages.make(8, 1)).isNotEqualTo(WebPages.make(8, 2));
  }

  @Test
  void addressesAreUnique() {
    assertThat(WebPages.make(40, 1)).extracting(WebPage::url).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void fourArticlesComeWithOneOfEachOtherKind(Kind kind) {
    var pages = WebPages.make(40, 1);

    assertThat(pages)
        .filteredOn(page -> page.kind() == kind)
        .hasSize(kind == Kind.ARTICLE ? 40 : 10);
  }

  @Test
  void onlyAdvertisementsHaveTheirKeywords() {
    var withKeywords =
        WebPages.make(40, 1).stream()
            .filter(page -> WebPages.ADVERTS.stream().anyMatch(page.html()::contains))
            .map(WebPage::kind)
            .collect(Collectors.toSet());

    assertThat(withKeywords).containsExactly(Kind.ADVERT);
  }

  @Test
  void aCountBelowNoneIsRefused() {
    assertThatThrownBy(() -> WebPages.make(-1, 1)).hasMessage("articles is below 0: -1");
  }
}
