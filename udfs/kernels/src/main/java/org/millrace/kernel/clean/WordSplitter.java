package org.millrace.kernel.clean;

/**
 * Cuts a text into the words that the rules count. {@link Words} has those that need no dictionary;
 * a dictionary's, such as jieba's for Chinese, can be put in.
 */
@FunctionalInterface
public interface WordSplitter {

  /**
   * Adds the words of a text, in order, without overlap, none empty.
   *
   * @param text its first {@code length} units are the text; not to be changed or kept
   * @param length UTF-16 units of the text
   * @param words where they are added; empty at the call
   */
  void split(char[] text, int length, Spans words);
}
