package io.gemoclap.census;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.write.WriteAnnotations;
import io.gemoclap.write.WriteFeatures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beam's sinks would write such folders and lose the rows without a word. */
final class SinkFolderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/results [2021]",
        "/a {x}/results",
        "results*",
        "/what?/results",
        "s3://bucket/[x]/out",
        "gs://bucket/{a}",
        "a\\b"
      })
  void aFolderThatBeamTakesForAPatternIsRejected(String folder) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> WriteAnnotations.to(folder))
            .getMessage();
    assertTrue(message.contains("Choose a folder without"), message);
    assertThrows(IllegalArgumentException.class, () -> WriteFeatures.to(folder));
  }

  @Test
  void otherNamesAreTakenAsTheyAre() {
    for (String folder : new String[] {"out", "/a b/ä (1)", "hdfs://node:8020/results #1"}) {
      assertEquals(folder, SinkFolder.requirePlain(folder));
    }
  }
}
