package io.gemoclap.audio.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.Sections;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The segments of all sections are those of the whole recording, each in exactly one section. */
final class VoiceSectionsTest {
  private static final int RATE = 2_000;
  private static final Sections SECTIONS = new Sections(20);

  /** Noise whose level changes at random: some parts are loud for long, others have pauses. */
  private static float[] restless(double seconds, double longestPart, double quietShare, int seed) {
    Random random = new Random(seed);
    float[] samples = new float[(int) (seconds * RATE)];
    double level = 0;
    for (int i = 0, left = 0; i < samples.length; i++, left--) {
      if (left <= 0) {
        left = 1 + (int) (random.nextDouble() * longestPart * RATE);
        double decibels = random.nextDouble() < quietShare ? -60 : -35 + 25 * random.nextDouble();
        level = Math.pow(10, decibels / 20);
      }
      samples[i] = (float) (level * random.nextGaussian());
    }
    return samples;
  }

  private static Map<Long, Integer> segments(
      Segmenter.Session session, float[] samples, int from, int block) throws DecodeException {
    Map<Long, Integer> segments = new TreeMap<>();
    Segmenter.Out out =
        new Segmenter.Out() {
          @Override
          public void emit(long start, float[] segment) {
            segments.put(start, Arrays.hashCode(segment));
          }

          @Override
          public void missed(Span span, String reason) {
            throw new AssertionError(reason);
          }
        };
    boolean done = false;
    for (int at = from; at < samples.length && !done; at += block) {
      int count = Math.min(block, samples.length - at);
      session.accept(Arrays.copyOfRange(samples, at, at + count), count, out);
      done = session instanceof SectionSession section && section.done();
    }
    if (!done) {
      session.finish(out);
    }
    return segments;
  }

  /** Asserts that sections give the segments; gives how many there are. */
  private static int assertSame(VoiceActivity settings, float[] samples, int rate)
      throws DecodeException {
    VoiceSession whole = new VoiceSession(settings, rate, SECTIONS, 0, 1);
    Map<Long, Integer> expected = segments(whole, samples, 0, 4_096);
    Map<Long, Integer> actual = new TreeMap<>();
    int count = Math.max(1, samples.length / rate / SECTIONS.seconds());
    int sum = 0;
    for (int section = 0; section < count; section++) {
      VoiceSession session = new VoiceSession(settings, rate, SECTIONS, section, count);
      int from = (int) SECTIONS.start(section, rate);
      Map<Long, Integer> part = segments(session, samples, from, 999);
      sum += part.size();
      actual.putAll(part);
    }
    assertEquals(expected, actual);
    assertEquals(expected.size(), sum, "A segment is in two sections");
    return sum;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.1, 0.3, 1, 5, 30})
  void soundOfAnyPace(double longestPart) throws DecodeException {
    int segments = 0;
    for (int seed = 0; seed < 12; seed++) {
      double quiet = 0.1 * (seed % 7);
      float[] samples = restless(150 + seed, longestPart, quiet, seed);
      segments += assertSame(VoiceActivity.defaults(), samples, RATE);
    }
    assertTrue(segments > 50, segments + " segments");
  }

  @Test
  void boundariesAtEachMomentOfSpeechAndPause() throws DecodeException {
    float[] samples = restless(100, 1.5, 0.4, 77);
    for (int shift = 0; shift < 4 * RATE; shift += 61) {
      assertTrue(
          assertSame(
                  VoiceActivity.defaults(),
                  Arrays.copyOfRange(samples, shift, samples.length),
                  RATE)
              > 20);
    }
  }

  @Test
  void soundWithoutAnyPauseBelongsToTheSectionInWhichItBegins() throws DecodeException {
    // The level varies, so that it counts as speech, but never falls for 300 ms.
    float[] samples = restless(170, 0.05, 0.3, 5);
    assertTrue(assertSame(VoiceActivity.defaults(), samples, RATE) > 8);
    Arrays.fill(samples, 0, 5 * RATE, 0);
    assertTrue(assertSame(VoiceActivity.defaults(), samples, RATE) > 8);
  }

  @Test
  void settingsWithWidePaddingShortPausesAndShortSegments() throws DecodeException {
    List<VoiceActivity> all =
        List.of(
            VoiceActivity.defaults()
                .withMinSilenceMs(14)
                .withSpeechPadMs(5_000)
                .withMinSpeechMs(0)
                .withMaxSpeechSeconds(15),
            VoiceActivity.defaults().withMinSilenceMs(4_000).withSpeechPadMs(2_000),
            VoiceActivity.defaults().withMaxSpeechSeconds(1.5).withThreshold(0.2),
            VoiceActivity.defaults().withMaxSpeechSeconds(60).withThreshold(0.9));
    for (VoiceActivity settings : all) {
      for (int seed = 0; seed < 8; seed++) {
        assertSame(settings, restless(130, 0.6, 0.4, seed), RATE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 1_234, 11_025, 22_050})
  void ratesAtWhichNoFrameBeginsWithASection(int rate) throws DecodeException {
    float[] samples = restless(100.0 * rate / RATE, 1.0 * rate / RATE, 0.4, rate);
    assertTrue(assertSame(VoiceActivity.defaults(), samples, rate) > 20);
  }
}
