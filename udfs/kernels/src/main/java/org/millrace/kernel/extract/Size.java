package org.millrace.kernel.extract;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** How large a parsed page is. */
record Size(int elements, int depth) {

  static Size of(Document document) {
    var size = new int[2];
    document.traverse(
        (node, depth) -> {
          size[0] += node instanceof Element ? 1 : 0;
          size[1] = Math.max(size[1], depth);
        });
    return new Size(size[0], size[1]);
  }

  boolean exceeds(int mostElements, int mostDepth) {
    return elements > mostElements || depth > mostDepth;
  }
}
