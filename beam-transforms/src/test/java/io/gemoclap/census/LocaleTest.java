package io.gemoclap.census;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** JVMs in locales that cannot spell the names that they list. */
@EnabledOnOs(OS.LINUX)
final class LocaleTest {
  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    folder = make("M%C3%BCnchen", true);
    for (String name :
        List.of(
            "plain.wav", "M%C3%BCller.wav", "%F0%9F%98%80.wav", "M%FCller.wav", "e%CC%81.wav")) {
      make("M%C3%BCnchen/" + name, false);
    }
    Files.createSymbolicLink(folder.resolve("dead.wav"), folder.resolve("gone.wav"));
  }

  private Path make(String encoded, boolean isFolder) throws IOException {
    Path path = Path.of(URI.create(parent.toUri() + encoded));
    return isFolder ? Files.createDirectory(path) : Files.write(path, new byte[1]);
  }

  private List<String> list(String locale, String input) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            ListNames.class.getName(),
            input);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("LC_ALL", locale);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    List<String> lines = new ArrayList<>();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertEquals(0, process.waitFor(), printed);
    for (String line : printed.lines().toList()) {
      lines.add(new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8));
    }
    return lines;
  }

  @Test
  void theSameFilesHaveTheSameNamesInEveryLocale() throws Exception {
    List<String> expected = list("C.UTF-8", ".");
    assertEquals(6, expected.size());
    assertTrue(expected.get(0).startsWith(parent.toRealPath() + "/München/"), expected.get(0));
    assertEquals(expected, list("C", "."), "the working directory");
    assertEquals(expected, list("C", "*.wav"));
    assertEquals(expected, list("C", folder.toUri().toString()));
  }
}
