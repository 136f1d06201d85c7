package io.gemoclap.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** README's first Java snippet compiles, and its pipeline can be built. */
final class ReadmeSnippetTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Path SOURCE =
      Path.of("src/main/java/io/gemoclap/examples/ReadmeSnippet.java");

  /** Maven runs tests in the module's folder, other tools in the repository's. */
  private static Path module() {
    return Files.exists(SOURCE) ? Path.of("") : Path.of("examples");
  }

  /** Without imports, which README may show, and with single spaces. */
  private static String code(String text) {
    return text.replaceAll("(?m)^import .*;$", "").replaceAll("\\s+", " ").strip();
  }

  @Test
  void readmeShowsCodeThatCompiles() throws IOException {
    Path readme = module().toAbsolutePath().resolveSibling("README.md");
    Path shown = Files.exists(readme) ? readme : Path.of("README.md");
    Matcher block = JAVA.matcher(Files.readString(shown));
    assumeTrue(block.find(), "README.md has no Java snippet");
    String source = Files.readString(module().resolve(SOURCE));
    assertTrue(
        code(source).contains(code(block.group(1))),
        () ->
            "README.md's first Java snippet is not in "
                + SOURCE
                + ": change both together. README.md has\n"
                + block.group(1));
  }
}
