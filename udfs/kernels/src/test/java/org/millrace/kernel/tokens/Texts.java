package org.millrace.kernel.tokens;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Texts of all scripts, with the characters at which pre-tokenizers differ much more often. */
final class Texts extends DomainContextBase {

  private static final int[] EDGES = "   \n\n\r\t'''!?.,-_<>|/\"".codePoints().toArray();

  /** Latin, Chinese, emoji and their joiners, marks, digits of several scripts, white space. */
  private static final int[] COMMON =
      ("aeiostrelvdmABZ019½Ⅷ٣é\u0301你好世界的。，！？：一\u3000\u00A0\u0085\u2028\u200B\u0000\u001C\uFEFF"
              + "😀👩\u200D💻🏽🇨🇳𠀀ǅʰªאبहि가ㅏ")
          .codePoints()
          .toArray();

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.frequencyOf(
            Tuple.of(6, pick(EDGES)), Tuple.of(8, pick(COMMON)), Tuple.of(2, assigned()))
        .list()
        .ofMaxSize(40)
        .map(
            points ->
                points.stream()
                    .collect(
                        StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
  }

  private static Arbitrary<Integer> pick(int[] points) {
    return Arbitraries.integers().between(0, points.length - 1).map(i -> points[i]);
  }

  /** What a later Unicode version assigns is of another kind in the native code. */
  private static Arbitrary<Integer> assigned() {
    return Arbitraries.integers()
        .between(0, Character.MAX_CODE_POINT)
        .filter(
            point -> Character.isDefined(point) && Character.getType(point) != Character.SURROGATE);
  }
}
