package org.millrace.streaming.placement.render;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;

/** YAML documents with keys in the order given. */
final class Yaml {

  private Yaml() {}

  /** Documents, with a line of hyphens between them. */
  static String text(List<?> documents) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(1 << 20);
    var yaml = new org.yaml.snakeyaml.Yaml(options);
    return documents.stream().map(yaml::dump).collect(Collectors.joining("---\n"));
  }

  /** A mapping of keys and values that alternate. */
  static Map<String, Object> map(Object... entries) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    return map;
  }
}
