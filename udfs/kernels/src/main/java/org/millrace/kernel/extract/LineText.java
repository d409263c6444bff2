package org.millrace.kernel.extract;

import java.util.Set;
import org.jsoup.nodes.CDataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/**
 * The lines of a part of a page: block elements and {@code br} break them, white space in a line is
 * collapsed, blank lines are dropped. Goes through the nodes without recursion.
 */
final class LineText implements NodeFilter {

  private static final Set<String> DROPPED =
      Set.of("head", "script", "style", "noscript", "noframes");
  private static final Set<String> BLOCKS =
      Set.of(
          ("address article aside blockquote body br caption center dd details dialog dir div dl dt"
                  + " fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header"
                  + " hgroup hr html legend li main menu nav ol optgroup option p pre search"
                  + " section select summary table tbody td tfoot th thead tr ul")
              .split(" "));

  private final StringBuilder text = new StringBuilder();
  private boolean gap;
  private boolean lineBegun;

  private LineText() {}

  static String of(Element part) {
    var lines = new LineText();
    part.filter(lines);
    return lines.text.toString();
  }

  /** Text by the same rule that is no HTML. */
  static String of(String plain) {
    var lines = new LineText();
    lines.add(plain);
    return lines.text.toString();
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode words && !(node instanceof CDataNode)) {
      add(words.getWholeText());
    } else if (DROPPED.contains(node.normalName())) {
      return FilterResult.SKIP_ENTIRELY;
    } else if (BLOCKS.contains(node.normalName())) {
      endLine();
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (BLOCKS.contains(node.normalName())) {
      endLine();
    }
    return FilterResult.CONTINUE;
  }

  private void endLine() {
    gap = false;
    lineBegun = false;
  }

  private void add(String some) {
    for (int i = 0; i < some.length(); i++) {
      char c = some.charAt(i);
      if (c == '\n' || c == '\r') {
        endLine();
      } else if (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0 || c == 0x85) {
        gap = lineBegun;
      } else {
        if (!lineBegun && !text.isEmpty()) {
          text.append('\n');
        }
        text.append(gap ? " " : "").append(c);
        gap = false;
        lineBegun = true;
      }
    }
  }
}
