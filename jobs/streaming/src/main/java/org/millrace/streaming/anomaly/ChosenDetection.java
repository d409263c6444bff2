package org.millrace.streaming.anomaly;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.millrace.command.UserError;
import org.millrace.streaming.anomaly.AnomalyOptions.Profile;
import org.millrace.streaming.anomaly.detect.LstmInput;
import org.millrace.streaming.anomaly.detect.RePad2Config;
import org.millrace.streaming.anomaly.rola.DetectorFactory;
import org.millrace.streaming.anomaly.rola.Direction;
import org.millrace.streaming.anomaly.rola.Filter;
import org.millrace.streaming.anomaly.rola.MonitorConfig;

/**
 * What the options say of detectors and of how they are brought together.
 *
 * @param input of RePAD2's network; null: the default
 * @param seed null: the default
 * @param noPartner null: the profile's
 * @param episodeGap rows; null: the detector's
 * @param ignore a rule a variable
 */
record ChosenDetection(
    DetectorKind detector,
    Profile profile,
    LstmInput input,
    Long seed,
    MonitorConfig.NoPartner noPartner,
    Integer episodeGap,
    Map<String, String> ignore)
    implements Detection {

  /** A detector as it comes, guarded. */
  static ChosenDetection byDefault(DetectorKind detector) {
    return new ChosenDetection(detector, Profile.GUARDED, null, null, null, null, Map.of());
  }

  @Override
  public MonitorConfig config() {
    var config = profile == Profile.PAPER ? MonitorConfig.paper() : MonitorConfig.guarded();
    config = config.withEpisodeGap(episodeGap == null ? detector.episodeGap : episodeGap);
    if (noPartner != null) {
      config = config.withNoPartner(noPartner);
    }
    var filters = new LinkedHashMap<String, Filter>();
    ignore.forEach((variable, rule) -> filters.put(variable, filter(variable, rule)));
    var all = filters.remove("*");
    return config.withFilters(all == null ? Filter.NONE : all, filters);
  }

  private static Filter filter(String variable, String rule) {
    var direction = Direction.BOTH;
    double absolute = 0;
    double relative = 0;
    for (var part : rule.toLowerCase(Locale.ROOT).split("[+;]")) {
      try {
        switch (part.strip()) {
          case "up" -> direction = Direction.DOWN;
          case "down" -> direction = Direction.UP;
          default -> {
            if (part.endsWith("%")) {
              relative = Double.parseDouble(part.substring(0, part.length() - 1)) / 100;
            } else {
              absolute = Double.parseDouble(part);
            }
          }
        }
      } catch (NumberFormatException e) {
        throw UserError.usage(
            "--ignore %s=%s: up, down, a number, or a share such as 5%%", variable, rule);
      }
    }
    if (!(absolute >= 0) || !(relative >= 0)) {
      throw UserError.usage("--ignore %s=%s: negative", variable, rule);
    }
    return new Filter(direction, absolute, relative);
  }

  @Override
  public DetectorFactory detectors() {
    long seed = this.seed == null ? RePad2Config.SEED : this.seed;
    return switch (detector) {
      case ROLA -> DetectorFactory.rePad2(rePad2().withSeed(seed));
      case ENSEMBLE -> DetectorFactory.ensemble(seed);
      case SEASONAL -> DetectorFactory.seasonal();
      case TAIL -> DetectorFactory.tail();
      case FOREST -> DetectorFactory.forest(seed);
    };
  }

  private RePad2Config rePad2() {
    var config = profile == Profile.PAPER ? RePad2Config.paper() : RePad2Config.guarded();
    return input == null ? config : config.withInput(input);
  }
}
