package org.millrace.streaming.anomaly;

import java.io.Serializable;
import org.millrace.streaming.anomaly.rola.DetectorFactory;
import org.millrace.streaming.anomaly.rola.MonitorConfig;

/** How devices are watched; what an operator is shipped with. */
interface Detection extends Serializable {

  /** How a device's variables are brought together. */
  MonitorConfig config();

  /** What makes the detectors of the variables; a new one each time, for one thread. */
  DetectorFactory detectors();
}
