package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.annotations.Internal;
import org.junit.jupiter.api.Test;

/** Compares the public API of the library with the committed list in {@code public-api.txt}. */
final class PublicApiTest {
  private static final Predicate<String> HIDDEN =
      Pattern.compile(" +\\* @hidden").asMatchPredicate();

  private static final Path LIST = Path.of("src/test/resources/public-api.txt");
  private static final Path SOURCES = Path.of("src/main/java");
  private static final JavaClasses LIBRARY =
      new ClassFileImporter()
          .importUrl(AnnotateSpeech.class.getProtectionDomain().getCodeSource().getLocation());
  private static final Set<String> LEFT_OUT =
      Set.of("equals", "hashCode", "toString", "populateDisplayData");
  private static final Set<String> OF_EVERY_ENUM = Set.of("values", "valueOf");

  @Test
  void publicApiEqualsTheCommittedList() throws IOException {
    List<String> found = apiTypes().flatMap(PublicApiTest::describe).toList();
    Path written = Path.of("target/public-api.txt");
    Files.createDirectories(written.getParent());
    Files.write(written, found);
    assertEquals(
        String.join("\n", Files.readAllLines(module().resolve(LIST))),
        String.join("\n", found),
        "The public API changed. If that is intended, run: cp "
            + written.toAbsolutePath()
            + " beam-transforms/"
            + LIST
            + ", review the difference and commit it. If a type or member is only for other"
            + " packages of this library, annotate it with @Internal, a type also with the Javadoc tag @hidden.");
  }

  /** Users must be able to name and document every type that a signature of the API mentions. */
  @Test
  void noPublicSignatureMentionsAnInternalType() {
    List<String> wrong = new ArrayList<>();
    apiTypes()
        .flatMap(type -> type.getMembers().stream())
        .filter(PublicApiTest::isApi)
        .forEach(
            member ->
                member.getAllInvolvedRawTypes().stream()
                    .filter(type -> type.getName().startsWith("io.gemoclap"))
                    .filter(type -> !isApi(type) && !type.equals(member.getOwner()))
                    .forEach(type -> wrong.add(member.getFullName() + " uses " + type.getName())));
    assertEquals(List.of(), wrong);
  }

  /**
   * The tag keeps the type out of Javadoc, the annotation keeps it out of the list. Javadoc does
   * not pass the tag on to nested types.
   */
  @Test
  void everyInternalTypeIsHiddenFromJavadoc() throws IOException {
    List<String> internal =
        publicTypes()
            .filter(
                type -> type.getEnclosingClass().isEmpty() && type.isAnnotatedWith(Internal.class))
            .map(JavaClass::getName)
            .toList();
    assertTrue(internal.contains("io.gemoclap.model.blocks.Tensors"), internal.toString());
    List<String> shown = new ArrayList<>();
    for (String name : internal) {
      Path source = module().resolve(SOURCES).resolve(name.replace('.', '/') + ".java");
      long nested = publicTypes().filter(type -> type.getName().startsWith(name + "$")).count();
      long hidden = Files.readString(source).lines().filter(HIDDEN).count();
      if (hidden < 1 + nested) {
        shown.add(name);
      }
    }
    assertEquals(List.of(), shown);
  }

  private static Stream<JavaClass> publicTypes() {
    return LIBRARY.stream()
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .sorted(Comparator.comparing(JavaClass::getName));
  }

  private static Stream<JavaClass> apiTypes() {
    return publicTypes().filter(PublicApiTest::isApi);
  }

  private static boolean isApi(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && !type.isAnnotatedWith(Internal.class)
        && type.getEnclosingClass().map(PublicApiTest::isApi).orElse(true);
  }

  private static boolean isApi(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        && !member.getModifiers().contains(JavaModifier.SYNTHETIC)
        && !member.getModifiers().contains(JavaModifier.BRIDGE)
        && !member.isAnnotatedWith(Internal.class)
        && !isImplicitConstructor(member)
        && !LEFT_OUT.contains(member.getName())
        && !(member.getOwner().isEnum() && OF_EVERY_ENUM.contains(member.getName()));
  }

  /** Only AutoValue's subclasses call it. */
  private static boolean isImplicitConstructor(JavaMember member) {
    return member.getName().equals("<init>")
        && member.getOwner().getModifiers().contains(JavaModifier.ABSTRACT);
  }

  private static Stream<String> describe(JavaClass type) {
    Class<?> reflected = type.reflect();
    Stream<String> members =
        type.getMembers().stream()
            .filter(PublicApiTest::isApi)
            .map(
                member ->
                    member instanceof JavaCodeUnit unit
                        ? signature((Executable) unit.reflect())
                        : Modifier.toString(
                                member.getModifiers().contains(JavaModifier.STATIC)
                                    ? Modifier.STATIC
                                    : 0)
                            + " "
                            + type.reflect().getSimpleName()
                            + "."
                            + member.getName())
            .map(line -> "  " + simple(line).strip())
            .sorted();
    return Stream.concat(Stream.of(header(reflected)), members);
  }

  private static String signature(Executable unit) {
    return unit.toGenericString()
        .replace("public ", "")
        .replace("abstract ", "")
        .replace("default ", "")
        .replace("final ", "");
  }

  private static String header(Class<?> type) {
    List<Type> parents = new ArrayList<>(Arrays.asList(type.getGenericInterfaces()));
    Type superclass = type.getGenericSuperclass();
    if (superclass != null && superclass != Object.class && !type.isEnum() && !type.isRecord()) {
      parents.add(0, superclass);
    }
    String kind =
        type.isEnum()
            ? "enum"
            : type.isRecord() ? "record" : type.isInterface() ? "interface" : "class";
    String extended =
        parents.stream()
            .map(Type::getTypeName)
            .map(PublicApiTest::simple)
            .collect(Collectors.joining(", "));
    return kind + " " + type.getName() + (extended.isEmpty() ? "" : " : " + extended);
  }

  /** Without the names of packages. */
  private static String simple(String names) {
    return names.replaceAll("\\b(?:[a-z][a-z0-9_]*\\.)+(?=[A-Z])", "");
  }

  /** Tests run in the module's folder with Maven, and in the repository's with other tools. */
  private static Path module() {
    return Files.exists(SOURCES) ? Path.of("") : Path.of("beam-transforms");
  }
}
