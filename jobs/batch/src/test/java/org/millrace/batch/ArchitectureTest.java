package org.millrace.batch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows that modules can't hold: who may know an engine, and who may know whom. */
@AnalyzeClasses(packages = "org.millrace", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] ENGINES = {
    "org.apache.spark..", "org.apache.hadoop..", "org.apache.flink..", "scala.."
  };

  @ArchTest
  static final ArchRule kernelsKnowNoEngine =
      noClasses()
          .that()
          .resideInAPackage("org.millrace.kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINES);

  @ArchTest
  static final ArchRule samplingEnginesKnowNoSpark =
      noClasses()
          .that()
          .resideInAPackage("org.millrace.batch.sample.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINES);

  @ArchTest
  static final ArchRule reportPagesKnowNoSpark =
      noClasses()
          .that()
          .resideInAPackage("org.millrace.batch.bestofn.report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINES);

  @ArchTest
  static final ArchRule madeUpPagesKnowNoSpark =
      noClasses()
          .that()
          .resideInAPackage("org.millrace.batch.corpus.demo..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINES);

  @ArchTest
  static final ArchRule trialsOfStrategiesKnowNoSpark =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.millrace.batch.strategies.trial..", "org.millrace.batch.strategies.page..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINES);

  @ArchTest
  static final ArchRule modelsKnowNoSpark =
      noClasses()
          .that()
          .resideInAPackage("org.millrace.batch.inference.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINES);

  @ArchTest
  static final ArchRule learnedStrategiesKnowNoSpark =
      noClasses()
          .that()
          .resideInAPackage("org.millrace.batch.strategies.learn..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINES);

  @ArchTest
  static final ArchRule inferenceKnowsNoJob =
      noClasses()
          .that()
          .resideInAPackage("org.millrace.batch.inference..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.millrace.batch.bestofn..",
              "org.millrace.batch.corpus..",
              "org.millrace.batch.job..",
              "org.millrace.batch.sample..",
              "org.millrace.batch.strategies..");

  @ArchTest
  static final ArchRule theFrameKnowsNoJob =
      noClasses()
          .that()
          .resideInAPackage("org.millrace.batch.job..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.millrace.batch.bestofn..",
              "org.millrace.batch.corpus..",
              "org.millrace.batch.sample..",
              "org.millrace.batch.strategies..");

  @ArchTest
  static final ArchRule jobsKnowNoRapids =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.nvidia..", "ai.rapids..", "org.millrace.gpu..");
}
