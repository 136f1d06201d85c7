package io.gemoclap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher script, in a checkout whose build and whose Java only print what they were asked:
 * what it builds, what it runs, and what it says where that is not possible.
 */
final class LauncherIT {
  @TempDir private Path folder;
  private Path checkout;
  private Path jdk;
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void makeACheckoutThatIsBuilt() throws Exception {
    folder = folder.toRealPath();
    checkout = folder.resolve("my checkout");
    Files.createDirectories(checkout.resolve("beam-transforms/src/main"));
    Files.createDirectories(checkout.resolve("training/src/main"));
    for (String pom : List.of("pom.xml", "beam-transforms/pom.xml", "training/pom.xml")) {
      Files.createFile(checkout.resolve(pom));
    }
    Files.copy(Path.of("gemoclap"), checkout.resolve("gemoclap"));
    // As Maven, it writes absolute paths.
    script(
        checkout.resolve("mvnw"),
        "echo building \"$@\"",
        "mkdir -p beam-transforms/target training/target",
        "touch beam-transforms/target/ours.jar \"$PWD/library.jar\"",
        "printf '%s' \"$PWD/beam-transforms/target/ours.jar:$PWD/library.jar\""
            + " > training/target/classpath.txt");
    jdk = java(folder.resolve("jdk"), "17.0.9");
    script(jdk.resolve("bin/javac"));
    environment.put("JAVA_HOME", jdk.toString());
    assertTrue(run().said.contains("building"));
  }

  private static void script(Path file, String... lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A folder of Java that prints its arguments. */
  private static Path java(Path home, String version) throws IOException {
    script(home.resolve("bin/java"), "echo \"java $*\"");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private record Ended(int status, String said) {}

  private Ended run() throws IOException, InterruptedException {
    return run(checkout.resolve("gemoclap"));
  }

  private Ended run(Path launcher) throws IOException, InterruptedException {
    return run(launcher, "doctor");
  }

  private Ended run(Path launcher, String command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("/bin/bash", launcher.toString(), command);
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_HOME", "GEMOCLAP_JAVA_OPTIONS", "LC_ALL", "LC_CTYPE", "LANG"));
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES), said);
    return new Ended(process.exitValue(), said);
  }

  private void refuses(String... parts) throws IOException, InterruptedException {
    Ended ended = run();
    assertEquals(2, ended.status, ended.said);
    assertEquals(1, ended.said.lines().count(), ended.said);
    for (String part : parts) {
      assertTrue(ended.said.contains(part), ended.said);
    }
  }

  @Test
  void whatIsBuiltRunsAtOnce() throws Exception {
    Ended ended = run();
    assertEquals(0, ended.status, ended.said);
    assertFalse(ended.said.contains("building"), ended.said);
    String classPath =
        "%s/training/target/classes:%s/beam-transforms/target/ours.jar:%s/library.jar"
            .formatted(checkout, checkout, checkout);
    assertTrue(ended.said.contains(classPath + " io.gemoclap.cli.Gemoclap doctor"), ended.said);
  }

  private Ended annotate() throws IOException, InterruptedException {
    return run(checkout.resolve("gemoclap"), "annotate");
  }

  /** A Java that writes the archive which it is asked for. */
  private void makeJavaWriteArchives(String content) throws IOException {
    script(
        jdk.resolve("bin/java"),
        "for option in \"$@\"; do",
        "  case $option in",
        "    -XX:ArchiveClassesAtExit=*) printf '" + content + "' > \"${option#*=}\" ;;",
        "  esac",
        "done",
        "echo \"java $*\"");
  }

  private Path makeJar() throws IOException {
    Path jar = checkout.resolve("training/target/gemoclap-training-0.1.0-SNAPSHOT.jar");
    return Files.writeString(jar, "classes");
  }

  @Test
  void theFirstAnnotationAfterABuildWritesTheArchiveThatLaterStartsUse() throws Exception {
    Path jar = makeJar();
    makeJavaWriteArchives("archive");
    assertFalse(run().said.contains("SharedArchiveFile"), "other commands write none");
    Ended first = annotate();
    assertTrue(first.said.startsWith("Preparing faster starts"), first.said);
    assertTrue(first.said.contains("-cp " + jar + ":"), first.said);
    for (Ended later : List.of(annotate(), run())) {
      assertTrue(later.said.startsWith("java "), later.said);
      assertTrue(later.said.contains("-XX:SharedArchiveFile=" + checkout), later.said);
    }
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    assertTrue(annotate().said.startsWith("Preparing faster starts"), "the jar is newer");
  }

  @Test
  void anotherJavaHasAnArchiveOfItsOwn() throws Exception {
    makeJar();
    makeJavaWriteArchives("archive");
    annotate();
    environment.put("JAVA_HOME", java(folder.resolve("other"), "21.0.2").toString());
    assertFalse(run().said.contains("SharedArchiveFile"), "not that of the first Java");
    assertTrue(annotate().said.startsWith("Preparing faster starts"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aJavaThatWritesNoArchiveIsAskedOnce(boolean empty) throws Exception {
    makeJar();
    if (empty) {
      makeJavaWriteArchives("");
    }
    assertTrue(annotate().said.startsWith("Preparing faster starts"));
    Ended later = annotate();
    assertEquals(0, later.status, later.said);
    assertTrue(later.said.startsWith("java "), later.said);
    assertFalse(later.said.contains("SharedArchiveFile"), later.said);
  }

  @Test
  void classesThatAreNewerThanTheJarRunFromTheirFolder() throws Exception {
    Path jar = makeJar();
    Path classes = Files.createDirectories(checkout.resolve("training/target/classes"));
    Files.setLastModifiedTime(classes, FileTime.from(Instant.now().plusSeconds(60)));
    Ended ended = annotate();
    assertTrue(ended.said.startsWith("java "), ended.said);
    assertTrue(ended.said.contains("-cp " + classes + ":"), ended.said);
    assertFalse(ended.said.contains(jar + ":"), ended.said);
  }

  @Test
  void buildsAnewWithOtherOptionsForMaven() throws Exception {
    environment.put("GEMOCLAP_BUILD_OPTIONS", "-Phdfs -Dnatives=linux-aarch64");
    Ended first = run();
    assertTrue(first.said.contains(" -Phdfs -Dnatives=linux-aarch64 -pl training"), first.said);
    assertFalse(run().said.contains("building"), "no new build with the same options");
    environment.remove("GEMOCLAP_BUILD_OPTIONS");
    Ended last = run();
    assertTrue(last.said.contains("building"), last.said);
    assertFalse(last.said.contains("-Phdfs"), last.said);
  }

  @Test
  void aLinkToTheLauncherRunsItsCheckout() throws Exception {
    Path link = folder.resolve("gemoclap-link");
    Files.createSymbolicLink(link, checkout.resolve("gemoclap"));
    Ended ended = run(link);
    assertTrue(ended.said.startsWith("java "), ended.said);
    Path way = Files.createSymbolicLink(folder.resolve("way"), checkout);
    assertTrue(run(way.resolve("gemoclap")).said.startsWith("java "), "no new build");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCheckoutThatWasMovedOrCopiedIsBuiltAnew(boolean copied) throws Exception {
    Path moved = folder.resolve("moved");
    if (copied) {
      Process copy = new ProcessBuilder("cp", "-a", checkout + "", moved + "").start();
      assertEquals(0, copy.waitFor());
    } else {
      Files.move(checkout, moved);
    }
    Ended ended = run(moved.resolve("gemoclap"));
    assertEquals(0, ended.status, ended.said);
    assertTrue(ended.said.contains("building"), ended.said);
    assertTrue(ended.said.contains(moved + "/beam-transforms/target/ours.jar"), ended.said);
    assertFalse(ended.said.contains(checkout + "/"), ended.said);
  }

  @Test
  void aLibraryThatIsGoneIsFetchedAnew() throws Exception {
    Files.delete(checkout.resolve("library.jar"));
    assertTrue(run().said.contains("building"));
    assertTrue(Files.exists(checkout.resolve("library.jar")));
  }

  @Test
  void aBuildThatDoesNotHelpIsNamed() throws Exception {
    Files.delete(checkout.resolve("library.jar"));
    script(checkout.resolve("mvnw"), "echo building");
    Ended ended = run();
    assertEquals(1, ended.status, ended.said);
    assertTrue(ended.said.contains("'" + checkout + "/library.jar', which is not there"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", "/dev/null", "/tmp"})
  void aJavaHomeWithoutJavaIsNamed(String home) throws Exception {
    environment.put("JAVA_HOME", home);
    refuses("JAVA_HOME is '" + home + "'", home + "/bin/java", "JDK 17 or newer, or unset it");
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_402, 8", "11.0.22, 11", "16, 16", "9-ea, 9"})
  void aJavaThatIsTooOldIsNamed(String version, String shown) throws Exception {
    Path old = java(folder.resolve("old"), version);
    environment.put("JAVA_HOME", old.toString());
    refuses("JAVA_HOME is '" + old + "'", "which is Java " + shown + ",", "Java 17 or newer");
    environment.remove("JAVA_HOME");
    environment.put("PATH", old + "/bin:" + System.getenv("PATH"));
    refuses("the PATH has '" + old + "/bin/java'", "which is Java " + shown + ",");
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "17.0.9", "21.0.2", "25-ea", "25.0.1"})
  void aNewerJavaRuns(String version) throws Exception {
    environment.put("JAVA_HOME", java(folder.resolve("new"), version).toString());
    assertEquals(0, run().status);
  }

  @Test
  void aJavaWithoutReleaseFileIsAskedForItsVersion() throws Exception {
    Path old = folder.resolve("old");
    script(old.resolve("bin/java"), "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
    environment.put("JAVA_HOME", old.toString());
    refuses("which is Java 11,");
    script(old.resolve("bin/java"), "echo 'This is no Java'");
    refuses("tells no version");
  }

  @Test
  void aJreIsNamedWhereTheBuildNeedsACompiler() throws Exception {
    environment.put("JAVA_HOME", java(folder.resolve("jre"), "17.0.9").toString());
    assertEquals(0, run().status, "what is built needs none");
    Files.delete(checkout.resolve("library.jar"));
    refuses("without a compiler", "JDK, not a JRE");
  }

  /** An ASCII locale would keep Java from arguments and files with other letters. */
  @EnabledOnOs(OS.LINUX)
  @ParameterizedTest
  @CsvSource({
    ", , C.UTF-8",
    "LC_ALL, C, C.UTF-8",
    "LC_ALL, POSIX, C.UTF-8",
    "LC_CTYPE, C, C.UTF-8",
    "LANG, C, C.UTF-8",
    "LC_ALL, nowhere, C.UTF-8",
    "LC_ALL, C.UTF-8, C.UTF-8",
    "LANG, C.UTF-8, ''"
  })
  void anAsciiLocaleIsReplaced(String variable, String value, String expected) throws Exception {
    if (variable != null) {
      environment.put(variable, value);
    }
    script(jdk.resolve("bin/java"), "echo \"LC_ALL=$LC_ALL in $(locale charmap)\"");
    Ended ended = run();
    // Bash warns of a locale that does not exist.
    String last = ended.said.lines().reduce("", (line, next) -> next);
    assertEquals("LC_ALL=" + expected + " in UTF-8", last, ended.said);
  }
}
