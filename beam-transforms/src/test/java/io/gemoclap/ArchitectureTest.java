package io.gemoclap;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.gemoclap.model.ModelBundle;
import java.nio.file.Path;
import org.apache.beam.sdk.transforms.DoFn;

/** Section 2 of the design: a package is a stage, and knows only the stages to its left. */
@AnalyzeClasses(packages = "io.gemoclap", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

  /** Lists who may use a stage; {@code root} is the front door, which may use all. */
  @ArchTest
  static final ArchRule STAGES_KNOW_ONLY_STAGES_TO_THEIR_LEFT =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("root")
          .definedBy("io.gemoclap")
          .layer("failure")
          .definedBy("io.gemoclap.failure")
          .layer("cache")
          .definedBy("io.gemoclap.cache")
          .layer("live")
          .definedBy("io.gemoclap.live")
          .layer("census")
          .definedBy("io.gemoclap.census")
          .layer("audio")
          .definedBy("io.gemoclap.audio")
          .layer("features")
          .definedBy("io.gemoclap.features")
          .layer("model")
          .definedBy("io.gemoclap.model..")
          .layer("bundle")
          .definedBy("io.gemoclap.bundle")
          .layer("embed")
          .definedBy("io.gemoclap.embed")
          .layer("score")
          .definedBy("io.gemoclap.score")
          .layer("write")
          .definedBy("io.gemoclap.write")
          .layer("kafka")
          .definedBy("io.gemoclap.kafka")
          .whereLayer("root")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("kafka")
          .mayOnlyBeAccessedByLayers("root")
          .whereLayer("write")
          .mayOnlyBeAccessedByLayers("kafka", "root")
          .whereLayer("score")
          .mayOnlyBeAccessedByLayers("write", "kafka", "root")
          .whereLayer("embed")
          .mayOnlyBeAccessedByLayers("score", "write", "root")
          .whereLayer("bundle")
          .mayOnlyBeAccessedByLayers("embed", "score", "write", "root")
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers("bundle", "embed", "score", "root")
          .whereLayer("features")
          .mayOnlyBeAccessedByLayers("model", "embed", "score", "write", "root")
          .whereLayer("audio")
          .mayOnlyBeAccessedByLayers("features", "embed", "score", "write", "kafka", "root")
          .whereLayer("census")
          .mayOnlyBeAccessedByLayers("audio", "embed", "score", "write", "kafka", "root")
          .whereLayer("live")
          .mayOnlyBeAccessedByLayers("embed", "score", "root")
          .whereLayer("cache")
          .mayOnlyBeAccessedByLayers("audio", "model", "bundle", "embed", "root")
          .whereLayer("failure")
          .mayOnlyBeAccessedByLayers(
              "cache",
              "live",
              "audio",
              "features",
              "model",
              "bundle",
              "embed",
              "score",
              "write",
              "kafka",
              "root");

  @ArchTest
  static final ArchRule EVERY_PACKAGE_IS_A_KNOWN_STAGE =
      classes()
          .should()
          .resideInAnyPackage(
              "io.gemoclap",
              "io.gemoclap.failure",
              "io.gemoclap.cache",
              "io.gemoclap.live",
              "io.gemoclap.census",
              "io.gemoclap.audio",
              "io.gemoclap.features",
              "io.gemoclap.model",
              "io.gemoclap.model.checkpoint",
              "io.gemoclap.bundle",
              "io.gemoclap.embed",
              "io.gemoclap.score",
              "io.gemoclap.write",
              "io.gemoclap.kafka");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("io.gemoclap.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule MODEL_KNOWS_OF_FEATURES_ONLY_NOUNS =
      noClasses()
          .that()
          .resideInAPackage("io.gemoclap.model..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.gemoclap..")
                  .and(not(resideInAPackage("io.gemoclap.model..")))
                  .and(not(resideInAnyPackage("io.gemoclap.failure", "io.gemoclap.cache")))
                  .and(
                      not(
                          nameMatching(
                              "io\\.gemoclap\\.features\\.(Feature(Matrix|Spec|Part)|Normalization).*"))));

  /** Which bundle a URI means, and whether its files are whole, is decided in one package. */
  @ArchTest
  static final ArchRule ONLY_BUNDLE_FINDS_AND_VERIFIES_BUNDLES =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.gemoclap.bundle", "io.gemoclap.model")
          .should()
          .callMethod(ModelBundle.class, "open", Path.class)
          .orShould()
          .callMethod(ModelBundle.class, "id", byte[].class);

  @ArchTest
  static final ArchRule CHECKPOINTS_STAND_ALONE =
      noClasses()
          .that()
          .resideInAPackage("io.gemoclap.model.checkpoint")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.gemoclap..")
                  .and(not(resideInAPackage("io.gemoclap.model.checkpoint"))));

  @ArchTest
  static final ArchRule MODEL_KNOWS_NO_BEAM =
      noClasses()
          .that()
          .resideInAPackage("io.gemoclap.model..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.beam..");

  @ArchTest
  static final ArchRule FAILURE_KNOWS_NO_OTHER_PACKAGE =
      noClasses()
          .that()
          .resideInAPackage("io.gemoclap.failure")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.gemoclap..").and(not(resideInAPackage("io.gemoclap.failure"))));

  @ArchTest
  static final ArchRule ONLY_MODEL_TOUCHES_DJL =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.gemoclap.model")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  /** DJL's hidden aliasing makes silently wrong gradients; see {@code Tensors}. */
  @ArchTest
  static final ArchRule ONLY_TENSORS_TOUCHES_THE_ENGINES_INSIDE =
      noClasses()
          .that(not(nameMatching("io\\.gemoclap\\.model\\.Tensors(\\$.*)?")))
          .should()
          .dependOnClassesThat(resideInAnyPackage("ai.djl.pytorch..", "ai.djl.ndarray.internal.."));

  @ArchTest
  static final ArchRule ONLY_THE_FFMPEG_CLASSES_TOUCH_FFMPEG =
      noClasses()
          .that(not(nameMatching("io\\.gemoclap\\.audio\\.Ffmpeg\\w+(\\$.*)?")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule ONLY_KAFKA_TOUCHES_KAFKA =
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
  static final ArchRule NO_CLASS_IS_A_DRAWER_FOR_EVERYTHING =
      noClasses()
          .should()
          .haveNameMatching(".*(Utils?|Helpers?|Manager)(\\$.*)?")
          .orShould()
          .resideInAnyPackage("..util..", "..common..", "..core..", "..helper..", "..internal..");

  /** So that no rule above holds only because nothing was read. */
  @ArchTest
  static final ArchRule THE_CLASSES_WERE_READ =
      classes()
          .that(simpleName("EmbedFn").or(simpleName("FfmpegStream")).or(simpleName("Tensors")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.beam..", "org.bytedeco..", "ai.djl..");
}
