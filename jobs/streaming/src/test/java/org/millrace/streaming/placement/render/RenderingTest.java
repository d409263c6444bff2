package org.millrace.streaming.placement.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.SharedPlacement;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;
import org.millrace.streaming.placement.inventory.HostDefaults;
import org.millrace.streaming.placement.inventory.HostRanges;
import org.millrace.streaming.placement.inventory.InventoryFile;
import org.millrace.streaming.placement.inventory.KubernetesNodes;
import org.millrace.streaming.placement.inventory.LabelKeys;
import org.millrace.streaming.placement.inventory.TopographModel;
import org.millrace.streaming.placement.plan.GroupKind;
import org.millrace.streaming.placement.plan.Parallelism;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.plan.RankOrder;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What is rendered, read again in its own format. */
class RenderingTest {

  private static final Pattern CONF =
      Pattern.compile("(SwitchName|BlockName)=(\\S+) (Nodes|Switches)=(\\S+)|BlockSizes=([\\d,]+)");

  private static String text(Rendering rendering, Plan plan, Estate estate, String name) {
    return rendering.render(plan, estate, RenderSettings.DEFAULT).stream()
        .filter(file -> file.name().equals(name))
        .map(RenderedFile::text)
        .findFirst()
        .orElseThrow();
  }

  private static List<Object> yaml(String text) {
    var documents = new ArrayList<>();
    new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions()))
        .loadAll(text)
        .forEach(documents::add);
    return documents;
  }

  @SuppressWarnings("unchecked")
  private static <T> T at(Object from, Object... path) {
    var at = from;
    for (var step : path) {
      at = step instanceof Integer i ? ((List<Object>) at).get(i) : ((Map<?, Object>) at).get(step);
    }
    return (T) at;
  }

  @Test
  void hostFileKeepsTheOrderOfRanks() {
    var plan = Examples.plan(Parallelism.of(4, 2, 2), "r102", "r101", "a102", "a101");

    assertThat(text(Rendering.HOSTFILE, plan, Examples.estate(), "hostfile").lines())
        .containsExactly("r102 slots=4", "r101 slots=4", "a102 slots=4", "a101 slots=4");
    assertThat(text(Rendering.HOSTFILE, plan, Examples.estate(), "slurm-hostfile").lines())
        .hasSize(16)
        .startsWith("r102", "r102", "r102", "r102", "r101");
  }

  @Test
  void rankOrderThatPutsDataLastHasItsFlag() {
    var plan =
        Examples.plan(new Parallelism(4, 2, 2, RankOrder.TP_PP_DP), "a101", "a102", "a201", "a202");

    assertThat(text(Rendering.MEGATRON, plan, Examples.estate(), "megatron-args.sh"))
        .contains("--use-tp-pp-dp-mapping");
  }

  @Test
  void groupsThatDifferTakeTheCommonNetworkAndSaySo() {
    var config =
        text(Rendering.MEGATRON, Examples.mixed(), Examples.estate(), "nccl-communicators.yaml");

    assertThat(Examples.mixed().mixedGroups(GroupKind.DP)).isEqualTo(4);
    assertThat(yaml(config).get(0))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .contains(entry("dp", Map.of("net_name", "socket")))
        .doesNotContainKey("tp");
    assertThat(config).contains("# Groups of dp differ (4 IB, 4 socket): all take the network");
  }

  @Test
  void jobWithinANodeNamesNoNetworks() {
    var plan = Examples.plan(Parallelism.of(4, 1, 1), "a101");

    assertThat(yaml(text(Rendering.MEGATRON, plan, Examples.estate(), "nccl-communicators.yaml")))
        .containsExactly(Map.of());
    assertThat(text(Rendering.MEGATRON, plan, Examples.estate(), "megatron-args.sh"))
        .doesNotContain("timeout");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "15 15|''",
        "16 14|--decoder-first-pipeline-num-layers 16,--decoder-last-pipeline-num-layers 14",
        "8 7 7 8|--decoder-first-pipeline-num-layers 8,--decoder-last-pipeline-num-layers 8",
        "5 5 5 8|--decoder-first-pipeline-num-layers 5,--decoder-last-pipeline-num-layers 8",
      })
  void unevenStagesAreFirstAndLast(String layers, String flags) {
    assertThat(String.join(",", new StageFlags(layers(layers)).lines())).isEqualTo(flags);
  }

  private static List<Integer> layers(String text) {
    return Arrays.stream(text.split(" ")).map(Integer::valueOf).toList();
  }

  @Test
  void stagesThatMegatronCantShareAreEvenedOutWithAComment() {
    assertThat(new StageFlags(layers("4 3 5 5 5")).lines())
        .containsExactly(
            "# Megatron shares the middle evenly: [4, 3, 5, 5, 5] became 4, 3 times 4, 6.",
            "--decoder-first-pipeline-num-layers 4",
            "--decoder-last-pipeline-num-layers 6");
  }

  @Property
  void flagsKeepTheNumberOfLayers(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 40) Integer> layers) {
    var flags =
        new StageFlags(layers)
            .lines().stream()
                .filter(line -> line.startsWith("--"))
                .map(line -> Integer.parseInt(line.split(" ")[1]))
                .toList();

    if (!flags.isEmpty()) {
      int middle = layers.stream().mapToInt(n -> n).sum() - flags.get(0) - flags.get(1);
      assertThat(flags).hasSize(2).allMatch(n -> n >= 1);
      if (layers.size() > 2) {
        assertThat(middle % (layers.size() - 2)).isZero();
        assertThat(middle).isGreaterThanOrEqualTo(layers.size() - 2);
      } else {
        assertThat(middle).isZero();
      }
    }
  }

  @Test
  void holmesTakesRunsOfStagesByFabric() {
    var file =
        Rendering.MEGATRON
            .render(
                Examples.hybrid(),
                Examples.estate(),
                RenderSettings.DEFAULT.with(RenderSettings.Trainer.HOLMES))
            .get(0);

    assertThat(file.text())
        .contains("--hetero-pipeline-stages 1 16 1 14\n")
        .doesNotContain("decoder");
  }

  @Test
  void environmentIsTheTableOfTheFactsPage() {
    var sections =
        ini(
            text(
                Rendering.ENVIRONMENT,
                Examples.hybrid(),
                Examples.estate(),
                "nccl-environment.ini"));

    assertThat(sections.get("dp 0"))
        .containsExactly(
            entry("NCCL_NET", "IB"),
            entry("NCCL_IB_DISABLE", "0"),
            entry("NCCL_NET_GDR_LEVEL", "3"),
            entry("NCCL_IB_HCA", "mlx5_0,mlx5_1"),
            entry("MILLRACE_RANKS", "0,4"));
    assertThat(sections.get("dp 4")).containsEntry("NCCL_IB_GID_INDEX", "3");
    assertThat(sections.get("pp 0"))
        .containsExactly(
            entry("NCCL_NET", "Socket"),
            entry("NCCL_IB_DISABLE", "1"),
            entry("NCCL_IBEXT_DISABLE", "1"),
            entry("NCCL_SOCKET_IFNAME", "eth0"),
            entry("MILLRACE_RANKS", "0,8"));
    assertThat(sections.get("tp 0")).containsOnlyKeys("MILLRACE_RANKS");
    assertThat(sections.get("node a101")).doesNotContainKey("NCCL_NET");
    assertThat(sections).hasSize(4 + Examples.hybrid().groups().size());
  }

  private static Map<String, Map<String, String>> ini(String text) {
    var sections = new LinkedHashMap<String, Map<String, String>>();
    Map<String, String> section = null;
    for (var line : text.lines().toList()) {
      if (line.startsWith("[")) {
        section = new LinkedHashMap<>();
        assertThat(sections.put(line.substring(1, line.length() - 1), section)).isNull();
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        var parts = line.split("=", 2);
        assertThat(section.put(parts[0], parts[1])).isNull();
      }
    }
    return sections;
  }

  @Test
  void namesThatBeginAnotherAreExact() {
    var estate =
        Estate.of(
            List.of(
                Node.of(
                        "a101",
                        4,
                        Nic.of("mlx5_1", NicKind.IB, "ib-a", 200),
                        Nic.of("mlx5_10", NicKind.ETH, "eth-a", 25))
                    .withTierPath(List.of("s"))));
    var plan = Examples.plan(Parallelism.of(4, 1, 1), "a101");
    var node = plan.nodes().get(0);
    var renamed =
        new Plan(
            plan.job(),
            plan.sizes(),
            List.of(
                new org.millrace.streaming.placement.plan.PlacedNode(
                    node.host(), node.slots(), "ib-a", List.of("mlx5_1"), node.tierPath())),
            plan.stageLayers(),
            plan.groups(),
            plan.score(),
            plan.cost(),
            plan.lowerBoundSeconds(),
            plan.exact(),
            plan.constants(),
            plan.alternatives(),
            plan.reason(),
            0);

    var sections = ini(text(Rendering.ENVIRONMENT, renamed, estate, "nccl-environment.ini"));

    assertThat(sections.get("node a101"))
        .containsEntry("NCCL_IB_HCA", "=mlx5_1")
        .containsEntry("NCCL_SOCKET_IFNAME", "mlx5_10");
  }

  /** Each switch below one other at most, each host below one, as Slurm wants it. */
  @ParameterizedTest
  @CsvSource({
    "topology_small-tree.yaml,6,3",
    "topology_medium.yaml,8,7",
    "topology_nvl72.yaml,72,7",
    "topology_large.yaml,96,19"
  })
  void treeOfASharedModelIsRead(String name, int nodes, int switches) {
    var conf = text(Rendering.SLURM, Examples.hybrid(), shared(name), "topology.conf");

    var hosts = new ArrayList<String>();
    var children = new ArrayList<String>();
    var names = new ArrayList<String>();
    for (var line : conf.lines().toList()) {
      var matcher = CONF.matcher(line);
      assertThat(matcher.matches()).as(line).isTrue();
      names.add(matcher.group(2));
      (matcher.group(3).equals("Nodes") ? hosts : children)
          .addAll(HostRanges.expand(matcher.group(4)));
    }
    assertThat(hosts).doesNotHaveDuplicates().hasSize(nodes);
    assertThat(names).doesNotHaveDuplicates().hasSize(switches).containsAll(children);
    assertThat(children).doesNotHaveDuplicates().hasSize(switches - 1);
  }

  private static Estate shared(String name) {
    return TopographModel.parse(
            name, InventoryFile.read(SharedPlacement.file(name)), HostDefaults.DEFAULT)
        .estate();
  }

  @ParameterizedTest
  @CsvSource({"topology_large.yaml,'8,16,32'", "topology_nvl72.yaml,'18,36,72'"})
  void blockSizesAreThoseOfTheModelsHeads(String name, String sizes) {
    var files = Rendering.SLURM.render(Examples.hybrid(), shared(name), RenderSettings.DEFAULT);

    assertThat(files.get(1).text())
        .endsWith("BlockSizes=" + sizes + "\n")
        .startsWith("BlockName=nvl-1-1 ");
    var document = yaml(files.get(2).text()).get(0);
    assertThat(RenderingTest.<List<Integer>>at(document, 1, "block", "block_sizes"))
        .isEqualTo(Arrays.stream(sizes.split(",")).map(Integer::valueOf).toList());
    assertThat(RenderingTest.<Boolean>at(document, 0, "cluster_default")).isTrue();
    assertThat(RenderingTest.<Map<String, Object>>at(document, 0))
        .containsKey("tree")
        .doesNotContainKey("block");
  }

  @ParameterizedTest
  @CsvSource({"'8 8 8 8','8 16 32'", "'4','4'", "'3 5','3'", "'2 4','2'", "'6 6 6','6'"})
  void blockSizesDivideTheNodes(String domains, String sizes) {
    assertThat(BlockSizes.of(layers(domains))).isEqualTo(layers(sizes));
  }

  @Test
  void hostsBesideSwitchesGetASwitchOfTheirOwn() {
    var estate =
        Estate.of(
            List.of(
                Node.of("n1", 8).withTierPath(List.of("s", "l 1")),
                Node.of("n2", 8).withTierPath(List.of("s")),
                Node.of("n3", 8),
                Node.of("n4", 8, Nic.of("mlx5_0", NicKind.IB, "ib-a", 200)),
                Node.of("n5", 8).withTierPath(List.of("t", "l 1"))));

    assertThat(text(Rendering.SLURM, Examples.hybrid(), estate, "topology.conf").lines())
        .containsExactly(
            "SwitchName=ib-a Nodes=n4",
            "SwitchName=l-1 Nodes=n1",
            "SwitchName=s-hosts Nodes=n2",
            "SwitchName=s Switches=l-1,s-hosts",
            "SwitchName=t-l-1 Nodes=n5",
            "SwitchName=t Switches=t-l-1",
            "SwitchName=unplaced Nodes=n3");
  }

  @Test
  void kueueAndKaiHaveLevelsFromTheOutermostToTheHost() {
    var kueue =
        yaml(text(Rendering.KUEUE, Examples.pure(), Examples.estate(), "kueue-topology.yaml"));
    var kai = yaml(text(Rendering.KAI, Examples.pure(), Examples.estate(), "kai-topology.yaml"));

    for (var topology : List.of(kueue.get(0), kai.get(0))) {
      assertThat(RenderingTest.<List<Map<String, String>>>at(topology, "spec", "levels"))
          .extracting(level -> level.get("nodeLabel"))
          .containsExactly(
              "fabric.topograph.run/tier-1",
              "fabric.topograph.run/tier-0",
              "kubernetes.io/hostname");
    }
    assertThat(RenderingTest.<String>at(kueue.get(1), "spec", "topologyName"))
        .isEqualTo(RenderingTest.<String>at(kueue.get(0), "metadata", "name"));
  }

  @Test
  void topologyHasEightLevelsAtMost() {
    var path = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    var estate = Estate.of(List.of(Node.of("a101", 4).withTierPath(path)));

    assertThat(new Levels(estate, RenderSettings.DEFAULT).keys())
        .hasSize(8)
        .startsWith("fabric.topograph.run/tier-6")
        .endsWith("fabric.topograph.run/tier-0", "kubernetes.io/hostname");
  }

  @ParameterizedTest
  @CsvSource({
    "a101 a102,-required-,tier-0",
    "a101 a201,-required-,tier-1",
    "a101 r101,-preferred-,tier-1"
  })
  void podsAskForTheNearestDomainThatHoldsThePlan(String hosts, String mode, String tier) {
    var plan = Examples.plan(Parallelism.of(4, 1, 2), hosts.split(" "));

    assertThat(text(Rendering.KUEUE, plan, Examples.estate(), "kueue-pod-annotations.yaml"))
        .contains("kueue.x-k8s.io/podset" + mode + "topology: fabric.topograph.run/" + tier);
    assertThat(text(Rendering.KAI, plan, Examples.estate(), "kai-pod-annotations.yaml"))
        .contains("kai.scheduler/topology" + mode + "placement: fabric.topograph.run/" + tier);
  }

  @Test
  void hyperNodesAreATreeWithLowerTiersBelow() {
    var documents =
        yaml(
            text(
                Rendering.VOLCANO,
                Examples.pure(),
                shared("topology_large.yaml"),
                "volcano-hypernodes.yaml"));
    var tiers = new TreeMap<String, Integer>();
    Set<String> hosts = new TreeSet<>();
    for (var document : documents) {
      tiers.put(at(document, "metadata", "name"), at(document, "spec", "tier"));
    }

    assertThat(tiers).hasSize(19).containsEntry("core", 3).containsEntry("leaf-1-1", 1);
    for (var document : documents) {
      for (var member : RenderingTest.<List<Object>>at(document, "spec", "members")) {
        String name = at(member, "selector", "exactMatch", "name");
        if (at(member, "type").equals("Node")) {
          assertThat(hosts.add(name)).isTrue();
        } else {
          assertThat(tiers.get(name)).isLessThan(at(document, "spec", "tier"));
        }
      }
    }
    assertThat(hosts).hasSize(96);
  }

  @ParameterizedTest
  @CsvSource({"a101 a102,1", "a101 a201,2", "a101 r101,0"})
  void jobOfVolcanoAllowsTheTierThatItNeeds(String hosts, int tier) {
    var plan = Examples.plan(Parallelism.of(4, 1, 2), hosts.split(" "));

    var topology =
        RenderingTest.<Map<String, Object>>at(
            yaml(text(Rendering.VOLCANO, plan, Examples.estate(), "volcano-job-topology.yaml"))
                .get(0),
            "spec",
            "networkTopology");

    assertThat(topology)
        .isEqualTo(
            tier == 0
                ? Map.of("mode", "soft")
                : Map.of("mode", "hard", "highestTierAllowed", tier));
  }

  @Test
  void tierOfVolcanoCanBeAText() {
    var settings = RenderSettings.DEFAULT.with(RenderSettings.VolcanoTier.TEXT);

    var file = Rendering.VOLCANO.render(Examples.pure(), Examples.estate(), settings).get(0);

    assertThat(RenderingTest.<Object>at(yaml(file.text()).get(0), "spec", "tier")).isEqualTo("1");
  }

  /** Patches applied to bare nodes, read by the reader of Kubernetes' nodes. */
  @Test
  void labelsAreReadAgainAsTheEstate() throws Exception {
    var mapper = new ObjectMapper();
    var patches =
        mapper.readTree(
            text(Rendering.LABELS, Examples.hybrid(), Examples.estate(), "node-labels.json"));
    var list = mapper.createObjectNode();
    var items = list.putArray("items");
    for (var patch : patches.properties()) {
      var item = items.addObject();
      var metadata = item.putObject("metadata").put("name", patch.getKey());
      var labels = metadata.putObject("labels");
      for (var step : patch.getValue()) {
        assertThat(step.path("op").asText()).isEqualTo("add");
        var key = step.path("path").asText().substring("/metadata/labels/".length());
        labels.set(key.replace("~1", "/").replace("~0", "~"), step.path("value"));
      }
      item.putObject("status").putObject("capacity").put("nvidia.com/gpu", "4");
    }

    var read =
        KubernetesNodes.parse("labels", list.toString(), LabelKeys.DEFAULT, HostDefaults.DEFAULT);

    assertThat(read.remarks()).isEmpty();
    for (var node : Examples.estate().nodes()) {
      var again = read.estate().node(node.name()).orElseThrow();
      assertThat(again.tierPath()).isEqualTo(node.tierPath());
      assertThat(again.nics()).isEqualTo(node.nics().subList(0, 2));
    }
  }

  @Test
  void labelsHoldWhatKubernetesAllows() {
    assertThat(Names.label("A09/U1 leaf_")).isEqualTo("A09-U1-leaf");
    assertThat(Names.label("x".repeat(63))).hasSize(63);
    assertThat(Names.label("x".repeat(64))).matches("x[0-9a-f]{16}");

    assertThat(Names.object("_A09.Leaf_")).isEqualTo("a09.leaf");
  }

  @Test
  void renderingsHaveNames() {
    assertThat(
            Stream.of(
                    "hostfile",
                    "Megatron",
                    "slurm",
                    "kueue",
                    "kai",
                    "volcano",
                    " labels",
                    "environment")
                .map(Rendering::parse)
                .collect(Collectors.toSet()))
        .isEqualTo(new HashSet<>(List.of(Rendering.values())));
    assertThatThrownBy(() -> Rendering.parse("pdf"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "--render 'pdf': give some of hostfile, megatron, environment, slurm, kueue, kai,"
                + " volcano, labels");
  }
}
