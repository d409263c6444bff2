package org.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.command.Commands;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine.Command;

/** The Kubernetes manifests say what the jobs understand. */
class ManifestsTest {

  private static final Path FOLDER = Path.of("kubernetes");
  private static final String RBAC = "rbac.yaml";

  /** How a manifest starts a job. */
  private record Start(
      String file, String account, String mainClass, String jar, List<String> arguments) {

    @Override
    public String toString() {
      return file;
    }
  }

  @Test
  void everyManifestStartsAJob() {
    assertThat(starts())
        .extracting(Start::file)
        .containsExactly(
            "anomalies.yaml",
            "corpus.yaml",
            "placement.yaml",
            "sample.yaml",
            "select.yaml",
            "stragglers.yaml",
            "strategies.yaml",
            "verify.yaml");
  }

  @ParameterizedTest
  @MethodSource("starts")
  void theJobTakesItsArguments(Start start) throws ReflectiveOperationException {
    var job = Class.forName(start.mainClass()).getDeclaredConstructor().newInstance();

    assertThatCode(
            () -> Commands.commandLine(job).parseArgs(start.arguments().toArray(String[]::new)))
        .doesNotThrowAnyException();
    assertThat(start.file())
        .isEqualTo(job.getClass().getAnnotation(Command.class).name() + ".yaml");
  }

  @ParameterizedTest
  @MethodSource("starts")
  void theJarIsTheOneThatTheJobsModuleMakes(Start start) throws IOException {
    var module = start.mainClass().startsWith("org.millrace.batch.") ? "batch" : "streaming";

    assertThat(start.jar()).startsWith("local:///").endsWith("/millrace-" + module + ".jar");
    assertThat(Path.of("../jobs", module, "pom.xml"))
        .content()
        .contains("<outputFile>${project.build.directory}/millrace-" + module + ".jar<");
  }

  @ParameterizedTest
  @MethodSource("starts")
  void itsAccountIsTheOneThatRbacMakes(Start start) {
    assertThat(documents(FOLDER.resolve(RBAC)))
        .filteredOn(document -> document.get("kind").equals("ServiceAccount"))
        .extracting(document -> at(document, "metadata", "name"))
        .containsExactly(start.account());
  }

  static List<Start> starts() {
    try (var files = Files.list(FOLDER)) {
      return files
          .filter(file -> !file.endsWith(RBAC))
          .sorted()
          .map(file -> start(file, documents(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Start start(Path file, List<Map<String, Object>> documents) {
    assertThat(documents).as(file.toString()).hasSize(1);
    var document = documents.get(0);
    var name = file.getFileName().toString();
    return switch (document.get("kind").toString()) {
      case "Job" -> sparkSubmit(name, document);
      case "FlinkDeployment" -> flink(name, document);
      default -> throw new AssertionError(file + ": nobody here knows " + document.get("kind"));
    };
  }

  private static Start sparkSubmit(String file, Map<String, Object> document) {
    var pod = at(document, "spec", "template", "spec");
    var containers = (List<?>) at(pod, "containers");
    var words = strings(at(containers.get(0), "args"));
    var options = words.stream().takeWhile(word -> word.startsWith("--")).toList();
    var mainClass =
        options.stream()
            .filter(option -> option.startsWith("--class="))
            .map(option -> option.substring("--class=".length()))
            .findFirst()
            .orElseThrow();
    var driver = "--conf=spark.kubernetes.authenticate.driver.serviceAccountName=";
    var account = at(pod, "serviceAccountName").toString();
    assertThat(options).as(file).contains(driver + account);
    return new Start(
        file,
        account,
        mainClass,
        words.get(options.size()),
        words.subList(options.size() + 1, words.size()));
  }

  private static Start flink(String file, Map<String, Object> document) {
    var job = at(document, "spec", "job");
    return new Start(
        file,
        at(document, "spec", "serviceAccount").toString(),
        at(job, "entryClass").toString(),
        at(job, "jarURI").toString(),
        strings(at(job, "args")));
  }

  private static List<Map<String, Object>> documents(Path file) {
    try (var reader = Files.newBufferedReader(file)) {
      var documents = new ArrayList<Map<String, Object>>();
      for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(reader)) {
        documents.add(map(document));
      }
      return documents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object at(Object node, String... path) {
    for (var name : path) {
      assertThat(map(node)).containsKey(name);
      node = map(node).get(name);
    }
    return node;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(Object::toString).toList();
  }
}
