package io.gemoclap.audio.decode;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.WavBuilder;
import io.gemoclap.audio.container.ByteChannel;
import io.gemoclap.audio.pcm.Blocks;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AudioDecoderTest {
  private final Blocks blocks = new Blocks();

  private static byte[] floats(int rate, int channels, float... samples) {
    WavBuilder wav = new WavBuilder().format(3, 32, 4).rate(rate).channels(channels);
    ByteBuffer data = wav.samples(4 * samples.length);
    for (float sample : samples) {
      data.putFloat(sample);
    }
    return wav.data(data).build();
  }

  private DecodeReport decode(DecoderLimits limits, ChannelMode mode, byte[] file)
      throws DecodeException {
    return AudioDecoder.unfiltered(limits, mode, 16_000)
        .decode(new ByteChannel(file, Integer.MAX_VALUE), "a.wav", blocks);
  }

  private DecodeException failure(DecoderLimits limits, byte[] file) {
    return assertThrows(DecodeException.class, () -> decode(limits, ChannelMode.MIX, file));
  }

  @Test
  void mixesByTheMean() throws DecodeException {
    decode(DecoderLimits.defaults(), ChannelMode.MIX, floats(16_000, 2, 1f, 0f, 0.5f, 0.25f));
    assertEquals(1, blocks.streams());
    assertArrayEquals(new float[] {0.5f, 0.375f}, blocks.channel(0));
  }

  @Test
  void keepsChannelsApart() throws DecodeException {
    decode(DecoderLimits.defaults(), ChannelMode.SPLIT, floats(16_000, 2, 1f, 0f, 0.5f, 0.25f));
    assertEquals(2, blocks.streams());
    assertArrayEquals(new float[] {1f, 0.5f}, blocks.channel(0));
    assertArrayEquals(new float[] {0f, 0.25f}, blocks.channel(1));
  }

  @Test
  void replacesAndCountsSamplesThatAreNotNumbers() throws DecodeException {
    byte[] file = floats(16_000, 1, Float.NaN, 0.5f, Float.NEGATIVE_INFINITY, 1e30f, 2f);
    DecodeReport report = decode(DecoderLimits.defaults(), ChannelMode.MIX, file);
    assertArrayEquals(new float[] {0, 0.5f, 0, 0, 2f}, blocks.channel(0));
    assertEquals(3, report.nonFiniteSamples());
  }

  @Test
  void resamplesEveryChannelToTheExactLength() throws DecodeException {
    float[] samples = new float[2 * 44_101];
    decode(DecoderLimits.defaults(), ChannelMode.SPLIT, floats(44_100, 2, samples));
    assertEquals(16_000, blocks.channel(0).length);
    assertEquals(16_000, blocks.channel(1).length);
    assertTrue(blocks.largestBlock() <= SampleSink.MAX_BLOCK);
  }

  @Test
  void enforcesEveryLimit() {
    byte[] file = floats(16_000, 2, new float[32_000]);
    DecoderLimits limits = DecoderLimits.defaults();
    assertEquals(FailureKind.LIMIT, failure(limits.withMaxSeconds(0.9), file).kind());
    assertEquals(FailureKind.LIMIT, failure(limits.withMaxBytes(1_000), file).kind());
    assertEquals(FailureKind.LIMIT, failure(limits.withMaxChannels(1), file).kind());
    assertEquals(FailureKind.LIMIT, failure(limits.withRates(16_001, 48_000), file).kind());
    assertEquals(FailureKind.LIMIT, failure(limits.withRates(8_000, 15_999), file).kind());
    Duration instant = Duration.ofNanos(1);
    assertEquals(FailureKind.TIMEOUT, failure(limits.withMaxWallTime(instant), file).kind());
  }

  @Test
  void reportsAChannelThatFails(@TempDir Path folder) throws IOException {
    SeekableByteChannel closed = Files.newByteChannel(folder.resolve("a.wav"), CREATE, WRITE);
    closed.close();
    AudioDecoder decoder = new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, 16_000);
    DecodeException thrown =
        assertThrows(DecodeException.class, () -> decoder.decode(closed, "", blocks));
    assertEquals(FailureKind.UNREADABLE, thrown.kind());
  }

  @Test
  void letsTheSinkStopDecoding() {
    DecodeException stop = new DecodeException(FailureKind.LIMIT, "Enough.");
    AudioDecoder decoder = new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, 16_000);
    SampleSink sink =
        new SampleSink() {
          @Override
          public void begin(int channels) {}

          @Override
          public void accept(int channel, float[] samples, int length) throws DecodeException {
            throw stop;
          }
        };
    ByteChannel file = new ByteChannel(floats(16_000, 1, 1f), 99);
    assertEquals(stop, assertThrows(DecodeException.class, () -> decoder.decode(file, "", sink)));
  }

  @Test
  void rejectsSettingsOutsideTheirRange() {
    DecoderLimits limits = DecoderLimits.defaults();
    assertThrows(IllegalArgumentException.class, () -> limits.withMaxSeconds(0));
    assertThrows(IllegalArgumentException.class, () -> limits.withMaxSeconds(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> limits.withMaxBytes(0));
    assertThrows(IllegalArgumentException.class, () -> limits.withMaxChannels(256));
    assertThrows(IllegalArgumentException.class, () -> limits.withRates(48_000, 8_000));
    assertThrows(IllegalArgumentException.class, () -> limits.withMaxWallTime(Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class, () -> new AudioDecoder(limits, ChannelMode.MIX, 999));
  }
}
