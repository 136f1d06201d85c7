package io.gemoclap.audio.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gemoclap.audio.EncodedBytes;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.Collected;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.audio.pcm.DecoderLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Formats without a free encoder, from files made by hand. */
final class HandmadeEncodingsIT {
  private final Collected samples = new Collected();

  private DecodeReport decode(byte[] file) throws DecodeException {
    return new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, 16_000)
        .decode(EncodedBytes.of(file), "", samples);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 2_000, 3_000, 4_000, 5_000})
  void readsSilenceFromEveryLevelOfMonkeysAudio(int level) throws DecodeException {
    DecodeReport report = decode(ApeFile.silence(level, 2));
    assertEquals("ape", report.container());
    assertEquals("ape", report.codec());
    assertEquals(2, report.channels());
    assertFalse(report.truncated());
    assertArrayEquals(new float[2 * ApeFile.BLOCKS], samples.samples());
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 2_000, 3_000, 4_000, 5_000})
  void readsAllSamplesFromEveryLevelOfMonkeysAudio(int level) throws DecodeException {
    DecodeReport report = decode(ApeFile.noise(level, 2, 3));
    assertEquals(0, report.badPackets());
    assertEquals(2 * ApeFile.BLOCKS, samples.samples().length);
  }

  @Test
  void readsDsdAtItsLevel() throws DecodeException {
    DecodeReport report = decode(DsdiffFile.sine(441, 0.5, 0.1));
    assertEquals("iff", report.container());
    assertEquals(0.1, report.decodedSeconds(), 1e-3);
    assertFalse(report.truncated());
    float[] found = samples.samples();
    double energy = 0;
    for (int i = 400; i < 1_200; i++) {
      energy += found[i] * found[i];
    }
    assertEquals(0.5 / Math.sqrt(2), Math.sqrt(energy / 800), 0.01);
  }
}
