package org.millrace.kernel.tokens;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Packs documents into windows of equal length (as GPT-3 and PanGu-α, arXiv 2104.12369, do) 3.3):
 * the tokens of each, then an end-of-document token, one after the other, cut every {@code length}
 * tokens; the last window is filled up with padding. So tokens out = tokens in + documents +
 * padding.
 *
 * <p>Parts of a sequence of documents can be packed apart: each knows how many tokens are before
 * it, the sum of {@link #size} of the documents of the parts before, and gives the whole windows
 * within it and {@link Fragment}s of the windows it shares, which {@link #join} makes whole. The
 * windows don't depend on the division.
 *
 * <p>Immutable and thread-safe; a {@link Packer} is for one thread.
 */
public final class Packing {

  /** Tokens of a window by default, PanGu-α's. */
  public static final int LENGTH = 1024;

  private final int length;
  private final int endOfDocument;
  private final int padding;

  private Packing(int length, int endOfDocument, int padding) {
    this.length = length;
    this.endOfDocument = endOfDocument;
    this.padding = padding;
  }

  /**
   * Packs with the end-of-document token as padding.
   *
   * @param length tokens of a window, at least 1; {@link #LENGTH} is usual
   * @param endOfDocument id of the token after each document
   */
  public static Packing of(int length, int endOfDocument) {
    if (length < 1) {
      throw new IllegalArgumentException("a window has 1 token or more, not " + length);
    }
    return new Packing(length, endOfDocument, endOfDocument);
  }

  /**
   * The packing with another padding.
   *
   * @param token its id
   */
  public Packing padding(int token) {
    return new Packing(length, endOfDocument, token);
  }

  /** Tokens of a window. */
  public int length() {
    return length;
  }

  /**
   * Tokens that a document takes, its end among them.
   *
   * @param tokens of the document
   */
  public static long size(long tokens) {
    return tokens + 1;
  }

  /**
   * Windows of so many tokens, the last one padded.
   *
   * @param size sum of {@link #size(long)} of all documents
   */
  public long windows(long size) {
    return (size + length - 1) / length;
  }

  /**
   * Padding in the last window.
   *
   * @param size sum of {@link #size(long)} of all documents
   */
  public long paddingOf(long size) {
    return windows(size) * length - size;
  }

  /**
   * A packer of a part of the documents.
   *
   * @param offset tokens before the part, at least 0: the sum of {@link #size(long)} of all
   *     documents before
   * @param windows gets each whole window, in order
   * @param fragments gets at most two: of the window in which the part begins, if that began
   *     before, and of the one in which it ends
   */
  public Packer packer(long offset, Consumer<Window> windows, Consumer<Fragment> fragments) {
    if (offset < 0) {
      throw new IllegalArgumentException("a part begins at token 0 or later, not at " + offset);
    }
    return new Packer(this, offset, windows, fragments);
  }

  /**
   * The window of its fragments, padded if they don't fill it.
   *
   * @param fragments of one window in any order, all of them
   * @throws IllegalArgumentException if they are of several windows, or some are missing in between
   */
  public Window join(List<Fragment> fragments) {
    var sorted = new ArrayList<>(fragments);
    sorted.sort(Comparator.comparingInt(Fragment::from));
    var builder = new WindowBuilder(length, 0);
    for (var fragment : sorted) {
      if (fragment.window() != sorted.get(0).window() || fragment.from() != builder.end()) {
        throw new IllegalArgumentException(
            "a fragment of window %d from token %d where one of window %d from %d is due; join all"
                    .formatted(
                        fragment.window(), fragment.from(), sorted.get(0).window(), builder.end())
                + " fragments of one window");
      }
      builder.add(fragment);
    }
    if (builder.end() == 0) {
      throw new IllegalArgumentException("no fragments to join");
    }
    return builder.window(sorted.get(0).window(), padding);
  }

  /** Packs one part: documents in order, then {@link #finish}. For one thread. */
  public static final class Packer {
    private final Packing packing;
    private final Consumer<Window> windows;
    private final Consumer<Fragment> fragments;
    private long window;
    private WindowBuilder builder;

    private Packer(
        Packing packing, long offset, Consumer<Window> windows, Consumer<Fragment> fragments) {
      this.packing = packing;
      this.windows = windows;
      this.fragments = fragments;
      window = offset / packing.length;
      builder = new WindowBuilder(packing.length, (int) (offset % packing.length));
    }

    /**
     * Adds the next document.
     *
     * @param id for the boundaries
     * @param source for them too; may be null
     * @param tokens without an end; may be none
     */
    public void add(String id, String source, int[] tokens) {
      builder.start(id, source, false);
      for (int from = 0; from < tokens.length; ) {
        fullThen(id, source);
        from += builder.add(tokens, from);
      }
      fullThen(id, source);
      builder.add(new int[] {packing.endOfDocument}, 0);
      if (builder.isFull()) {
        give();
      }
    }

    /** Gives what is left as a fragment, if anything is. */
    public void finish() {
      if (!builder.isEmpty()) {
        fragments.accept(builder.fragment(window));
      }
      builder = new WindowBuilder(packing.length, builder.end());
    }

    private void fullThen(String id, String source) {
      if (builder.isFull()) {
        give();
        builder.start(id, source, true);
      }
    }

    private void give() {
      if (builder.isWhole()) {
        windows.accept(builder.window(window, packing.padding));
      } else {
        fragments.accept(builder.fragment(window));
      }
      window++;
      builder = new WindowBuilder(packing.length, 0);
    }
  }
}
