package org.millrace.streaming.placement.infiniband;

import java.util.Map;
import java.util.regex.Pattern;

/** Rates of links as {@code ibnetdiscover} writes them: {@code 4xNDR} is 400 Gb/s. */
final class LinkRate {

  /** Nominal Gb/s of a lane (InfiniBand architecture; FDR10 and later with their own coding). */
  private static final Map<String, Double> LANE =
      Map.of(
          "SDR", 2.5, "DDR", 5.0, "QDR", 10.0, "FDR10", 10.0, "FDR", 14.0, "EDR", 25.0, "HDR", 50.0,
          "NDR", 100.0, "XDR", 200.0);

  private static final Pattern RATE = Pattern.compile("\\b(1|2|4|8|12)x([A-Z]{3}(?:10)?)\\b");

  private LinkRate() {}

  /** Gb/s of the first rate in a text; 0 if there is none, or one that is not known. */
  static double gbps(String text) {
    var rate = RATE.matcher(text);
    return rate.find()
        ? Integer.parseInt(rate.group(1)) * LANE.getOrDefault(rate.group(2), 0.0)
        : 0;
  }
}
