package org.millrace.streaming.placement;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.millrace.command.UserError;
import org.millrace.streaming.job.DurationConverter;
import org.millrace.streaming.job.StreamingOptions;
import org.millrace.streaming.placement.health.Advisor;
import org.millrace.streaming.placement.inventory.InventoryFile;
import org.millrace.streaming.placement.plan.CostConstants;
import org.millrace.streaming.placement.render.Rendering;
import org.millrace.streaming.placement.warning.LinkDetector;
import picocli.CommandLine.Option;

/** The options of {@code placement} that other jobs don't have. */
final class PlacementOptions {

  /** How far out of order topics may be. */
  static final Duration TOPIC_DISORDER = Duration.ofSeconds(5);

  @Option(
      names = "--estate",
      paramLabel = "FILE",
      description =
          "The estate: estate.yaml, a YAML model or JSON graph of Topograph, output of"
              + " ibnetdiscover, or of kubectl get nodes -o json (each also .gz).")
  String estate;

  @Option(
      names = "--requests",
      paramLabel = "FILE",
      description =
          "Jobs that want a place: a JSON array, a JSON object a line, or an Avro file of our"
              + " PlacementRequest.")
  String requests;

  @Option(
      names = "--telemetry",
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Samples of NICs, .jsonl (also .gz): of Prometheus' Kafka adapter, or records of NCCL"
              + " Inspector. Default: none, all NICs are as the estate says.")
  List<String> telemetry = new ArrayList<>();

  @Option(
      names = "--estate-topic",
      paramLabel = "TOPIC",
      description = "Topic of estates, a whole inventory a message; the last one counts.")
  String estateTopic;

  @Option(
      names = "--requests-topic",
      paramLabel = "TOPIC",
      description = "Topic of requests, a JSON object or a PlacementRequest a message.")
  String requestsTopic;

  /** What the messages of a topic of requests are. */
  enum RequestsFormat {
    JSON,
    AVRO
  }

  @Option(
      names = "--requests-format",
      defaultValue = "json",
      paramLabel = "FORMAT",
      description =
          "Messages of --requests-topic: json, or avro (our PlacementRequest, binary, with or"
              + " without a registry's five bytes before it). Default: ${DEFAULT-VALUE}.")
  RequestsFormat requestsFormat;

  @Option(
      names = "--telemetry-topic",
      split = ",",
      paramLabel = "TOPIC",
      description = "Topics of samples, as --telemetry has them.")
  List<String> telemetryTopics = new ArrayList<>();

  @Option(
      names = "--render",
      split = ",",
      paramLabel = "NAME",
      description =
          "Files to make of each plan, in OUTPUT/JOB/NAME/: hostfile, megatron, environment, slurm,"
              + " kueue, kai, volcano, labels.")
  List<String> render = new ArrayList<>();

  @Option(
      names = "--constants",
      paramLabel = "FILE",
      description =
          "Constants of the cost model other than the calibrated ones: a JSON object, such as"
              + " {\"gpuTflops\": 300}.")
  String constants;

  @Option(
      names = "--least-gain",
      defaultValue = "" + Advisor.LEAST_GAIN,
      paramLabel = "SHARE",
      description =
          "Advise a move only if it saves this share of an iteration. Default: ${DEFAULT-VALUE}.")
  double leastGain;

  @Option(
      names = "--link-detector",
      defaultValue = "neighbours",
      paramLabel = "NAME",
      description =
          "Detector that warns of unusual traffic of NICs: ${COMPLETION-CANDIDATES}. Neighbours"
              + " keep up to 66 kB for each of its four series, the ensemble twice that. Default:"
              + " ${DEFAULT-VALUE}.")
  LinkDetector linkDetector;

  @Option(
      names = "--out-of-orderness",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "How far out of order samples may come; later ones go to the quarantine. Default: 5s"
              + " from topics; files are read twice, the first time to find out.")
  Duration outOfOrderness;

  @Option(
      names = "--gpus-per-node",
      defaultValue = "8",
      paramLabel = "N",
      description =
          "GPUs of hosts of which the inventory tells only name and place. Default:"
              + " ${DEFAULT-VALUE}.")
  int gpusPerNode;

  @Option(
      names = "--gpu-model",
      defaultValue = "",
      paramLabel = "NAME",
      description = "Their model. Default: unknown.")
  String gpuModel;

  @Option(
      names = "--ethernet-gbps",
      defaultValue = "25",
      paramLabel = "GBPS",
      description = "Rate of their Ethernet, Gb/s. Default: ${DEFAULT-VALUE}.")
  double ethernetGbps;

  InventorySettings inventory() {
    return new InventorySettings(gpusPerNode, gpuModel, ethernetGbps);
  }

  List<Rendering> renderings() {
    return render.stream().map(Rendering::parse).distinct().toList();
  }

  CostConstants costConstants() {
    return constants == null
        ? CostConstants.CALIBRATED
        : ConstantsJson.parse("--constants " + constants, InventoryFile.read(Path.of(constants)));
  }

  List<String> topics() {
    var topics = new ArrayList<String>();
    Stream.of(estateTopic, requestsTopic).filter(topic -> topic != null).forEach(topics::add);
    topics.addAll(telemetryTopics);
    return topics;
  }

  /** Files that are read before the stream begins. */
  List<String> files() {
    return Stream.of(estate, requests, constants).filter(file -> file != null).toList();
  }

  void check(StreamingOptions common) {
    if (estate == null && estateTopic == null) {
      throw UserError.usage("name the estate: --estate FILE or --estate-topic TOPIC");
    }
    if (requests == null && requestsTopic == null) {
      throw UserError.usage("name the jobs that want a place: --requests FILE or --requests-topic");
    }
    if (estate != null && estateTopic != null || requests != null && requestsTopic != null) {
      throw UserError.usage("the estate, and the requests, from a file or a topic, not both");
    }
    var topics = topics();
    if (topics.stream().distinct().count() < topics.size()) {
      throw UserError.usage("a topic is named twice: %s; each has its own", topics);
    }
    if (!render.isEmpty() && (!common.writesFiles() || estate == null)) {
      throw UserError.usage("--render needs --estate FILE and --output FOLDER");
    }
    if (!(leastGain >= 0) || leastGain >= 1) {
      throw UserError.usage("--least-gain %s: at least 0, below 1", leastGain);
    }
    if (gpusPerNode < 1 || !(ethernetGbps > 0)) {
      throw UserError.usage("--gpus-per-node and --ethernet-gbps: above 0");
    }
    renderings();
  }
}
