package org.millrace.bench.inference;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.millrace.batch.inference.model.BundledModel;

/** Made-up sentences of 4 to 40 words, or of 8 to 60 Chinese characters; the same each time. */
final class Sentences {

  private static final String[] WORDS =
      ("the a of and to in is was he for it with as his on be at by had not are but from or have an"
              + " they which one you were all her she there would their we him been has when who"
              + " will no more if out so up said what its about than into them can only other time"
              + " new some could these two may first then do any like my now over such our man me"
              + " even most made after also did many off before must well back through years where"
              + " much your way down should because long each just state those people too mr how"
              + " little good world make very year still see own work men day get here old")
          .split(" ");
  private static final String CHARACTERS =
      "的一是不了在人有我他这中大来上个国和也子时道地要出会可你对生能而那得于着下自之年过发后作里用方天行所然家种事成多经"
          + "么去法学如都同现当没动面起看定分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工";

  private Sentences() {}

  static List<String> of(BundledModel model, int count) {
    var random = new SplittableRandom(7);
    return IntStream.range(0, count)
        .mapToObj(i -> model == BundledModel.BGE_ZH ? chinese(random) : english(random))
        .toList();
  }

  private static String english(SplittableRandom random) {
    return random
        .ints(random.nextInt(4, 41), 0, WORDS.length)
        .mapToObj(i -> WORDS[i])
        .collect(Collectors.joining(" "));
  }

  private static String chinese(SplittableRandom random) {
    return random
        .ints(random.nextInt(8, 61), 0, CHARACTERS.length())
        .mapToObj(i -> CHARACTERS.substring(i, i + 1))
        .collect(Collectors.joining());
  }
}
