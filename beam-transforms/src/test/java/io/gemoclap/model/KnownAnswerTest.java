package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class KnownAnswerTest {

  @Test
  void aGpuMayDifferByWhatTf32RoundsAndFloat16ByMore() {
    assertEquals(1e-4, KnownAnswer.tolerance(Precision.FP32, false));
    assertEquals(2e-3, KnownAnswer.tolerance(Precision.FP32, true));
    assertEquals(2e-2, KnownAnswer.tolerance(Precision.FP16, false));
    assertEquals(2e-2, KnownAnswer.tolerance(Precision.FP16, true));
  }
}
