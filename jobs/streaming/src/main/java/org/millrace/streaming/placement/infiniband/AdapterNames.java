package org.millrace.streaming.placement.infiniband;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How descriptions of adapters are understood: {@code host device}, such as {@code dgx-01 mlx5_0}
 * or {@code dgx-01 HCA-1}.
 *
 * @param management hosts with this in their name manage the fabric
 * @param systemNames host names that many machines bear, in lower case
 */
public record AdapterNames(Pattern management, Set<String> systemNames) {

  /** UFM's hosts; the names that common systems give a machine that has none. */
  public static final AdapterNames DEFAULT =
      new AdapterNames(
          Pattern.compile("ufm", Pattern.CASE_INSENSITIVE),
          Set.of(
              "localhost",
              "localhost.localdomain",
              "ubuntu",
              "debian",
              "centos",
              "rocky",
              "fedora",
              "linux",
              "(none)"));

  private static final Pattern NAMED =
      Pattern.compile("(\\S+)\\s+(HCA-\\d{1,3}|(?:mlx[45]|hfi1|qib|ib|mthca)_?\\d\\S*)(?:\\s.*)?");
  private static final Pattern PAIR = Pattern.compile("(\\S+)\\s+(\\S+)");
  private static final Pattern NUMBERED = Pattern.compile("HCA-([1-9]\\d{0,2})");
  private static final String AGGREGATION = "aggregation node";

  public AdapterNames {
    requireNonNull(management, "management is null");
    systemNames = Set.copyOf(systemNames);
  }

  /**
   * An adapter, understood.
   *
   * @param host empty where none is named
   * @param device as the operating system has it, {@code mlx5_0} for {@code HCA-1} too; empty where
   *     none is named
   */
  record Adapter(AdapterRole role, String host, String device) {}

  Adapter understand(String description) {
    if (description.toLowerCase(Locale.ROOT).contains(AGGREGATION)) {
      return new Adapter(AdapterRole.AGGREGATION, "", "");
    }
    var named = NAMED.matcher(description);
    var name = named.matches() ? named : PAIR.matcher(description);
    if (!name.matches()) {
      return new Adapter(AdapterRole.ANONYMOUS, "", "");
    }
    var host = name.group(1);
    return new Adapter(role(host), host, device(name.group(2)));
  }

  private AdapterRole role(String host) {
    if (management.matcher(host).find()) {
      return AdapterRole.MANAGEMENT;
    }
    return systemNames.contains(host.toLowerCase(Locale.ROOT))
        ? AdapterRole.UNNAMED_HOST
        : AdapterRole.HOST;
  }

  /** NVIDIA's drivers count HCAs from 1, the operating system from 0. */
  private static String device(String text) {
    var numbered = NUMBERED.matcher(text);
    return numbered.matches() ? "mlx5_" + (Integer.parseInt(numbered.group(1)) - 1) : text;
  }
}
