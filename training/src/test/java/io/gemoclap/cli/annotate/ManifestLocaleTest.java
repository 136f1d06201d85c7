package io.gemoclap.cli.annotate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest names the same files in a locale that cannot spell their names. */
@EnabledOnOs(OS.LINUX)
final class ManifestLocaleTest {
  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    parent = parent.toRealPath();
    folder = Files.createDirectory(path("M%C3%BCnchen"));
    for (String name :
        List.of("plain.wav", "M%C3%BCller.wav", "%F0%9F%98%80.wav", "M%FCller.wav")) {
      Files.write(path("M%C3%BCnchen/" + name), new byte[1]);
    }
    Files.writeString(
        folder.resolve("list.csv"),
        String.join(
            "\n",
            "path,note",
            "plain.wav,grün",
            "Müller.wav,",
            "./Müller.wav,again",
            "😀.wav,",
            folder.toUri() + "M%FCller.wav,"));
  }

  private Path path(String encoded) {
    return Path.of(URI.create(parent.toUri() + encoded));
  }

  private List<String> ids(String locale, String manifest) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ListManifest.class.getName(),
                manifest)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("LC_ALL", locale);
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertEquals(0, process.waitFor(), printed);
    return printed
        .lines()
        .map(line -> new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "C.UTF-8"})
  void aManifestNamesTheSameFilesInEveryLocale(String locale) throws Exception {
    List<String> expected =
        List.of(
            folder + "/plain.wav",
            folder + "/Müller.wav",
            folder + "/😀.wav",
            folder.toUri() + "M%FCller.wav");
    assertEquals(expected, ids(locale, "list.csv"));
    assertEquals(expected, ids(locale, folder.toUri() + "list.csv"));
  }
}
