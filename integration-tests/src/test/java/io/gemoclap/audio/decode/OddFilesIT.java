package io.gemoclap.audio.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.Exhaustive;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.Golden;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Real speech in unusual and broken files; skipped where the folder is not there. */
final class OddFilesIT {
  private static final Path FOLDER = folder();

  private static final Map<String, FailureKind> BROKEN =
      Map.of(
          "header_only.wav", FailureKind.NO_AUDIO,
          "text_renamed.wav", FailureKind.UNSUPPORTED,
          "truncated_header.wav", FailureKind.CORRUPT,
          "zero_bytes.wav", FailureKind.NO_AUDIO);

  private static final String LONG = "long_";

  private static Path folder() {
    String data = System.getenv("GEMOCLAP_DATA");
    Path root = data == null ? Path.of("..", "shared", "data") : Path.of(data);
    return root.resolve("odd").toAbsolutePath().normalize();
  }

  @BeforeAll
  static void needsTheFolder() {
    assumeTrue(Files.isDirectory(FOLDER), "no folder " + FOLDER + " (set GEMOCLAP_DATA)");
  }

  @TestFactory
  List<DynamicTest> decodesAsOtherDecodersDo() throws IOException {
    return tests(name -> !name.startsWith(LONG));
  }

  @Exhaustive
  @TestFactory
  List<DynamicTest> decodesALongFileAsOtherDecodersDo() throws IOException {
    return tests(name -> name.startsWith(LONG));
  }

  private static List<DynamicTest> tests(Predicate<String> names) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : Golden.read("odd.json").entrySet()) {
      if (names.test(entry.getKey())) {
        Path file = FOLDER.resolve(entry.getKey());
        tests.add(
            DynamicTest.dynamicTest(
                entry.getKey(), () -> Golden.check(file, entry.getValue(), BROKEN)));
      }
    }
    return tests;
  }

  @Test
  void reportsTruncatedData() throws IOException, DecodeException {
    assertTrue(Golden.decode(FOLDER.resolve("truncated_data.wav")).report.truncated());
    assertFalse(Golden.decode(FOLDER.resolve("speech_float32.wav")).report.truncated());
  }

  @Test
  void reportsAnEmptyFile() {
    DecodeException thrown =
        assertThrows(DecodeException.class, () -> Golden.decode(FOLDER.resolve("zero_bytes.wav")));
    assertEquals("The file is empty (0 bytes).", thrown.getMessage());
  }
}
