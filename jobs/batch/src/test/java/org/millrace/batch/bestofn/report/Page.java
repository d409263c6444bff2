package org.millrace.batch.bestofn.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * A rendered page as a tree. The page is well-formed XML but for the bodies of its style and its
 * two scripts, so a strict XML parser is the check that no text breaks out of its place.
 */
final class Page {

  private static final Pattern CODE =
      Pattern.compile("(<style>|<script>).*?(</style>|</script>)", Pattern.DOTALL);

  private final String html;
  private final Document tree;

  private Page(String html, Document tree) {
    this.html = html;
    this.tree = tree;
  }

  static Page of(Report report) {
    String html = ReportPage.render(report);
    try {
      var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      var markup = new InputSource(new StringReader(CODE.matcher(html).replaceAll("$1$2")));
      return new Page(html, builder.parse(markup));
    } catch (Exception e) {
      throw new AssertionError("the page is not well-formed: " + e.getMessage(), e);
    }
  }

  String html() {
    return html;
  }

  /** The texts of the nodes that the XPath selects, with spaces collapsed. */
  List<String> texts(String xpath) {
    try {
      var nodes =
          (NodeList)
              XPathFactory.newInstance().newXPath().evaluate(xpath, tree, XPathConstants.NODESET);
      var texts = new ArrayList<String>();
      for (int i = 0; i < nodes.getLength(); i++) {
        texts.add(nodes.item(i).getTextContent().strip().replaceAll("\\s+", " "));
      }
      return texts;
    } catch (Exception e) {
      throw new AssertionError(xpath, e);
    }
  }

  /** The page's data block. */
  JsonNode data() {
    try {
      return new ObjectMapper().readTree(texts("//script[@id='data']").get(0));
    } catch (Exception e) {
      throw new AssertionError("the data block is not JSON", e);
    }
  }
}
