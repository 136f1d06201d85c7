package io.gemoclap.audio.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.Sound;
import io.gemoclap.audio.pcm.DecodeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments without speech are refused with a reason, whatever cuts them; speech passes. */
final class SpeechGateTest {
  private static final Span[] SPANS = {
    new Span(0, 1.5), new Span(0.2, 4), new Span(3.5, 5), new Span(4, 5)
  };

  private final List<String> refused = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();

  private Segments gate(Segmenter segmenter, float[] recording, int blockSize)
      throws DecodeException {
    SpeechGate.Refusals refusals =
        (start, length, span, reason) -> {
          double rate = Segments.RATE;
          refused.add("%.2f-%.2f".formatted(start / rate, (start + length) / rate));
          reasons.add(reason);
        };
    Segmenter gated = (rate, spans) -> new SpeechGate(segmenter.open(rate, spans), rate, refusals);
    return Segments.of(gated, recording, blockSize, SPANS);
  }

  private static float[] join(float[]... parts) {
    float[] all = new float[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static List<Segmenter> segmenters() {
    return List.of(
        Segmenter.whole(),
        Segmenter.fixedWindows(1, 1),
        Segmenter.fixedWindows(2, 0.7),
        Segmenter.spans());
  }

  static Stream<Arguments> noises() {
    return Arrays.stream(Sound.values())
        .filter(sound -> sound != Sound.SYLLABLES)
        .flatMap(
            sound ->
                segmenters().stream()
                    .flatMap(
                        segmenter ->
                            Stream.of(-60.0, -30.0)
                                .map(level -> Arguments.of(sound, level, segmenter))));
  }

  @ParameterizedTest
  @MethodSource("noises")
  void rejectsNonSpeech(Sound sound, double decibels, Segmenter segmenter) throws DecodeException {
    float[] recording = sound.samples(5, decibels, 1);
    int cut = Segments.of(segmenter, recording, 5_000, SPANS).count();
    assertEquals(List.of(), gate(segmenter, recording, 5_000).seconds());
    assertEquals(cut, refused.size());
    assertTrue(cut > 0);
  }

  static Stream<Segmenter> speech() {
    return segmenters().stream();
  }

  @ParameterizedTest
  @MethodSource("speech")
  void keepsRisingAndFallingLevels(Segmenter segmenter) throws DecodeException {
    for (double decibels : new double[] {-65, -20}) {
      float[] recording = Sound.SYLLABLES.samples(5, decibels, 1);
      List<String> cut = Segments.of(segmenter, recording, 5_000, SPANS).seconds();
      assertEquals(cut.stream().sorted().toList(), kept(segmenter, recording));
    }
    assertEquals(List.of(), refused);
  }

  private List<String> kept(Segmenter segmenter, float[] recording) throws DecodeException {
    return gate(segmenter, recording, 5_000).seconds().stream().sorted().toList();
  }

  @Test
  void comparesAWindowWithTheSoundAroundIt() throws DecodeException {
    float[] floor = Sound.PINK_NOISE.samples(3, -60, 1);
    float[] speech = Sound.SYLLABLES.samples(1, -25, 2);
    Segments kept = gate(Segmenter.fixedWindows(1, 1), join(floor, speech, floor), 5_000);
    assertEquals(List.of("3.00-4.00"), kept.seconds());
    assertEquals(6, refused.size());
  }

  @Test
  void comparesTheFirstWindowWithTheSoundAfterIt() throws DecodeException {
    float[] steady = Sound.BUZZ.samples(1, -25, 1);
    float[] floor = Sound.PINK_NOISE.samples(3, -60, 1);
    assertEquals(
        List.of("0.00-1.00"),
        gate(Segmenter.fixedWindows(1, 1), join(steady, floor), 5_000).seconds());
  }

  @Test
  void rejectsThePauseInASpokenRecording() throws DecodeException {
    float[] speech = Sound.SYLLABLES.samples(1, -25, 2);
    float[] silence = new float[Segments.RATE];
    gate(Segmenter.fixedWindows(1, 1), join(speech, silence, speech), 5_000);
    assertEquals(List.of("1.00-2.00"), refused);
  }

  @Test
  void keepsALongRecordingWithOneWord() throws DecodeException {
    float[] floor = Sound.WHITE_NOISE.samples(60, -50, 1);
    float[] word = Sound.SYLLABLES.samples(0.5, -25, 2);
    assertEquals(1, gate(Segmenter.whole(), join(floor, word, floor), 5_000).count());
  }

  @Test
  void keepsAWordBetweenZeros() throws DecodeException {
    float[] zeros = new float[2 * Segments.RATE];
    float[] word = Sound.BUZZ.samples(0.4, -25, 2);
    assertEquals(1, gate(Segmenter.whole(), join(zeros, word, zeros), 5_000).count());
  }

  @ParameterizedTest
  @EnumSource(names = {"WHITE_NOISE", "PINK_NOISE"})
  void keepsSpeechInNoiseAsLoudAsItself(Sound noise) throws DecodeException {
    float[] mixed = Sound.SYLLABLES.samples(5, -30, 1);
    float[] other = noise.samples(5, -30, 2);
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] += other[i];
    }
    assertEquals(1, gate(Segmenter.whole(), mixed, 5_000).count());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 999, 16_384, 1_000_000})
  void doesNotDependOnTheBlocks(int blockSize) throws DecodeException {
    float[] recording =
        join(
            Sound.PINK_NOISE.samples(1.3, -60, 1),
            Sound.SYLLABLES.samples(1.9, -25, 2),
            Sound.WHITE_NOISE.samples(4, -55, 3));
    for (Segmenter segmenter : segmenters()) {
      refused.clear();
      List<String> kept = gate(segmenter, recording, 5_000).seconds();
      List<String> wanted = List.copyOf(refused);
      refused.clear();
      assertEquals(
          kept.stream().sorted().toList(),
          gate(segmenter, recording, blockSize).seconds().stream().sorted().toList());
      assertEquals(wanted.stream().sorted().toList(), refused.stream().sorted().toList());
    }
  }

  @Test
  void reportsTheMeasuredLevel() throws DecodeException {
    for (Sound sound :
        new Sound[] {Sound.DIGITAL_SILENCE, Sound.ONE_BIT_DITHER, Sound.WHITE_NOISE}) {
      gate(Segmenter.whole(), sound.samples(5, -30, 1), 5_000);
    }
    assertEquals(
        List.of(
            "The segment is digital silence.",
            "The segment is silent: its loudest 25 ms reach -94 dB of full scale, speech reaches"
                + " -75 dB or more.",
            "The segment contains no speech: it reaches -33 dB of full scale, its background has"
                + " -34 dB, and speech rises by 6 dB or more."),
        reasons);
  }

  @Test
  void reportsTheSpansThatItsSegmenterMisses() throws DecodeException {
    assertEquals(
        List.of(new Span(3.5, 5), new Span(4, 5)),
        gate(Segmenter.spans(), Sound.SYLLABLES.samples(4, -25, 1), 5_000).missed());
  }

  /** Gives each block as a segment. */
  private static Segmenter.Session blocks() {
    return new Segmenter.Session() {
      private long start;

      @Override
      public void accept(float[] samples, int length, Segmenter.Out out) {
        out.emit(start, Arrays.copyOf(samples, length));
        start += length;
      }

      @Override
      public void finish(Segmenter.Out out) {}
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theFirstSegmentWaitsForThreeSecondsOfSound(boolean silence) throws DecodeException {
    Segmenter.Session session =
        new SpeechGate(
            blocks(), Segments.RATE, (start, length, span, reason) -> refused.add(reason));
    Segments kept = new Segments();
    session.accept(Sound.SYLLABLES.samples(1, -30, 1), Segments.RATE, kept);
    session.accept(new float[2 * Segments.RATE - 1], 2 * Segments.RATE - 1, kept);
    assertEquals(0, kept.count() + refused.size());
    if (silence) {
      session.silence(1, kept);
    } else {
      session.accept(new float[1], 1, kept);
    }
    assertTrue(kept.seconds().contains("0.00-1.00"), () -> kept.seconds().toString());
    assertEquals(1, refused.size());
  }

  @Test
  void aSegmentThatWaitsIsJudgedAtTheEnd() throws DecodeException {
    Segmenter.Session session =
        new SpeechGate(
            blocks(), Segments.RATE, (start, length, span, reason) -> refused.add(reason));
    Segments kept = new Segments();
    session.accept(Sound.SYLLABLES.samples(1, -30, 1), Segments.RATE, kept);
    assertEquals(0, kept.count());
    session.finish(kept);
    assertEquals(List.of("0.00-1.00"), kept.seconds());
  }

  @Test
  void leavesTheGapBeforeTheSoundOutOfAWholeRecording() throws DecodeException {
    for (Sound sound : new Sound[] {Sound.SYLLABLES, Sound.WHITE_NOISE}) {
      Segmenter.Session session =
          new SpeechGate(
              Segmenter.whole().open(Segments.RATE, List.of()),
              Segments.RATE,
              (start, length, span, reason) -> refused.add(start + " " + length));
      Segments kept = new Segments();
      session.silence(4 * Segments.RATE, kept);
      session.accept(sound.samples(2, -30, 1), 2 * Segments.RATE, kept);
      session.finish(kept);
      assertEquals(sound == Sound.SYLLABLES ? List.of("4.00-6.00") : List.of(), kept.seconds());
    }
    assertEquals(List.of("64000 32000"), refused);
  }

  @Test
  void doesNotCheckSegmentsOfVoiceActivity() {
    List<Span> spans = List.of(SPANS);
    assertTrue(Segmenter.voiceActivity().findsSpeech(spans));
    assertTrue(Segmenter.spans().findsSpeech(List.of()));
    assertFalse(Segmenter.spansOr(Segmenter.whole()).findsSpeech(List.of()));
    segmenters().forEach(segmenter -> assertFalse(segmenter.findsSpeech(spans)));
  }
}
