package io.gemoclap.audio.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.audio.pcm.Golden;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One utterance in seventy encodings, and broken files, against what other decoders make of them.
 */
final class EncodingsIT {
  private static final Map<String, FailureKind> BROKEN =
      Map.of(
          "broken_cut60.m4a", FailureKind.CORRUPT,
          "broken_cut_header.wav", FailureKind.CORRUPT,
          "broken_header_only.wav", FailureKind.NO_AUDIO,
          "broken_text.wav", FailureKind.UNSUPPORTED,
          "broken_video_only.mp4", FailureKind.NO_AUDIO,
          "broken_zero_bytes.wav", FailureKind.NO_AUDIO);

  private static final Set<String> CUT =
      Set.of(
          "broken_cut60.flac",
          "broken_cut60.mp3",
          "broken_cut60.wav",
          "broken_cut60_faststart.m4a");

  @TestFactory
  List<DynamicTest> tellsWhichFilesAreCutOff() throws IOException, URISyntaxException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : Golden.read("encodings.json").keySet()) {
      if (!BROKEN.containsKey(name)) {
        tests.add(
            DynamicTest.dynamicTest(
                name,
                () -> {
                  assertEquals(CUT.contains(name), Golden.decode(file(name)).report.truncated());
                }));
      }
    }
    return tests;
  }

  private static Path file(String name) throws URISyntaxException {
    return Path.of(EncodingsIT.class.getResource("/encodings/" + name).toURI());
  }

  @TestFactory
  List<DynamicTest> decodesAsOtherDecodersDo() throws IOException, URISyntaxException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : Golden.read("encodings.json").entrySet()) {
      Path file = file(entry.getKey());
      tests.add(
          DynamicTest.dynamicTest(
              entry.getKey(), () -> Golden.check(file, entry.getValue(), BROKEN)));
    }
    return tests;
  }
}
