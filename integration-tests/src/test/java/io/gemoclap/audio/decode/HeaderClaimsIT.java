package io.gemoclap.audio.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.EncodedBytes;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.Collected;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes and scales that headers claim wrongly, in the formats that FFmpeg reads. */
final class HeaderClaimsIT {
  private static byte[] encoding(String name) throws IOException {
    try (InputStream in = HeaderClaimsIT.class.getResourceAsStream("/encodings/" + name)) {
      return in.readAllBytes();
    }
  }

  private static Collected decode(byte[] file) throws DecodeException {
    Collected collected = new Collected();
    collected.report =
        new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, 16_000)
            .decode(EncodedBytes.of(file), "", collected);
    return collected;
  }

  /** Position of the first byte after a text. */
  private static int after(byte[] file, String text) {
    String latin = new String(file, StandardCharsets.ISO_8859_1);
    return latin.indexOf(text) + text.length();
  }

  /**
   * One size is wrong and the rest of the header right: a file, the text in front of the size, what
   * lies between, the width of the size, its value.
   */
  @ParameterizedTest
  @CsvSource({
    "au_s16_8k_stereo.au, .snd, 4, 4, -1",
    "au_s16_8k_stereo.au, .snd, 4, 4, 0",
    "caf_s16_8k_stereo.caf, data, 0, 8, -1",
    "caf_s16_8k_stereo.caf, data, 0, 8, 0",
    "aiff_s16_8k_stereo.aiff, FORM, 0, 4, 0",
    "aiff_s16_8k_stereo.aiff, COMM, 6, 4, 0",
    "aiff_s16_8k_stereo.aiff, SSND, 0, 4, 0",
    "aiff_s16_8k_stereo.aiff, SSND, 0, 4, -1",
    "w64_s16_8k_stereo.w64, riff, 12, 8, 0",
    "w64_s16_8k_stereo.w64, data, 12, 8, 0",
    "w64_s16_8k_stereo.w64, data, 12, 8, -1",
    "wav_ima_adpcm_16k_stereo.wav, data, 0, 4, 0",
    "wav_ima_adpcm_16k_stereo.wav, data, 0, 4, -1"
  })
  void readsAllSamplesThatAreThere(String name, String before, int skipped, int width, long size)
      throws IOException, DecodeException {
    byte[] file = encoding(name);
    Collected wanted = decode(file);
    int at = after(file, before) + skipped;
    Arrays.fill(file, at, at + width, (byte) size);
    Collected found = decode(file);
    assertArrayEquals(wanted.samples(), found.samples());
    assertFalse(found.report.truncated());
  }

  /**
   * A recorder that was killed: the sizes of the file and of its samples are those of its start.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1_000})
  void readsAllSamplesOfAnAiffFileThatWasNotFinished(int bytes)
      throws IOException, DecodeException {
    byte[] file = encoding("aiff_s16_8k_stereo.aiff");
    Collected wanted = decode(file);
    int samples = after(file, "SSND");
    ByteBuffer.wrap(file).putInt(4, samples + 4 + bytes).putInt(samples, 8 + bytes);
    assertUnfinished(wanted, decode(file));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_000})
  void readsAllSamplesOfAWave64FileThatWasNotFinished(int bytes)
      throws IOException, DecodeException {
    byte[] file = encoding("w64_s16_8k_stereo.w64");
    Collected wanted = decode(file);
    int samples = after(file, "data") + 12;
    ByteBuffer.wrap(file)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(16, samples + 8 + bytes)
        .putLong(samples, 24 + bytes);
    assertUnfinished(wanted, decode(file));
  }

  private static void assertUnfinished(Collected wanted, Collected found) {
    assertArrayEquals(wanted.samples(), found.samples());
    assertTrue(found.report.truncated(), found.report.toString());
    assertTrue(found.report.notes().contains("size_too_small"), found.report.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aiff_s16_8k_stereo.aiff",
        "au_s16_8k_stereo.au",
        "caf_s16_8k_stereo.caf",
        "w64_s16_8k_stereo.w64",
        "flac_s16_44k_stereo.flac",
        "alac_16k_stereo.m4a"
      })
  void isTruncatedOnlyWhereDeclaredSamplesAreMissing(String name)
      throws IOException, DecodeException {
    byte[] file = encoding(name);
    Collected wanted = decode(file);
    for (int behind : new int[] {0xFF, 0}) {
      byte[] padded = Arrays.copyOf(file, file.length + 3_000);
      Arrays.fill(padded, file.length, padded.length, (byte) behind);
      Collected found = decode(padded);
      assertFalse(found.report.truncated(), () -> "behind it: " + behind);
      assertArrayEquals(wanted.samples(), found.samples(), () -> "behind it: " + behind);
    }
    if (!name.endsWith(".m4a")) {
      assertTrue(decode(Arrays.copyOf(file, file.length - file.length / 5)).report.truncated());
    }
  }

  @Test
  void bringsFloatsOfOtherContainersToFullScaleOne() throws IOException, DecodeException {
    byte[] file = encoding("aifc_fl32_8k_mono.aifc");
    Collected wanted = decode(file);
    ByteBuffer samples = ByteBuffer.wrap(file);
    for (int at = after(file, "SSND") + 12; at + 4 <= file.length; at += 4) {
      samples.putFloat(at, samples.getFloat(at) * 32_768);
    }
    assertArrayEquals(wanted.samples(), decode(file).samples());
  }

  @Test
  void bringsFloatsOfAuFilesToFullScaleOne() throws DecodeException {
    assertArrayEquals(decode(au(1.0 / 32_768)).samples(), decode(au(1)).samples());
  }

  /** A second of whole numbers up to 8,000, times a factor, as 64-bit floats. */
  private static byte[] au(double factor) {
    ByteBuffer file = ByteBuffer.allocate(24 + 8 * 16_000);
    file.put(".snd".getBytes(StandardCharsets.US_ASCII)).putInt(24).putInt(-1);
    file.putInt(7).putInt(16_000).putInt(1);
    for (int i = 0; i < 16_000; i++) {
      file.putDouble(Math.rint(8_000 * Math.sin(i * 0.1)) * factor);
    }
    return file.array();
  }
}
