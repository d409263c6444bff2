package org.millrace.streaming.placement.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;
import org.millrace.streaming.placement.plan.CostConstants;
import org.millrace.streaming.placement.plan.GroupKind;
import org.millrace.streaming.placement.plan.ModelShape;
import org.millrace.streaming.placement.plan.NetworkRule;
import org.millrace.streaming.placement.plan.Parallelism;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.plan.Planner;
import org.millrace.streaming.placement.plan.Request;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class PlacementPageTest {

  private static final String HOSTILE =
      "</title><script>alert(1)</script><img src=x onerror='alert(2)'>\"{{manifest}}\u0000\ud800]]>&";
  private static final ModelShape MODEL = new ModelShape("3.6B", 30, 3072, 32, 2048, 50257);

  private static Node node(String name, NicKind kind, String fabric, String leaf) {
    return Node.of(
            name, 8, Nic.of("mlx5_0", kind, fabric, 200), Nic.of("eth0", NicKind.ETH, "eth", 25))
        .withTierPath(List.of("spine", leaf));
  }

  /** Half of the nodes in each fabric, called a0, b0, a1, b1, .. */
  private static Estate estate(int nodes) {
    var all = new ArrayList<Node>();
    for (int i = 0; i < nodes; i++) {
      all.add(
          i % 2 == 0
              ? node("a" + i / 2, NicKind.IB, "ib-a", "leaf-" + i / 32)
              : node("b" + i / 2, NicKind.ROCE, "roce-a", "leaf-" + i / 32));
    }
    return Estate.of(List.of("spine", "leaf"), all);
  }

  private static Plan plan(Estate estate, String job, Parallelism sizes, String... hosts) {
    var request =
        Request.of(job, MODEL, sizes.ranks(), 768, 4)
            .withSizes(sizes.tensor(), sizes.pipeline())
            .withOrder(sizes.order());
    return new Planner(CostConstants.NOMINAL, NetworkRule.COMMUNICATOR)
        .assess(estate, Map.of(), request, sizes, List.of(hosts));
  }

  private static String page(Estate estate, Plan... plans) {
    return new PlacementPage("T", "s", estate, List.of(plans), List.of("note"), "{}").html();
  }

  private static Document parsed(String page) throws Exception {
    var xml = page.substring(page.indexOf("<html"));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> all(Document document, String tag, String style) {
    var elements = document.getElementsByTagName(tag);
    return IntStream.range(0, elements.getLength())
        .mapToObj(i -> (Element) elements.item(i))
        .filter(element -> List.of(element.getAttribute("class").split(" ")).contains(style))
        .toList();
  }

  @Test
  void hostileNamesStayText() throws Exception {
    var estate =
        Estate.of(
            List.of(HOSTILE),
            List.of(
                Node.of(HOSTILE, 8, Nic.of(HOSTILE, NicKind.IB, HOSTILE, 200))
                    .withTierPath(List.of(HOSTILE))));
    var plan = plan(estate, HOSTILE, Parallelism.of(1, 2, 4), HOSTILE);

    var page =
        new PlacementPage(HOSTILE, HOSTILE, estate, List.of(plan), List.of(HOSTILE), HOSTILE)
            .html();

    var document = parsed(page);
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(document.getElementsByTagName("img").getLength()).isZero();
    assertThat(document.getElementsByTagName("h1").item(0).getTextContent())
        .startsWith("</title><script>alert(1)</script>")
        .contains("{{manifest}}");
    assertThat(page).contains("Content-Security-Policy\" content=\"default-src 'none'");
  }

  @Test
  void everyNodeIsACellAndEveryStageABox() throws Exception {
    var estate = estate(8);
    var plan = plan(estate, "j", Parallelism.of(1, 2, 16), "a0", "a1", "b0", "b1");

    var document = parsed(page(estate, plan));

    var drawing = all(document, "svg", "estate").get(0);
    assertThat(drawing.getElementsByTagName("g").getLength()).isEqualTo(8);
    assertThat(all(document, "rect", "region")).hasSize(3 + 2);
    assertThat(all(document, "rect", "stage")).hasSize(2);
    assertThat(all(document, "rect", "chip")).hasSize(4);
    assertThat(all(document, "path", "ring"))
        .extracting(ring -> ring.getAttribute("class"))
        .containsExactly("ring ib", "ring roce");
    assertThat(all(document, "path", "flow"))
        .extracting(flow -> flow.getAttribute("class"))
        .containsExactly("flow socket", "flow thin socket");
    assertThat(document.getDocumentElement().getTextContent())
        .contains("data: InfiniBand ib-a")
        .contains("19.3 GB")
        .contains("9.9 GB between fabrics");
  }

  @Test
  void wrongOrderIsSaid() throws Exception {
    var estate = estate(8);

    var right = page(estate, plan(estate, "j", Parallelism.of(1, 2, 16), "a0", "a1", "b0", "b1"));
    var wrong = page(estate, plan(estate, "j", Parallelism.of(1, 2, 16), "a0", "b0", "a1", "b1"));

    assertThat(right).doesNotContain("class=\"alert\"");
    assertThat(wrong)
        .contains("2 of 2 data-parallel groups share no RDMA fabric")
        .contains("13.3 GB between fabrics");
  }

  @Test
  void brokenNicsAndNodesAreMarked() throws Exception {
    var estate = estate(4);
    var ill = estate.node("a0").orElseThrow();
    estate =
        estate
            .with(ill.withNic(ill.nics().get(0).withHealthy(false)))
            .with(estate.node("b0").orElseThrow().withHealthy(false));

    var document = parsed(page(estate));

    // One of each in the legend but for the node.
    assertThat(all(document, "path", "broken")).hasSize(2);
    assertThat(all(document, "rect", "down")).hasSize(1);
  }

  @Test
  void bytesBetweenFabricsAreSharedByTheStages() {
    var estate = estate(8);
    var crossing =
        new Crossings(plan(estate, "j", Parallelism.of(1, 4, 8), "a0", "b0", "b1", "a1"), estate);
    var plan = plan(estate, "j", Parallelism.of(1, 4, 8), "a0", "b0", "b1", "a1");

    var bytes = crossing.pipeline();

    assertThat(bytes[0]).isPositive().isCloseTo(bytes[2], within(1.0));
    assertThat(bytes[1]).isZero();
    assertThat(Arrays.stream(bytes).sum())
        .isCloseTo(plan.cost().crossFabricPipelineBytes(), within(1.0));
    assertThat(crossing.data()).containsOnly(0);
    assertThat(crossing.hosts(1)).containsExactly("b0");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 64, 65, 200, 401, 1250, 5000})
  void estatesOfAllSizesAreDrawn(int nodes) throws Exception {
    var estate = estate(nodes);

    var page = page(estate, plan(estate, "j", Parallelism.of(8, 1, 1), "a0"));

    assertThat(parsed(page).getElementsByTagName("h1").getLength()).isEqualTo(1);
    assertThat(page).doesNotContain("NaN").doesNotContain("Infinity");
    assertThat(page.length()).isLessThan(40_000 + 400 * Math.min(nodes, 4_000));
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "8", "9", "30"})
  void pipelinesOfAllLengthsAreDrawn(int stages) throws Exception {
    var estate = estate(64);
    var hosts = IntStream.range(0, 32).mapToObj(i -> "a" + i).toArray(String[]::new);

    var document = parsed(page(estate, plan(estate, "j", Parallelism.of(8, stages, 1), hosts)));

    assertThat(all(document, "rect", "stage")).hasSize(stages);
    assertThat(all(document, "path", "tip")).hasSize(stages - 1);
  }

  @Test
  void equalInputsGiveEqualPages() {
    var estate = estate(8);
    var plan = plan(estate, "j", Parallelism.of(1, 2, 16), "a0", "a1", "b0", "b1");

    assertThat(page(estate, plan)).isEqualTo(page(estate(8), plan));
    assertThat(plan.mixedGroups(GroupKind.DP)).isZero();
  }
}
