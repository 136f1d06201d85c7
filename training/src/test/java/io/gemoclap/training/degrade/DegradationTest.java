package io.gemoclap.training.degrade;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.degrade.Degradation.Stage;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all degradations have in common; {@code CodecsIT} tests those that need FFmpeg. */
final class DegradationTest {
  private static final Set<Degradation> WITH_FFMPEG =
      EnumSet.of(Degradation.OPUS_MILD, Degradation.MP3_MILD, Degradation.AMR_HARSH);
  private static final float[] SPEECH = loud();

  /** Reaches full scale, or an offset would change nothing. */
  private static float[] loud() {
    float[] noise = Signals.noise(1);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = Math.max(-1, Math.min(1, 3 * noise[i]));
    }
    return noise;
  }

  static Stream<Degradation> inJava() {
    return EnumSet.complementOf(EnumSet.copyOf(WITH_FFMPEG)).stream();
  }

  private static float[] apply(Degradation degradation, float[] samples) {
    return degradation.apply(samples, Signals.RATE, 11, "a");
  }

  @ParameterizedTest
  @MethodSource("inJava")
  void changesTheSamplesAndKeepsTheirNumber(Degradation degradation) {
    float[] before = SPEECH.clone();
    float[] after = apply(degradation, SPEECH);
    assertArrayEquals(before, SPEECH);
    assertFalse(Arrays.equals(before, after));
    if (!degradation.id().startsWith("tempo")) {
      assertEquals(before.length, after.length);
    }
    for (float sample : after) {
      assertTrue(Float.isFinite(sample));
    }
  }

  @ParameterizedTest
  @MethodSource("inJava")
  void equalSeedsGiveEqualSamples(Degradation degradation) {
    assertArrayEquals(apply(degradation, SPEECH), apply(degradation, SPEECH));
  }

  @ParameterizedTest
  @MethodSource("inJava")
  void recordingsOfAnArchiveDifferInTheirBackgroundAlone(Degradation degradation) {
    float[] one = degradation.apply(SPEECH, Signals.RATE, 11, "a");
    float[] other = degradation.apply(SPEECH, Signals.RATE, 11, "b");
    assertEquals(degradation.stage() != Stage.BACKGROUND, Arrays.equals(one, other));
  }

  @ParameterizedTest
  @MethodSource("inJava")
  void silenceStaysSilentWithoutInvalidNumbers(Degradation degradation) {
    float[] after = apply(degradation, new float[8_000]);
    for (float sample : after) {
      // A mu-law code of zero is exact, an A-law code is half a step away.
      assertEquals(0, sample, degradation == Degradation.ALAW_HARSH ? 3e-4 : 1e-12);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 10, 100})
  void veryShortInputsPassThrough(int length) {
    inJava()
        .forEach(
            degradation -> {
              float[] after = apply(degradation, Arrays.copyOf(SPEECH, length));
              if (!degradation.id().startsWith("tempo")) {
                assertEquals(length, after.length, degradation.id());
              }
              for (float sample : after) {
                assertTrue(Float.isFinite(sample), degradation.id());
              }
            });
  }

  @Test
  void theIdSaysTheSeverity() {
    for (Degradation degradation : Degradation.values()) {
      String end = degradation.severity() == Severity.MILD ? "-mild" : "-harsh";
      assertTrue(degradation.id().endsWith(end), degradation.id());
    }
  }
}
