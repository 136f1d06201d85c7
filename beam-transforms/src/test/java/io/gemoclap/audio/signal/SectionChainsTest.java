package io.gemoclap.audio.signal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.pcm.Blocks;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.Deadline;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.PcmSink;
import io.gemoclap.audio.pcm.Sections;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The samples of a section do not depend on where in the recording decoding began. */
final class SectionChainsTest {
  private static final Sections SECTIONS = new Sections(15);

  /** Sections that no recording reaches. */
  private static final Sections NONE = new Sections(100_000);

  /** An offset, drift and noise; the second channel cancels the first for some of the time. */
  private static float[][] signal(int rate, double seconds, int channels) {
    Random random = new Random(rate);
    float[][] planes = new float[channels][(int) (seconds * rate)];
    for (int i = 0; i < planes[0].length; i++) {
      double t = (double) i / rate;
      float value =
          (float) (0.2 * random.nextGaussian() + 0.1 + 0.3 * Math.sin(t) * Math.sin(2_000 * t));
      for (int channel = 0; channel < channels; channel++) {
        boolean turned = channel == 1 && t % 21 > 8;
        planes[channel][i] = turned ? -0.9f * value : value;
      }
    }
    return planes;
  }

  private record Run(Blocks samples, StreamTotals totals) {}

  private static Run run(
      float[][] planes,
      int rate,
      int outputRate,
      ChannelMode mode,
      Sections sections,
      SectionStart start,
      Random blocks)
      throws DecodeException {
    Blocks samples = new Blocks();
    PreprocessedStreams streams =
        new PreprocessedStreams(
            new Preprocessing(
                DecoderLimits.defaults(),
                mode,
                outputRate,
                true,
                new Deadline(Duration.ofMinutes(5)),
                JavaTransform::new,
                sections,
                start),
            samples);
    PcmSink sink = streams.open(planes.length, false);
    sink.format(rate, planes.length);
    int at = (int) start.sample();
    while (at < planes[0].length) {
      int count = Math.min(planes[0].length - at, 1 + blocks.nextInt(9_000));
      float[][] block = new float[planes.length][];
      for (int channel = 0; channel < planes.length; channel++) {
        block[channel] = Arrays.copyOfRange(planes[channel], at, at + count);
      }
      sink.block(block, count);
      at += count;
    }
    streams.flush();
    return new Run(samples, streams.totals());
  }

  @ParameterizedTest
  @CsvSource({
    "8000, 8000, MIX, 1", "8000, 8000, SPLIT, 2", "8000, 8000, MIX, 2", "8000, 16000, MIX, 2",
    "11025, 4000, MIX, 1", "11025, 4000, MIX, 2", "11025, 4000, SPLIT, 3", "5003, 4000, MIX, 1",
    "22050, 2000, MIX, 2"
  })
  void eachSectionHasTheSamplesOfTheWhole(int rate, int outputRate, ChannelMode mode, int channels)
      throws DecodeException {
    double seconds = 47.3;
    float[][] planes = signal(rate, seconds, channels);
    Random random = new Random(1);
    Run whole = run(planes, rate, outputRate, mode, SECTIONS, SectionStart.FIRST, random);
    for (int section = 1; section < 4; section++) {
      for (int earlier : new int[] {0, 1, 12_345}) {
        long sample = SECTIONS.start(section, rate) - (long) Sections.WARM_UP * rate - earlier;
        SectionStart start = new SectionStart(section, Math.max(0, sample));
        Run part = run(planes, rate, outputRate, mode, SECTIONS, start, random);
        int from = (int) SECTIONS.start(section, outputRate);
        for (int channel = 0; channel < whole.samples.streams(); channel++) {
          float[] all = whole.samples.channel(channel);
          assertArrayEquals(
              Arrays.copyOfRange(all, from, all.length), part.samples.channel(channel));
        }
        assertEquals(whole.totals.endSeconds(), part.totals.endSeconds());
        assertEquals(
            whole.totals.cancelledSeconds().subList(section, 4), part.totals.cancelledSeconds());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"8000, 8000, 1", "11025, 4000, 1", "8000, 16000, 2"})
  void sectionsAreInaudible(int rate, int outputRate, int channels) throws DecodeException {
    float[][] planes = signal(rate, 70, channels);
    Random random = new Random(2);
    Run with = run(planes, rate, outputRate, ChannelMode.MIX, SECTIONS, SectionStart.FIRST, random);
    Run without = run(planes, rate, outputRate, ChannelMode.MIX, NONE, SectionStart.FIRST, random);
    assertArrayEquals(without.samples.channel(0), with.samples.channel(0), 1e-6f);
    assertEquals(
        without.totals.cancelledSeconds().get(0),
        with.totals.cancelledSeconds().stream().mapToDouble(Double::doubleValue).sum(),
        0.5 * SECTIONS.seconds() / 15);
  }

  @Test
  void aRecordingThatEndsSoonAfterASectionBeginsLosesNothing() throws DecodeException {
    for (double seconds : new double[] {4.9, 5.1, 14.99, 15, 15.01, 15.9, 16, 16.1}) {
      float[][] planes = signal(8_000, seconds, 2);
      Run run =
          run(
              planes,
              8_000,
              16_000,
              ChannelMode.SPLIT,
              SECTIONS,
              SectionStart.FIRST,
              new Random(3));
      assertEquals(2 * planes[0].length, run.samples.channel(0).length);
      assertEquals(2 * planes[0].length, run.samples.channel(1).length);
    }
  }

  @Test
  void aSourceThatBeginsElsewhereIsNoticedBeforeAnyOutput() throws DecodeException {
    Blocks samples = new Blocks();
    PreprocessedStreams streams =
        new PreprocessedStreams(
            new Preprocessing(
                DecoderLimits.defaults(),
                ChannelMode.MIX,
                8_000,
                true,
                new Deadline(Duration.ofMinutes(5)),
                JavaTransform::new,
                SECTIONS,
                new SectionStart(1, 16_000)),
            samples);
    PcmSink sink = streams.open(1, false);
    sink.format(8_000, 1);
    sink.at(0);
    sink.block(new float[1][1_000], 1_000);
    sink.at(1_152 / 8_000.0);
    assertThrows(SectionStart.MissedException.class, () -> sink.block(new float[1][1_000], 1_000));
    assertTrue(samples.channel(0).length == 0);
  }
}
