package io.gemoclap.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One utterance in seventy encodings, and broken files, against what other decoders make of them. */
final class EncodingsIT {
  /** Decoders of the same format differ by this much, as some do not cut off encoder delays. */
  private static final double LENGTH_TOLERANCE_SECONDS = 0.045;

  private static final double CORRELATION = 0.99;

  private static final Map<String, FailureKind> BROKEN =
      Map.of(
          "broken_cut60.m4a", FailureKind.CORRUPT,
          "broken_cut_header.wav", FailureKind.CORRUPT,
          "broken_header_only.wav", FailureKind.NO_AUDIO,
          "broken_text.wav", FailureKind.UNSUPPORTED,
          "broken_video_only.mp4", FailureKind.NO_AUDIO,
          "broken_zero_bytes.wav", FailureKind.NO_AUDIO);

  @TestFactory
  List<DynamicTest> decodesAsOtherDecodersDo() throws IOException, URISyntaxException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : Golden.read("encodings.json").entrySet()) {
      Path file = Path.of(getClass().getResource("/encodings/" + entry.getKey()).toURI());
      tests.add(DynamicTest.dynamicTest(entry.getKey(), () -> check(file, entry.getValue())));
    }
    return tests;
  }

  static void check(Path file, JsonNode golden) throws IOException, DecodeException {
    String name = file.getFileName().toString();
    if (!golden.has("seconds")) {
      DecodeException thrown = assertThrows(DecodeException.class, () -> Golden.decode(file));
      System.out.printf("%-40s %s %s%n", name, thrown.kind(), thrown.getMessage());
      assertEquals(BROKEN.get(name), thrown.kind(), thrown.getMessage());
      return;
    }
    Golden.Decoded decoded = Golden.decode(file);
    double seconds = decoded.samples().length / 16_000.0;
    double correlation = Golden.correlation(decoded.samples(), golden);
    System.out.printf("%-40s %.4f %.4f corr %.6f %s%n", name, seconds, golden.get("seconds").asDouble(), correlation, decoded.report());
    assertEquals(golden.get("seconds").asDouble(), seconds, LENGTH_TOLERANCE_SECONDS);
    assertTrue(correlation >= CORRELATION, "correlation " + correlation);
    assertEquals(golden.get("channels").asInt(), decoded.report().channels());
    assertEquals(golden.get("rate").asInt(), decoded.report().sourceRate());
  }
}
