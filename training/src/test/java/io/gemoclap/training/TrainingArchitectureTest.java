package io.gemoclap.training;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.transforms.DoFn;

/**
 * Which packages of this module may use Beam, DJL and picocli. What they use of each other is in
 * {@code docs/architecture.md}.
 */
@AnalyzeClasses(
    packages = {"io.gemoclap.training", "io.gemoclap.cli"},
    importOptions = DoNotIncludeTests.class)
final class TrainingArchitectureTest {

  @ArchTest
  static final ArchRule REPORTS_USE_NO_BEAM_AND_NO_ENGINE =
      noClasses()
          .that()
          .resideInAPackage("io.gemoclap.training.report")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.beam..", "ai.djl..");

  @ArchTest
  static final ArchRule THE_TRAINING_LOOP_USES_NO_BEAM =
      noClasses()
          .that()
          .resideInAPackage("io.gemoclap.training.fit")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.beam..");

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_USES_PICOCLI =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.gemoclap.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  /** A path that exists is literal, but for Beam every path is a pattern. */
  @ArchTest
  static final ArchRule ONLY_CENSUS_MATCHES_PATHS =
      noClasses()
          .should()
          .callMethodWhere(
              target(nameMatching("match(All|Resources|SingleFileSpec)?|read(All|Files)?"))
                  .and(targetOwner(belongToAnyOf(FileSystems.class, FileIO.class, TextIO.class))));

  /** DJL's own factories can give silently wrong gradients; see {@code Tensors}. */
  @ArchTest
  static final ArchRule ONLY_TENSORS_USES_CLASSES_OF_THE_ENGINE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl.pytorch..", "ai.djl.ndarray.internal..");

  @ArchTest
  static final ArchRule DO_FNS_ARE_NOT_PUBLIC =
      classes().that().areAssignableTo(DoFn.class).should().notBePublic().allowEmptyShould(true);

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS_FOR =
      noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Manager)(\\$.*)?");
}
