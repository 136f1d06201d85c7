package io.gemoclap.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SynonymsTest {
  private static final double TOLERANCE = 1e-12;

  private static SynonymFigures.Language language(double heldOut, int[]... confusion) {
    return new SynonymFigures.Language(heldOut, confusion);
  }

  @Test
  void eachLanguageIsPooledByItself() {
    SynonymFigures first =
        new SynonymFigures(
            1,
            0.7,
            Map.of(
                "en", language(0.8, new int[] {3, 1}, new int[] {0, 2}),
                "de", language(0.6, new int[] {1, 3}, new int[] {2, 0})));
    SynonymFigures second =
        new SynonymFigures(
            0.9,
            0.5,
            Map.of(
                "en", language(0.6, new int[] {1, 3}, new int[] {2, 4}),
                "de", language(0.4, new int[] {0, 0}, new int[] {1, 1})));
    Synonyms pooled = Synonyms.pooled(List.of(first, second), List.of("a", "b"));
    assertEquals(0.95, pooled.known(), TOLERANCE);
    assertEquals(0.7, pooled.languages().get("en").heldOut(), TOLERANCE);
    assertEquals(0.5, pooled.languages().get("de").heldOut(), TOLERANCE);
    // Recalls 4/8 and 6/8 in English, 1/4 and 1/4 in German.
    assertEquals(0.625, pooled.languages().get("en").uar(), TOLERANCE);
    assertEquals(0.25, pooled.languages().get("de").uar(), TOLERANCE);
  }

  @Test
  void withoutFoldsTheSharesAreUnknown() {
    Synonyms pooled = Synonyms.pooled(List.of(), List.of("a", "b"));
    assertTrue(Double.isNaN(pooled.known()));
    assertTrue(Double.isNaN(pooled.languages().get("de").heldOut()));
  }

  @Test
  void theFileOfAFoldIsReadBack() throws Exception {
    SynonymFigures figures =
        new SynonymFigures(1, 0.7, Map.of("en", language(0.8, new int[] {3, 1}, new int[] {0, 2})));
    ObjectMapper json = new ObjectMapper();
    String text = json.writeValueAsString(figures);
    assertEquals(
        "{\"known\":1.0,\"held_out\":0.7,\"languages\":"
            + "{\"en\":{\"held_out\":0.8,\"confusion\":[[3,1],[0,2]]}}}",
        text);
    SynonymFigures read = json.readValue(text, SynonymFigures.class);
    assertEquals(0.8, read.languages().get("en").heldOut(), TOLERANCE);
    assertEquals(2, read.languages().get("en").confusion()[1][1]);
  }
}
