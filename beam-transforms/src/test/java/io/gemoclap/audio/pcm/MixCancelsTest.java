package io.gemoclap.audio.pcm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.WavBuilder;
import io.gemoclap.audio.container.ByteChannel;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.signal.ChannelMix;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels whose mean loses the sound. */
final class MixCancelsTest {
  private static final int SECONDS = 3;

  /** A signal with pauses, as speech has them; the same for the same seed. */
  private static float[] voice(int rate, long seed) {
    Random random = new Random(seed);
    float[] samples = new float[SECONDS * rate];
    for (int i = 0; i < samples.length; i++) {
      double loudness = Math.max(0, Math.sin(2 * Math.PI * 1.5 * i / rate));
      samples[i] =
          (float)
              (loudness
                  * (0.3 * Math.sin(2 * Math.PI * 180 * i / rate) + 0.05 * random.nextGaussian()));
    }
    return samples;
  }

  private static float[] scaled(float[] samples, double gain) {
    float[] scaled = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      scaled[i] = (float) (samples[i] * gain);
    }
    return scaled;
  }

  private static double energy(float[] samples) {
    double energy = 0;
    for (float sample : samples) {
      energy += (double) sample * sample;
    }
    return energy;
  }

  private final Blocks blocks = new Blocks();

  private DecodeReport mix(int rate, float[]... channels) throws DecodeException {
    WavBuilder wav = new WavBuilder().format(3, 32, 4).rate(rate).channels(channels.length);
    ByteBuffer data = wav.samples(4 * channels.length * channels[0].length);
    for (int i = 0; i < channels[0].length; i++) {
      for (float[] channel : channels) {
        data.putFloat(channel[i]);
      }
    }
    return new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, 16_000)
        .decode(new ByteChannel(wav.data(data).build(), Integer.MAX_VALUE), "a.wav", blocks);
  }

  private static boolean noted(DecodeReport report) {
    return report.notes().stream()
        .map(DecodeNote::codeOf)
        .anyMatch(DecodeNote.MIX_CANCELS.code()::equals);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 44_100, 48_000})
  void anInvertedChannelIsTurned(int rate) throws DecodeException {
    float[] voice = voice(rate, 1);
    DecodeReport report = mix(rate, voice, scaled(voice, -1));
    double expected = energy(voice) * 16_000 / rate;
    assertEquals(expected, energy(blocks.channel(0)), 0.1 * expected);
    assertEquals(SECONDS * 16_000, blocks.channel(0).length);
    assertTrue(noted(report), report.toString());
  }

  @ParameterizedTest
  @CsvSource({"-0.9", "-1.2", "-0.7"})
  void channelsOfAnotherLevelCancelToo(double gain) throws DecodeException {
    float[] voice = voice(16_000, 2);
    DecodeReport report = mix(16_000, voice, scaled(voice, gain));
    assertTrue(energy(blocks.channel(0)) > 0.5 * energy(voice), report.toString());
    assertTrue(noted(report));
  }

  @Test
  void fourChannelsInOppositePairsAreTurned() throws DecodeException {
    float[] voice = voice(16_000, 3);
    DecodeReport report = mix(16_000, scaled(voice, 0), voice, scaled(voice, -1), scaled(voice, 0));
    assertTrue(energy(blocks.channel(0)) > 0.2 * energy(voice), report.toString());
    assertTrue(noted(report));
  }

  @Test
  void onlyTheStretchThatCancelsIsTurned() throws DecodeException {
    float[] voice = voice(16_000, 4);
    float[] other = voice.clone();
    for (int i = 16_000; i < 32_000; i++) {
      other[i] = -voice[i];
    }
    DecodeReport report = mix(16_000, voice, other);
    double expected = energy(voice);
    assertEquals(expected, energy(blocks.channel(0)), 0.1 * expected);
    assertTrue(noted(report));
  }

  @Test
  void humOfOppositePolarityInPausesStaysCancelled() throws DecodeException {
    float[] voice = voice(16_000, 5);
    float[] left = voice.clone();
    float[] right = voice.clone();
    for (int i = 8_000; i < voice.length; i++) {
      float hum = (float) (0.003 * Math.sin(2 * Math.PI * 50 * i / 16_000));
      left[i] += hum;
      right[i] -= hum;
    }
    DecodeReport report = mix(16_000, left, right);
    assertFalse(noted(report), report.toString());
  }

  @Test
  void otherChannelsAreMixedByTheirMeanToTheLastBit() throws DecodeException {
    float[] left = voice(16_000, 6);
    float[] right = scaled(voice(16_000, 7), 0.4);
    for (List<float[]> pair :
        List.of(
            List.of(left, right),
            List.of(left, left),
            List.of(left, scaled(left, 0)),
            List.of(left, scaled(left, -0.3)))) {
      Blocks mixed = new Blocks();
      ChannelMix mix = new ChannelMix((block, length) -> mixed.accept(0, block, length));
      mixed.begin(1);
      mix.format(16_000, 2);
      mix.accept(new float[][] {pair.get(0), pair.get(1)}, left.length);
      mix.finish();
      float[] mean = new float[left.length];
      ChannelMix.mean(new float[][] {pair.get(0), pair.get(1)}, 0, left.length, mean);
      assertArrayEquals(mean, mixed.channel(0));
      assertEquals(0, mix.cancelledSeconds());
    }
  }

  @Test
  void theMixDoesNotDependOnTheSizesOfTheBlocks() throws DecodeException {
    float[] voice = voice(16_000, 8);
    float[][] planes = {voice, scaled(voice, -1)};
    Blocks whole = new Blocks();
    Blocks pieces = new Blocks();
    whole.begin(1);
    pieces.begin(1);
    ChannelMix one = new ChannelMix((block, length) -> whole.accept(0, block, length));
    ChannelMix many = new ChannelMix((block, length) -> pieces.accept(0, block, length));
    one.format(16_000, 2);
    many.format(16_000, 2);
    one.accept(planes, voice.length);
    one.finish();
    for (int from = 0; from < voice.length; from += 777) {
      int count = Math.min(777, voice.length - from);
      float[][] part = new float[2][count];
      System.arraycopy(planes[0], from, part[0], 0, count);
      System.arraycopy(planes[1], from, part[1], 0, count);
      many.accept(part, count);
    }
    many.finish();
    assertArrayEquals(whole.channel(0), pieces.channel(0));
  }
}
