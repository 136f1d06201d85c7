package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No source formats a number, or changes the case of letters, in the locale of the JVM: names of
 * files and rows would depend on the machine. {@code String.format} and {@code printf} name {@code
 * Locale.ROOT}; a text that is {@code formatted} holds only {@code %s}.
 */
final class LocaleFormatTest {
  private static final Pattern WITHOUT_LOCALE =
      Pattern.compile(
          "\\bString\\s*\\.\\s*format\\((?!\\s*Locale\\.)|\\.printf\\((?!\\s*Locale\\.)"
              + "|\\.to(?:Lower|Upper)Case\\(\\)|new (?:DecimalFormat|Formatter)\\("
              + "|Locale\\.getDefault\\(");

  /** Texts, put together with plus, and then formatted. */
  private static final Pattern FORMATTED =
      Pattern.compile("((?:\"(?:[^\"\\\\\\n]|\\\\.)*+\"[\\s+()]*+)++)\\.formatted\\(");

  private static final Pattern NUMBER =
      Pattern.compile("%(?:[0-9]+\\$)?[-+ 0,(#]*[0-9]*(?:\\.[0-9]+)?[dfeEgGxXoaAtT]");

  private static List<String> faults(String source) {
    List<String> faults = new ArrayList<>();
    Matcher call = WITHOUT_LOCALE.matcher(source);
    while (call.find()) {
      faults.add(line(source, call.start()) + ": " + call.group());
    }
    Matcher formatted = FORMATTED.matcher(source);
    while (formatted.find()) {
      if (NUMBER.matcher(formatted.group(1).replace("%%", "")).find()) {
        faults.add(line(source, formatted.start()) + ": " + formatted.group(1).strip());
      }
    }
    return faults;
  }

  private static long line(String source, int position) {
    return source.substring(0, position).lines().count();
  }

  @Test
  void noSourceDependsOnTheLocaleOfTheJvm() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    if (!Files.exists(root.resolve("beam-transforms"))) {
      root = root.getParent();
    }
    List<String> faults = new ArrayList<>();
    int read = 0;
    for (String module : List.of("beam-transforms", "training", "examples")) {
      try (Stream<Path> sources = Files.walk(root.resolve(module).resolve("src/main/java"))) {
        for (Path source : sources.filter(f -> f.toString().endsWith(".java")).toList()) {
          read++;
          faults(Files.readString(source)).forEach(f -> faults.add(source.getFileName() + ":" + f));
        }
      }
    }
    assertTrue(read > 300, read + " sources");
    assertEquals(List.of(), faults, "Name Locale.ROOT, or use %s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "String name = \"part-%05d\".formatted(part);",
        "x(\n    \"%s has \"\n        + \"%d rows\"\n            .formatted(name, rows));",
        "x((\"%s has %.1f s, \" + \"not more\").formatted(name, s));",
        "String.format(\"%s\", name)",
        "String.format(\n    \"%d\", 1)",
        "out.printf(\"%d%n\", 1)",
        "name.toLowerCase()",
      })
  void theCheckFindsWhatDependsOnIt(String source) {
    assertFalse(faults(source).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"%s of %s, 5 %%\".formatted(1, 2)",
        "String.format(Locale.ROOT, \"%05d\", part)",
        "out.printf(\n    Locale.ROOT,\n    \"%d\", 1)",
        "name.toLowerCase(Locale.ROOT)",
        "Pattern.compile(\"%2f\"); \"%s\".formatted(1)",
      })
  void theCheckLetsPassWhatDoesNot(String source) {
    assertEquals(List.of(), faults(source));
  }
}
