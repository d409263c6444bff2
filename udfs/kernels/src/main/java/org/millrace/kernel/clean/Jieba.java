package org.millrace.kernel.clean;

import com.huaban.analysis.jieba.CharacterUtil;
import com.huaban.analysis.jieba.JiebaSegmenter;

/**
 * Words as jieba cuts them without its search mode: of runs of Chinese characters, Latin letters,
 * digits and {@code + # & . _ -} the likeliest words of its dictionary, unknown ones by its hidden
 * Markov model; any other character that is not white space is a word of its own. What FineWeb-2's
 * thresholds for Chinese were fitted with.
 *
 * <p>Linear in time. Thread-safe; the dictionary (5 MB, some 100 MB in memory, one for all
 * instances) is loaded with the class.
 */
public final class Jieba implements WordSplitter {

  /**
   * UTF-16 units of a run that are cut into words at once, which bounds the memory of a call: the
   * segmenter takes some 500 bytes a unit. A longer run without a break is cut there.
   */
  public static final int RUN = 1 << 10;

  private static final JiebaSegmenter SEGMENTER = new JiebaSegmenter();

  /** The splitter; instances don't differ. */
  public Jieba() {}

  @Override
  public void split(char[] text, int length, Spans words) {
    int at = 0;
    while (at < length) {
      int begin = at;
      while (at < length && at - begin < RUN && CharacterUtil.ccFind(text[at])) {
        at++;
      }
      if (at > begin) {
        segment(text, begin, at, words);
      } else {
        at += Chars.unitsAt(text, at, length);
        if (!Chars.space(text[begin])) {
          words.add(begin, at);
        }
      }
    }
  }

  private static void segment(char[] text, int from, int to, Spans words) {
    var run = new char[to - from];
    for (int i = 0; i < run.length; i++) {
      char c = text[from + i];
      run[i] = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c; // the dictionary is in lower case
    }
    int begin = from;
    for (var word : SEGMENTER.sentenceProcess(new String(run))) {
      int end = begin + word.length();
      words.add(begin, end);
      begin = end;
    }
  }
}
