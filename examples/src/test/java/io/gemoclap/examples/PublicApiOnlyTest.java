package io.gemoclap.examples;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.beam.sdk.annotations.Internal;

/** Examples show what users can do, so they use nothing of ours that is {@code @Internal}. */
@AnalyzeClasses(packages = "io.gemoclap.examples", importOptions = DoNotIncludeTests.class)
final class PublicApiOnlyTest {

  @ArchTest
  static final ArchRule EXAMPLES_USE_NO_INTERNAL_TYPE =
      noClasses()
          .should()
          .dependOnClassesThat(describe("are internal", PublicApiOnlyTest::isInternal));

  @ArchTest
  static final ArchRule EXAMPLES_USE_NO_INTERNAL_MEMBER =
      noClasses().should().accessTargetWhere(target(annotatedWith(Internal.class)));

  private static boolean isInternal(JavaClass type) {
    return type.getPackageName().startsWith("io.gemoclap")
        && (type.isAnnotatedWith(Internal.class)
            || type.getEnclosingClass().map(PublicApiOnlyTest::isInternal).orElse(false));
  }
}
