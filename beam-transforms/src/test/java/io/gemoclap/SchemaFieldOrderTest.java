package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The order of a schema's fields decides what its rows' bytes mean, so every JVM must have the same
 * one. Java lists methods in no fixed order; numbers on the getters fix it.
 */
final class SchemaFieldOrderTest {
  private static final int STARTS = 4;
  private static final List<Class<?>> CLASSES = SchemaClasses.all();

  static Stream<Class<?>> schemaClasses() {
    return CLASSES.stream();
  }

  /** So that the rules below do not hold because nothing was found. */
  @Test
  void schemaClassesAreFound() {
    assertTrue(CLASSES.size() >= 6, CLASSES.toString());
  }

  @ParameterizedTest
  @MethodSource("schemaClasses")
  void everyGetterHasANumberAndTheNumbersHaveNoGaps(Class<?> type) {
    List<String> numbers = new ArrayList<>();
    for (var getter : SchemaClasses.getters(type)) {
      SchemaFieldNumber number = getter.getAnnotation(SchemaFieldNumber.class);
      assertTrue(number != null, () -> getter + " has no @SchemaFieldNumber");
      numbers.add(number.value());
    }
    assertFalse(numbers.isEmpty(), () -> type + " has no getter");
    assertEquals(
        IntStream.range(0, numbers.size()).mapToObj(Integer::toString).sorted().toList(),
        numbers.stream().sorted().toList());
  }

  @Test
  void everyStartOfAJvmGivesTheFieldsInTheSameOrder() throws Exception {
    List<String> expected = new ArrayList<>();
    for (Class<?> type : CLASSES) {
      String[] names = new String[SchemaClasses.getters(type).size()];
      for (var getter : SchemaClasses.getters(type)) {
        String name = getter.getName().replaceFirst("get|is", "");
        SchemaFieldNumber number = getter.getAnnotation(SchemaFieldNumber.class);
        names[number == null ? 0 : Integer.parseInt(number.value())] =
            name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
      }
      expected.add(type.getSimpleName() + " " + String.join(",", names));
    }
    for (int start = 0; start < STARTS; start++) {
      assertEquals(expected, fieldsInANewJvm(), "in JVM " + start);
    }
  }

  private static List<String> fieldsInANewJvm() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(SchemaClasses.class.getName());
    CLASSES.forEach(type -> command.add(type.getName()));
    Process jvm =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (InputStream out = jvm.getInputStream()) {
      List<String> lines = new String(out.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertEquals(0, jvm.waitFor());
      return lines;
    } finally {
      jvm.destroy();
    }
  }
}
