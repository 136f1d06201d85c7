package io.gemoclap.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExportItemTest {
  private static String speaker(String recording, Map<String, String> metadata) {
    return ExportItem.of(
            Archive.segment(recording, 0, 1, "anger", metadata), "anger", ExportItem.MODEL)
        .speaker();
  }

  /** As diarisation numbers speakers: corpora must not take two people for one. */
  @Test
  void aSpeakerThatIsNamedInItsRecordingAloneIsAnotherOneInAnother() {
    Map<String, String> alone = Map.of("speaker", "S0", "speaker_scope", "recording");
    assertTrue(speaker("/a.wav", alone).endsWith("-S0"));
    assertEquals(speaker("/a.wav", alone), speaker("/a.wav", alone));
    assertNotEquals(speaker("/a.wav", alone), speaker("/b.wav", alone));
    assertEquals("S0", speaker("/a.wav", Map.of("speaker", "S0")));
    assertEquals("", speaker("/a.wav", Map.of("speaker_scope", "recording")));
  }
}
