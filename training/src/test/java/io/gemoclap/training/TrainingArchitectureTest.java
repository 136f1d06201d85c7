package io.gemoclap.training;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.beam.sdk.transforms.DoFn;

/** What may know what in the training pipeline, as the packages' own descriptions say. */
@AnalyzeClasses(
    packages = {"io.gemoclap.training", "io.gemoclap.cli"},
    importOptions = DoNotIncludeTests.class)
final class TrainingArchitectureTest {

  private static ArchRule knowsOf(String stage, String... others) {
    return noClasses()
        .that()
        .resideInAPackage("io.gemoclap.training." + stage)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .as(stage + " knows none of " + String.join(", ", others));
  }

  private static String[] training(String... stages) {
    return java.util.Arrays.stream(stages)
        .map(stage -> "io.gemoclap.training." + stage + "..")
        .toArray(String[]::new);
  }

  @ArchTest
  static final ArchRule CORPUS_STANDS_ALONE =
      knowsOf(
          "corpus", training("folds", "augment", "prompts", "objective", "fit", "evaluate", "run"));

  @ArchTest
  static final ArchRule FOLDS_KNOW_ONLY_THE_CORPUS =
      knowsOf("folds", training("augment", "prompts", "objective", "fit", "evaluate", "run"));

  @ArchTest
  static final ArchRule AUGMENT_KNOWS_ONLY_THE_CORPUS =
      knowsOf("augment", training("folds", "prompts", "objective", "fit", "evaluate", "run"));

  @ArchTest
  static final ArchRule PREPARING_KNOWS_NO_FOLD_AND_NO_SCORE =
      knowsOf("prepare", training("folds", "prompts", "objective", "evaluate", "report", "run"));

  @ArchTest
  static final ArchRule PROMPTS_KNOW_ONLY_THE_CORPUS =
      knowsOf("prompts", training("folds", "augment", "objective", "fit", "evaluate", "run"));

  @ArchTest
  static final ArchRule THE_OBJECTIVE_KNOWS_NO_STAGE =
      knowsOf(
          "objective", training("corpus", "folds", "augment", "prompts", "fit", "evaluate", "run"));

  @ArchTest
  static final ArchRule FITTING_NEVER_SEES_FOLDS_OR_SCORES =
      knowsOf("fit", training("folds", "prepare", "evaluate", "report", "run"));

  @ArchTest
  static final ArchRule EVALUATION_SEES_NUMBERS_ALONE =
      knowsOf(
          "evaluate", training("corpus", "folds", "augment", "prompts", "objective", "fit", "run"));

  @ArchTest
  static final ArchRule IMPORTS_KNOW_NO_TRAINING =
      knowsOf(
          "pretrained",
          training(
              "corpus", "folds", "augment", "prepare", "objective", "fit", "evaluate", "report"));

  @ArchTest
  static final ArchRule REPORTS_KNOW_ONLY_EVALUATION =
      knowsOf(
          "report", training("corpus", "folds", "augment", "prompts", "objective", "fit", "run"));

  @ArchTest
  static final ArchRule NO_STAGE_BEFORE_A_RUN_KNOWS_OF_REPORTS =
      noClasses()
          .that()
          .resideInAnyPackage(
              training("corpus", "folds", "augment", "prompts", "objective", "fit", "evaluate"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(training("report"));

  @ArchTest
  static final ArchRule REPORTS_KNOW_NO_BEAM_AND_NO_ENGINE =
      knowsOf("report", "org.apache.beam..", "ai.djl..");

  @ArchTest
  static final ArchRule NOBODY_KNOWS_THE_COMMAND_LINE =
      noClasses()
          .that()
          .resideInAPackage("io.gemoclap.training..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.gemoclap.cli..", "picocli..");

  @ArchTest static final ArchRule THE_FOLD_LOOP_KNOWS_NO_BEAM = knowsOf("fit", "org.apache.beam..");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("io.gemoclap.training.(*)..").should().beFreeOfCycles();

  /** DJL's hidden aliasing makes silently wrong gradients; see {@code Tensors}. */
  @ArchTest
  static final ArchRule ENGINE_LEVEL_OPERATIONS_ARE_LEFT_TO_TENSORS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl.pytorch..", "ai.djl.ndarray.internal..");

  @ArchTest
  static final ArchRule DO_FNS_ARE_NOT_PUBLIC =
      classes().that().areAssignableTo(DoFn.class).should().notBePublic().allowEmptyShould(true);

  @ArchTest
  static final ArchRule NO_CLASS_IS_A_DRAWER_FOR_EVERYTHING =
      noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Manager)(\\$.*)?");
}
