package io.gemoclap.training.prompts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TaughtTextsTest {
  private static final float TOLERANCE = 1e-6f;
  private static final int MANY = 3_000;

  private static String line(String text, int... bytes) {
    byte[] components = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      components[i] = (byte) bytes[i];
    }
    return text + "\t" + Base64.getEncoder().encodeToString(components);
  }

  @Test
  void readsTextsAndUnitVectors() {
    TaughtTexts taught =
        TaughtTexts.parse(List.of(line("glad", 60, -80), line("sehr froh", 0, 127)));
    assertEquals(2, taught.size());
    assertEquals(List.of("glad", "sehr froh"), taught.texts());
    assertArrayEquals(new float[] {0.6f, -0.8f}, taught.vector(0), TOLERANCE);
    assertArrayEquals(new float[] {0, 1}, taught.vector(1), TOLERANCE);
  }

  @Test
  void theDirectionOfTextsIsThatOfTheirMean() {
    TaughtTexts taught =
        TaughtTexts.parse(List.of(line("Glad", 127, 0), line("joy", 0, 127), line("sad", -127, 0)));
    float half = (float) Math.sqrt(0.5);
    assertArrayEquals(
        new float[] {half, half}, taught.direction(List.of("glad", "Joy", "unknown")), TOLERANCE);
    assertThrows(IllegalArgumentException.class, () -> taught.direction(List.of("unknown")));
  }

  @Test
  void aBrokenLineIsNamed() {
    for (String broken : List.of("no tab", "\tAAAA", line("longer", 1, 2, 3), "text\t!")) {
      List<String> lines = List.of(line("glad", 60, -80), broken);
      assertThrows(IllegalArgumentException.class, () -> TaughtTexts.parse(lines), broken);
    }
  }

  @Test
  void theResourceHoldsManyTextsButNoHeldOutOne() {
    TaughtTexts taught = TaughtTexts.load();
    Wordings wordings = Wordings.load();
    HeldOutWords heldOut = wordings.heldOutWords();
    assertTrue(taught.size() >= MANY);
    List<String> touching =
        taught.texts().stream()
            .filter(text -> heldOut.touchedBy(text) && !wordings.labels().contains(text))
            .toList();
    assertEquals(List.of(), touching);
  }

  @Test
  void theTeacherKnowsWordsOfEachLabel() {
    TaughtTexts taught = TaughtTexts.load();
    Wordings wordings = Wordings.load();
    for (String label : wordings.labels()) {
      double squares = 0;
      for (float component : taught.direction(wordings.known(label))) {
        squares += component * component;
      }
      assertEquals(1, squares, TOLERANCE * 10, label);
    }
  }
}
