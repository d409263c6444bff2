package org.millrace.streaming.placement.inventory;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.EstateYaml;
import org.millrace.streaming.placement.estate.Inventory;
import org.millrace.streaming.placement.infiniband.AdapterNames;
import org.millrace.streaming.placement.infiniband.InfiniBandEstate;

/** The forms that an inventory may have. */
public enum InventoryFormat {
  /** Our own, YAML or JSON. */
  ESTATE,
  /** A YAML model of Topograph. */
  TOPOGRAPH_MODEL,
  /** JSON of Topograph's graph engine. */
  TOPOGRAPH_GRAPH,
  /** Output of {@code ibnetdiscover}. */
  IBNETDISCOVER,
  /** JSON of {@code kubectl get nodes -o json}. */
  KUBERNETES;

  private static final Pattern GRAPH = Pattern.compile("\"instances\"\\s*:");
  private static final Pattern LIST = Pattern.compile("\"items\"\\s*:");
  private static final Pattern MODEL =
      Pattern.compile("^(switches|blocks|capacity_blocks)\\s*:", Pattern.MULTILINE);
  private static final Pattern FABRIC =
      Pattern.compile(
          "^(# Topology file|vendid=|Switch\\s+\\d|Switch\\s+:|Ca\\s+\\d)", Pattern.MULTILINE);
  private static final Pattern OWN =
      Pattern.compile("^\\s*[{\"]?\\s*\"?(tiers|fabrics|nodes)\"?\\s*:", Pattern.MULTILINE);

  /**
   * What forms that tell little need to know.
   *
   * @param defaults for hosts of which only name and place are told
   * @param keys of Kubernetes labels
   * @param names of InfiniBand adapters
   * @param ibFabric id of the fabric that a dump of {@code ibnetdiscover} is of
   */
  public record Settings(
      HostDefaults defaults, LabelKeys keys, AdapterNames names, String ibFabric) {

    /** Defaults of all, the fabric {@code ib}. */
    public static final Settings DEFAULT =
        new Settings(HostDefaults.DEFAULT, LabelKeys.DEFAULT, AdapterNames.DEFAULT, "ib");

    public Settings {
      requireNonNull(defaults, "defaults is null");
      requireNonNull(keys, "keys is null");
      requireNonNull(names, "names is null");
      requireNonNull(ibFabric, "ibFabric is null");
    }
  }

  /**
   * The form of a text, by what it begins with or names.
   *
   * @param source name of the input, for diagnoses
   * @throws UserError if it is none of them
   */
  public static InventoryFormat of(String source, String text) {
    if (FABRIC.matcher(text).find()) {
      return IBNETDISCOVER;
    }
    if (text.stripLeading().startsWith("{")) {
      if (GRAPH.matcher(text).find()) {
        return TOPOGRAPH_GRAPH;
      }
      if (LIST.matcher(text).find()) {
        return KUBERNETES;
      }
    }
    if (MODEL.matcher(text).find()) {
      return TOPOGRAPH_MODEL;
    }
    if (OWN.matcher(text).find()) {
      return ESTATE;
    }
    throw new UserError(
        "%s: no inventory that is known; give %s",
        source,
        String.join(
            ", ",
            List.of(values()).stream()
                .map(form -> form.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .toList()));
  }

  /**
   * Reads an inventory of this form.
   *
   * @param source name of the input, for diagnoses
   * @throws UserError naming place and remedy, if it is not of this form or contradicts itself
   */
  public Inventory parse(String source, String text, Settings settings) {
    var defaults = settings.defaults();
    return switch (this) {
      case ESTATE -> own(EstateYaml.parse(source, text));
      case TOPOGRAPH_MODEL -> TopographModel.parse(source, text, defaults);
      case TOPOGRAPH_GRAPH -> TopographGraph.parse(source, text, defaults);
      case IBNETDISCOVER ->
          new InfiniBandEstate(
                  settings.ibFabric(), defaults.gpus(), defaults.gpuModel(), settings.names())
              .read(source, text);
      case KUBERNETES -> KubernetesNodes.parse(source, text, settings.keys(), defaults);
    };
  }

  private static Inventory own(Estate estate) {
    return new Inventory(estate, List.of());
  }
}
