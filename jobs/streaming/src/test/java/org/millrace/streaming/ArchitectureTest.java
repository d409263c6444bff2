package org.millrace.streaming;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows that modules can't hold: who may know an engine, and who may know whom. */
@AnalyzeClasses(
    packages = "org.millrace.streaming",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] ENGINES = {
    "org.apache.flink..", "org.apache.kafka..", "org.apache.hadoop..", "org.apache.spark.."
  };

  @ArchTest
  static final ArchRule detectorsKnowNoEngine =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.millrace.streaming.anomaly.detect..",
              "org.millrace.streaming.anomaly.rola..",
              "org.millrace.streaming.anomaly.evaluate..",
              "org.millrace.streaming.straggler.diagnose..",
              "org.millrace.streaming.straggler.simulate..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINES)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule placementKnowsNoEngineButInItsJob =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.millrace.streaming.placement.estate..",
              "org.millrace.streaming.placement.infiniband..",
              "org.millrace.streaming.placement.inventory..",
              "org.millrace.streaming.placement.health..",
              "org.millrace.streaming.placement.warning..",
              "org.millrace.streaming.placement.render..",
              "org.millrace.streaming.placement.page..",
              "org.millrace.streaming.placement.plan..",
              "org.millrace.streaming.placement.contend..",
              "org.millrace.streaming.placement.board..",
              "org.millrace.streaming.placement.request..",
              "org.millrace.streaming.placement.simulate..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINES);

  @ArchTest
  static final ArchRule decodersKnowNoEngine =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.millrace.streaming.input..",
              "org.millrace.streaming.inspector..",
              "org.millrace.streaming.straggler.input..",
              "org.millrace.streaming.anomaly.input..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINES);

  @ArchTest
  static final ArchRule roomsThatJobsShareKnowNoJob =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.millrace.streaming.input..", "org.millrace.streaming.inspector..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.millrace.streaming.anomaly..", "org.millrace.streaming.straggler..");

  @ArchTest
  static final ArchRule theSimulationKnowsNothingOfTheDiagnosis =
      noClasses()
          .that()
          .resideInAPackage("org.millrace.streaming.straggler.simulate..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.millrace.streaming.straggler.diagnose..",
              "org.millrace.streaming.straggler.input..",
              "org.millrace.streaming.inspector..");

  @ArchTest
  static final ArchRule jobsKnowNothingOfEachOther =
      noClasses()
          .that()
          .resideInAPackage("org.millrace.streaming.straggler..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.millrace.streaming.anomaly..", "org.millrace.streaming.placement..");

  @ArchTest
  static final ArchRule placementKnowsOfOtherJobsTheDetectorsAlone =
      noClasses()
          .that()
          .resideInAPackage("org.millrace.streaming.placement..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.millrace.streaming.anomaly",
              "org.millrace.streaming.anomaly.rola..",
              "org.millrace.streaming.anomaly.input..",
              "org.millrace.streaming.anomaly.evaluate..",
              "org.millrace.streaming.straggler..");

  @ArchTest
  static final ArchRule theFrameKnowsNoJob =
      noClasses()
          .that()
          .resideInAPackage("org.millrace.streaming.job..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.millrace.streaming.anomaly..",
              "org.millrace.streaming.placement..",
              "org.millrace.streaming.straggler..");
}
