package org.millrace.kernel.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PanguTest {

  @Test
  void storesNfcWithLineFeeds() {
    assertThat(Pangu.normalForm("a\r\nb\rc\u0085d\u2028e\u2029e\u0301，"))
        .isEqualTo("a\nb\nc\nd\ne\n\u00e9，");
  }

  @Test
  void deletesSpecialSymbols() {
    var edit =
        Pangu.withoutSpecialSymbols(
            "a\u0000b\u200bc\ue000d\ud800e\u0378f★g\ufe0fh\ud83d\ude00i\tj\nk＋€m");

    assertThat(edit).isEqualTo(new Pangu.Edit("abcdefghi\tj\nk＋€m", 8));
  }

  @Test
  void keepsTheFirstOfEqualParagraphs() {
    var edit = Pangu.withoutDuplicateParagraphs("一 二\n\n 三\n一\u3000 二 \n三\n４\n4\n");

    assertThat(edit).isEqualTo(new Pangu.Edit("一 二\n 三\n４", 3));
  }

  @Test
  void dropsWhatIsOnlyItsTitle() {
    assertThat(Pangu.titleOnly("标题\n\n 标题 ", "标题")).isEqualTo(new Decision("pangu_title_only", 2));
    assertThat(Pangu.titleOnly("标题\n正文", "标题").kept()).isTrue();
    assertThat(Pangu.titleOnly("标题", null).kept()).isTrue();
    assertThat(Pangu.titleOnly("", "").kept()).isTrue();
  }

  @Test
  void fourDifferentSensitiveWordsDropAndThreeDoNot() {
    var list = Keywords.of(List.of("甲", "乙", "丙", "丁"));

    assertThat(Pangu.sensitive("甲乙丙甲乙丙", list, Pangu.SENSITIVE_HITS).kept()).isTrue();
    assertThat(Pangu.sensitive("甲乙丙丁甲", list, Pangu.SENSITIVE_HITS))
        .isEqualTo(new Decision("pangu_sensitive", 4));
  }

  @Test
  void oneAdvertDrops() {
    var list = Keywords.of(List.of("点击购买", "优惠"));

    assertThat(Pangu.adverts("请点击购买", list, Pangu.ADVERT_HITS))
        .isEqualTo(new Decision("pangu_advert", 1));
    assertThat(Pangu.adverts("请点击", list, Pangu.ADVERT_HITS).kept()).isTrue();
  }
}
