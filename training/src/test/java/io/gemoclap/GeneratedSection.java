package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A part of a page between two comments, which a test generates. */
final class GeneratedSection {
  private GeneratedSection() {}

  /**
   * Compares a part of a page with its source. If they differ, the page as it should be is left in
   * the module's folder {@code target}.
   *
   * @param page below the root of the repository
   * @param name of the comments {@code <!-- name: begin -->} and {@code <!-- name: end -->}
   */
  static void check(String page, String name, List<String> lines) throws IOException {
    Path file = Markdown.root().resolve(page);
    String text = Files.readString(file);
    String begin = "<!-- " + name + ": begin -->\n";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf("<!-- " + name + ": end -->");
    assertTrue(from >= begin.length() && to >= from, page + " lacks the comments " + begin);
    String expected =
        text.substring(0, from) + String.join("\n", lines) + "\n" + text.substring(to);
    Path written = Markdown.root().resolve("training/target").resolve(file.getFileName());
    Files.writeString(written, expected);
    assertEquals(
        expected, text, page + " is out of date. Run: cp " + written + " " + file.toAbsolutePath());
  }
}
