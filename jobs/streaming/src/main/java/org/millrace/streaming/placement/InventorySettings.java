package org.millrace.streaming.placement;

import java.io.Serializable;
import org.millrace.streaming.placement.inventory.HostDefaults;
import org.millrace.streaming.placement.inventory.InventoryFormat;

/**
 * What the options say of inventories, on the way to tasks.
 *
 * @param gpus of hosts of which the inventory tells only name and place
 * @param gpuModel of them; may be empty
 * @param gbps of their Ethernet, Gb/s
 */
record InventorySettings(int gpus, String gpuModel, double gbps) implements Serializable {

  InventoryFormat.Settings settings() {
    var others = InventoryFormat.Settings.DEFAULT;
    return new InventoryFormat.Settings(
        new HostDefaults(gpus, gpuModel, gbps), others.keys(), others.names(), others.ibFabric());
  }
}
