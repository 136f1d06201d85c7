package io.gemoclap.audio.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.WavBuilder;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.pcm.Blocks;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.Deadline;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.failure.FailureKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WavReaderTest {
  private static final float[] WANTED = {0f, 0.5f, -0.5f, -1f};
  private static final short[] PCM16 = {0, 1 << 14, -(1 << 14), Short.MIN_VALUE};

  private final Blocks blocks = new Blocks();

  private DecodeReport decode(byte[] file) throws DecodeException {
    AudioDecoder decoder =
        AudioDecoder.unfiltered(DecoderLimits.defaults(), ChannelMode.SPLIT, 16_000);
    return decoder.decode(new ByteChannel(file, 7), "", blocks);
  }

  private static WavBuilder pcm16(String magic) {
    WavBuilder wav = new WavBuilder().magic(magic);
    ByteBuffer samples = wav.samples(8);
    for (short sample : PCM16) {
      samples.putShort(sample);
    }
    return wav.data(samples);
  }

  private FailureKind failure(byte[] file) {
    return assertThrows(DecodeException.class, () -> decode(file)).kind();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RIFF", "RIFX"})
  void readsSixteenBits(String magic) throws DecodeException {
    DecodeReport report = decode(pcm16(magic).build());
    assertArrayEquals(WANTED, blocks.channel(0));
    assertEquals(4 / 16_000.0, report.declaredSeconds());
    assertEquals(magic.equals("RIFX") ? "pcm_s16be" : "pcm_s16le", report.codec());
    assertFalse(report.truncated());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RIFF", "RIFX"})
  void readsTwentyFourBits(String magic) throws DecodeException {
    WavBuilder wav = new WavBuilder().magic(magic).format(1, 24, 3);
    byte[] big = {0, 0, 0, 0x40, 0, 0, (byte) 0xC0, 0, 0, (byte) 0x80, 0, 0};
    byte[] little = {0, 0, 0, 0, 0, 0x40, 0, 0, (byte) 0xC0, 0, 0, (byte) 0x80};
    decode(wav.data(magic.equals("RIFX") ? big : little).build());
    assertArrayEquals(WANTED, blocks.channel(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RIFF", "RIFX"})
  void readsFourByteContainersOfTwentyFourAndThirtyTwoBits(String magic) throws DecodeException {
    WavBuilder wav = new WavBuilder().magic(magic);
    ByteBuffer samples = wav.samples(16);
    samples.putInt(0).putInt(1 << 30).putInt(-(1 << 30)).putInt(Integer.MIN_VALUE);
    for (int bits : new int[] {24, 32}) {
      Blocks each = new Blocks();
      byte[] file = wav.format(1, bits, 4).data(samples).build();
      AudioDecoder.unfiltered(DecoderLimits.defaults(), ChannelMode.MIX, 16_000)
          .decode(new ByteChannel(file, 1_000), "", each);
      assertArrayEquals(WANTED, each.channel(0));
    }
  }

  @Test
  void readsExtensibleHeaders() throws DecodeException {
    WavBuilder wav = new WavBuilder().format(1, 32, 4).extensible(24);
    ByteBuffer samples = wav.samples(16);
    samples.putInt(0).putInt(1 << 30).putInt(-(1 << 30)).putInt(Integer.MIN_VALUE);
    decode(wav.data(samples).build());
    assertArrayEquals(WANTED, blocks.channel(0));
  }

  @Test
  void readsEightBitsAsUnsigned() throws DecodeException {
    byte[] samples = {(byte) 128, (byte) 192, 64, 0};
    decode(new WavBuilder().format(1, 8, 1).data(samples).build());
    assertArrayEquals(WANTED, blocks.channel(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RIFF", "RIFX"})
  void readsFloatsOfBothWidths(String magic) throws DecodeException {
    WavBuilder wav = new WavBuilder().magic(magic).format(3, 64, 8);
    ByteBuffer wide = wav.samples(32);
    WavBuilder narrow = new WavBuilder().magic(magic).format(3, 32, 4);
    ByteBuffer samples = narrow.samples(16);
    for (float wanted : WANTED) {
      wide.putDouble(wanted);
      samples.putFloat(wanted);
    }
    decode(wav.data(wide).build());
    assertArrayEquals(WANTED, blocks.channel(0));
    Blocks second = new Blocks();
    AudioDecoder.unfiltered(DecoderLimits.defaults(), ChannelMode.MIX, 16_000)
        .decode(new ByteChannel(narrow.data(samples).build(), 1_000), "", second);
    assertArrayEquals(WANTED, second.channel(0));
  }

  @Test
  void readsTelephoneCodesAsG711Defines() throws DecodeException {
    byte[] codes = {(byte) 0xFF, (byte) 0x80, 0x00, (byte) 0xF0};
    decode(new WavBuilder().format(7, 8, 1).data(codes).build());
    assertArrayEquals(new float[] {0, 8031 / 8192f, -8031 / 8192f, 30 / 8192f}, blocks.channel(0));
    Blocks second = new Blocks();
    byte[] alaw = {(byte) 0xD5, (byte) 0xAA, 0x2A, 0x55};
    AudioDecoder.unfiltered(DecoderLimits.defaults(), ChannelMode.MIX, 16_000)
        .decode(
            new ByteChannel(new WavBuilder().format(6, 8, 1).data(alaw).build(), 1_000),
            "",
            second);
    assertArrayEquals(
        new float[] {1 / 4096f, 4032 / 4096f, -4032 / 4096f, -1 / 4096f}, second.channel(0));
  }

  @Test
  void skipsChunksOfOddSize() throws DecodeException {
    decode(pcm16("RIFF").chunk("LIST", new byte[] {1, 2, 3}).build());
    assertArrayEquals(WANTED, blocks.channel(0));
  }

  @Test
  void takesTheSizeOfLongFilesFromTheirOwnChunk() throws DecodeException {
    byte[] sizes = new byte[28];
    sizes[8] = 6;
    byte[] file = pcm16("RF64").chunk("ds64", sizes).promise(0xFFFFFFFFL, 0xFFFFFFFFL).build();
    decode(file);
    assertArrayEquals(Arrays.copyOf(WANTED, 3), blocks.channel(0));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0xFFFFFFFFL, 0x7FFFF000L})
  void readsStreamsOfUnknownSizeToTheirEnd(long promised) throws DecodeException {
    DecodeReport report = decode(pcm16("RIFF").promise(promised, promised).build());
    assertArrayEquals(WANTED, blocks.channel(0));
    assertFalse(report.truncated());
  }

  @Test
  void reportsDataTruncatedAtAnOddByte() throws DecodeException {
    byte[] file = pcm16("RIFF").build();
    DecodeReport report = decode(Arrays.copyOf(file, file.length - 3));
    assertArrayEquals(Arrays.copyOf(WANTED, 2), blocks.channel(0));
    assertTrue(report.truncated());
    assertEquals(4 / 16_000.0, report.declaredSeconds());
  }

  @Test
  void findsNoAudioInAFileWithoutSamples() {
    assertEquals(FailureKind.NO_AUDIO, failure(new WavBuilder().build()));
    byte[] trailing = new WavBuilder().data("LISTxxxx".getBytes(StandardCharsets.US_ASCII)).build();
    trailing[40] = 0;
    assertEquals(FailureKind.NO_AUDIO, failure(trailing));
    assertEquals(FailureKind.NO_AUDIO, failure(new byte[0]));
  }

  @Test
  void findsHeadersThatAreCutOffOrContradictory() {
    byte[] file = pcm16("RIFF").build();
    for (int length = 12; length < 44; length++) {
      assertEquals(FailureKind.CORRUPT, failure(Arrays.copyOf(file, length)), "cut at " + length);
    }
    assertEquals(FailureKind.CORRUPT, failure(pcm16("RIFF").channels(0).build()));
    assertEquals(FailureKind.CORRUPT, failure(pcm16("RIFF").rate(0).build()));
  }

  @Test
  void leavesUnknownCodecsToOthers() throws Exception {
    ByteSource gsm =
        new ByteSource(
            new ByteChannel(new WavBuilder().format(49, 0, 65).data(new byte[65]).build(), 99),
            new Deadline(DecoderLimits.defaults().maxWallTime()));
    assertTrue(WavReader.open(gsm).isEmpty());
  }
}
