package io.gemoclap.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.bundle.Bundles;
import io.gemoclap.model.Precision;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The settings; integration tests embed with them. */
final class EmbedSpeechTest {
  private static EmbedSpeech plain;

  @BeforeAll
  static void resolvesTheBundle() throws IOException {
    plain = EmbedSpeech.with(Bundles.BUNDLED);
  }

  private static Map<String, Object> displayed(EmbedSpeech transform) {
    Map<String, Object> values = new HashMap<>();
    DisplayData.from(transform)
        .asMap()
        .values()
        .forEach(item -> values.put(item.getKey(), item.getValue()));
    return values;
  }

  @Test
  void settersKeepWhatOtherSettersSet() {
    EmbedSpeech all =
        plain
            .withConcurrency(3)
            .withPrecision(Precision.FP16)
            .withMaxBatchSeconds(5)
            .withMaxBatchSize(7)
            .withGpu(true);
    Map<String, Object> values = displayed(all);
    assertEquals("3", values.get("concurrency"));
    assertEquals("FP16", values.get("precision"));
    assertEquals(5.0, values.get("maxBatchSeconds"));
    assertEquals(7L, values.get("maxBatchSize"));
    assertEquals(true, values.get("gpu"));
    assertEquals(values, displayed(all.withConcurrency(3)));
    assertEquals("automatic", displayed(plain).get("concurrency"));
  }

  @Test
  void theDefaultBatchIsLongerOnAGpu() {
    assertEquals(32.0, displayed(plain).get("maxBatchSeconds"));
    assertEquals(240.0, displayed(plain.withGpu(true)).get("maxBatchSeconds"));
  }

  @Test
  void concurrencyIsWhatWasAskedForOrFollowsTheDevice() {
    assertEquals(3, plain.withConcurrency(3).workerConcurrency());
    assertEquals(3, plain.withGpu(true).withConcurrency(3).workerConcurrency());
    assertEquals(2, plain.withGpu(true).workerConcurrency());
    assertEquals(Runtime.getRuntime().availableProcessors(), plain.workerConcurrency());
  }

  @Test
  void concurrencyBelowOneIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> plain.withConcurrency(0)).getMessage();
    assertTrue(message.contains("concurrency is 0"), message);
  }
}
