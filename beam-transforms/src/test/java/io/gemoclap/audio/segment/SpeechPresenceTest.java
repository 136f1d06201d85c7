package io.gemoclap.audio.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpeechPresenceTest {
  private static final int RATE = Segments.RATE;

  /** A tone that is louder in its last third. */
  private static float[] tone(double seconds, double decibels, double rise) {
    float[] samples = new float[(int) Math.round(seconds * RATE)];
    for (int i = 0; i < samples.length; i++) {
      double level = decibels + (i >= samples.length * 2 / 3 ? rise : 0);
      double amplitude = Math.sqrt(2) * Math.pow(10, level / 20);
      samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * 500 * i / RATE));
    }
    return samples;
  }

  private static Optional<String> objection(float[] samples) {
    return new SpeechPresence(RATE).objection(samples, 0, samples.length);
  }

  /** Six decibels in two seconds or more, four in one or more, and anything in less. */
  @ParameterizedTest
  @CsvSource({
    "3, 6, true",
    "3, 5, false",
    "2, 5, false",
    "1.98, 5, true",
    "1, 4, true",
    "1, 3, false",
    "0.98, 0, true"
  })
  void speechRisesAboveItsBackground(double seconds, double rise, boolean speech) {
    assertEquals(speech, objection(tone(seconds, -40.2, rise)).isEmpty());
  }

  @Test
  void whatStaysBelowTheQuietestSpeechIsSilent() {
    assertTrue(objection(tone(3, -84, 8)).orElseThrow().startsWith("The segment is silent"));
    assertEquals(Optional.empty(), objection(tone(3, -82.8, 8)));
  }

  @Test
  void whatIsShorterThanHalfAFrameIsNotJudged() {
    assertEquals(Optional.empty(), objection(new float[80]));
    assertEquals("The segment is digital silence.", objection(new float[81]).orElseThrow());
  }

  /** A frame belongs to the segment that holds its middle. */
  @Test
  void onlyTheFramesOfTheSegmentAreJudged() {
    float[] samples = tone(3, -60, 20);
    SpeechPresence presence = new SpeechPresence(RATE);
    int loud = 2 * RATE;
    assertTrue(presence.objection(samples, 0, loud - 320).isPresent());
    assertTrue(presence.objection(samples, 0, loud + 3_200).isEmpty());
    assertTrue(presence.objection(samples, loud - 320, loud).isEmpty());
    float[] silent = new float[3 * RATE];
    assertTrue(presence.objection(silent, 80, 160).isPresent());
    assertTrue(presence.objection(silent, 81, 240).isEmpty());
    assertTrue(presence.objection(silent, 81, 241).isPresent());
  }
}
