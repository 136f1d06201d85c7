package io.gemoclap.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RefreshModelTest {
  @Test
  void theBundlesUriIsRead() {
    assertEquals("s3://models/newer", RefreshModel.parse("{\"model\": \"s3://models/newer\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "s3://models/newer                  | not JSON",
        "{}                                 | names no model",
        "null                               | names no model",
        "{\"model\":null}                   | names no model",
        "{\"model\":\" \"}                  | names no model",
        "{\"model\":[\"a\"]}                | not JSON",
        "{\"modle\":\"a\"}                  | not JSON",
        "{\"model\":\"a\",\"model\":\"b\"}  | not JSON",
        "{\"model\":\"a\"} {\"model\":\"b\"} | not JSON",
      })
  void aBadMessageIsRejectedWithItsReason(String json, String reason) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> RefreshModel.parse(json));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Test
  void vectorsThatAreNotUnitVectorsOfTheModelsDimensionsFailTheSelfCheck() throws Exception {
    SelfCheck.requireUnitVectors("speech", new float[][] {{0.6f, 0.8f}}, 2);
    for (float[] bad : new float[][] {{0.6f, 0.7f}, {1}, {Float.NaN, 1}, {0, 0}}) {
      assertThrows(
          IOException.class, () -> SelfCheck.requireUnitVectors("speech", new float[][] {bad}, 2));
    }
  }
}
