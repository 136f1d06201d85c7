package io.gemoclap;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.gemoclap.model.ModelBundle;
import java.nio.file.Path;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.NullMarked;

/**
 * Which packages may use Beam, DJL, FFmpeg and Kafka, and what all packages have in common. What
 * they use of each other is in {@code docs/architecture.md}.
 */
@AnalyzeClasses(packages = "io.gemoclap", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule MODEL_AND_THE_WORKERS_OF_AUDIO_USE_NO_BEAM =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.gemoclap.model..",
              "io.gemoclap.audio.pcm",
              "io.gemoclap.audio.signal",
              "io.gemoclap.audio.container",
              "io.gemoclap.audio.ffmpeg",
              "io.gemoclap.audio.decode",
              "io.gemoclap.audio.segment")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.apache.beam..").and(not(equivalentTo(Internal.class))));

  @ArchTest
  static final ArchRule MODEL_USES_NO_TRANSFORM_OF_FEATURES =
      noClasses()
          .that()
          .resideInAPackage("io.gemoclap.model..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.gemoclap.features")
                  .and(
                      not(
                          nameMatching(
                              "io\\.gemoclap\\.features\\."
                                  + "(Feature(Matrix|Spec|Part)|Normalization).*"))));

  /** Which bundle a URI means, and whether its files are complete, is decided in one package. */
  @ArchTest
  static final ArchRule ONLY_BUNDLE_FINDS_AND_VERIFIES_BUNDLES =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.gemoclap.bundle", "io.gemoclap.model")
          .should()
          .callMethod(ModelBundle.class, "open", Path.class)
          .orShould()
          .callMethod(ModelBundle.class, "id", byte[].class);

  /** A path that exists is literal, but for Beam every path is a pattern. */
  @ArchTest
  static final ArchRule ONLY_CENSUS_MATCHES_PATHS =
      noClasses()
          .that(not(nameMatching("io\\.gemoclap\\.census\\.RemoteListing")))
          .should()
          .callMethodWhere(
              target(nameMatching("match(All|Resources|SingleFileSpec)?|read(All|Files)?"))
                  .and(targetOwner(belongToAnyOf(FileSystems.class, FileIO.class, TextIO.class))));

  @ArchTest
  static final ArchRule ONLY_MODEL_USES_DJL =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.gemoclap.model..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  /** DJL's own factories can give silently wrong gradients; see {@code Tensors}. */
  @ArchTest
  static final ArchRule ONLY_TENSORS_USES_CLASSES_OF_THE_ENGINE =
      noClasses()
          .that(not(nameMatching("io\\.gemoclap\\.model\\.blocks\\.Tensors(\\$.*)?")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl.pytorch..", "ai.djl.ndarray.internal..");

  @ArchTest
  static final ArchRule ONLY_AUDIO_FFMPEG_USES_FFMPEG =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.gemoclap.audio.ffmpeg")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule ONLY_KAFKA_USES_KAFKA =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.gemoclap.kafka")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.apache.beam.sdk.io.kafka..");

  @ArchTest
  static final ArchRule DO_FNS_ARE_NOT_PUBLIC =
      classes().that().areAssignableTo(DoFn.class).should().notBePublic();

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS_FOR =
      noClasses()
          .should()
          .haveNameMatching(".*(Utils?|Helpers?|Manager)(\\$.*)?")
          .orShould()
          .resideInAnyPackage("..util..", "..common..", "..core..", "..helper..", "..internal..");

  /** NullAway checks these packages, and no others. */
  @ArchTest
  static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED =
      classes()
          .should(
              ArchCondition.from(
                  describe(
                      "be in a package whose package-info.java says @NullMarked",
                      (JavaClass type) -> type.getPackage().isAnnotatedWith(NullMarked.class))));

  /** So that no rule above passes only because no class was read. */
  @ArchTest
  static final ArchRule THE_CLASSES_WERE_READ =
      classes()
          .that(simpleName("EmbedFn").or(simpleName("FfmpegStream")).or(simpleName("Tensors")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.beam..", "org.bytedeco..", "ai.djl..");
}
