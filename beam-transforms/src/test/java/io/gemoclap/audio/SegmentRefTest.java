package io.gemoclap.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SegmentRefTest {

  @Test
  void idNamesRecordingChannelAndMilliseconds() {
    assertEquals(
        "file:/a.wav#1:500-12346", new SegmentRef("file:/a.wav", 1, 0.5, 12.3456, Map.of()).id());
  }

  @Test
  void idIsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals("a#0:0-1234567", new SegmentRef("a", 0, 0, 1234.567, Map.of()).id());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void recordingNamesWithPercentSignsAreKept() {
    assertEquals("a%20b.wav#0:0-1000", new SegmentRef("a%20b.wav", 0, 0, 1, Map.of()).id());
  }

  @Test
  void metadataIsCopied() {
    Map<String, String> metadata = new HashMap<>(Map.of("k", "v"));
    SegmentRef ref = new SegmentRef("a", 0, 0, 1, metadata);
    metadata.put("k", "changed");
    assertEquals("v", ref.metadata().get("k"));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "-0.5,1", "NaN,1", "0,NaN"})
  void aSegmentThatDoesNotEndAfterItsStartIsRejected(double start, double end) {
    assertThrows(
        IllegalArgumentException.class, () -> new SegmentRef("a", 0, start, end, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, 1.01, Double.NaN})
  void aSpeechProbabilityOutsideItsRangeIsRejected(double probability) {
    SegmentRef ref = new SegmentRef("a", 0, 0, 1, Map.of());
    assertThrows(IllegalArgumentException.class, () -> ref.withSpeechProbability(probability));
  }
}
