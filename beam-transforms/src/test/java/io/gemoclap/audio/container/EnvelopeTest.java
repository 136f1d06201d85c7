package io.gemoclap.audio.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.common.primitives.Bytes;
import io.gemoclap.audio.WavBuilder;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.pcm.Blocks;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.Deadline;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the recording is among tags and other bytes. */
final class EnvelopeTest {
  private static final byte[] WAV = wav();

  private static byte[] wav() {
    WavBuilder wav = new WavBuilder();
    ByteBuffer samples = wav.samples(20_000);
    for (int i = 0; i < 10_000; i++) {
      samples.putShort((short) (i * 7_919));
    }
    return wav.data(samples).build();
  }

  private static Envelope envelope(byte[] file) throws DecodeException, IOException {
    return Envelope.of(
        new ByteSource(
            new ByteChannel(file, 1_000), new Deadline(DecoderLimits.defaults().maxWallTime())));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** An ID3v2 tag whose size has so many bits in each byte. */
  private static byte[] id3(int body, int bits) {
    byte[] tag = Arrays.copyOf(ascii("ID3"), 10 + body);
    tag[3] = 3;
    for (int i = 0; i < 4; i++) {
      tag[9 - i] = (byte) ((body >> (bits * i)) & ((1 << bits) - 1));
    }
    return tag;
  }

  @ParameterizedTest
  @CsvSource({"4, 7", "1024, 7", "100000, 7", "1024, 8", "100000, 8"})
  void beginsAfterATagWithAnySizeEncoding(int body, int bits) throws DecodeException, IOException {
    Envelope found = envelope(Bytes.concat(id3(body, bits), WAV));
    assertEquals(10 + body, found.start());
    assertEquals(Magic.WAVE, found.magic());
    assertEquals(Set.of("tag_before_header"), found.notes());
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "5000, 0", "77, 65", "128, 200", "60000, 129"})
  void beginsAfterZerosAndUnknownBytes(int length, int value) throws DecodeException, IOException {
    byte[] junk = new byte[length];
    Arrays.fill(junk, (byte) value);
    junk[0] = (byte) (value == 65 ? 0x81 : value);
    Envelope found = envelope(Bytes.concat(junk, WAV));
    assertEquals(length, found.start());
    assertEquals(Magic.WAVE, found.magic());
    assertEquals(Set.of("bytes_before_header"), found.notes());
  }

  @Test
  void doesNotTakeARecordingOutOfAnArchive() throws DecodeException, IOException {
    byte[] head = new byte[512];
    System.arraycopy(ascii("a.wav"), 0, head, 0, 5);
    System.arraycopy(ascii("ustar"), 0, head, 257, 5);
    assertEquals(Magic.UNKNOWN, envelope(Bytes.concat(head, WAV)).magic());
    byte[] zip = Arrays.copyOf(new byte[] {'P', 'K', 3, 4}, 60);
    assertEquals(Magic.UNKNOWN, envelope(Bytes.concat(zip, WAV)).magic());
  }

  @Test
  void endsInFrontOfTags() throws DecodeException, IOException {
    byte[] old = Arrays.copyOf(ascii("TAGTitle"), 128);
    byte[] extended = Arrays.copyOf(ascii("TAG+Title"), 227);
    assertEquals(WAV.length, envelope(Bytes.concat(WAV, old)).end());
    assertEquals(WAV.length, envelope(Bytes.concat(WAV, extended, old)).end());
    assertEquals(WAV.length, envelope(WAV).end());
  }

  @Test
  void decodesTheRecordingAlone() throws DecodeException {
    byte[] file = Bytes.concat(id3(1_024, 7), WAV, Arrays.copyOf(ascii("TAGTitle"), 128));
    AudioDecoder decoder = new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, 16_000);
    Blocks wanted = new Blocks();
    decoder.decode(new ByteChannel(WAV, 1_000), "", wanted);
    Blocks found = new Blocks();
    assertFalse(decoder.decode(new ByteChannel(file, 1_000), "", found).truncated());
    assertArrayEquals(wanted.channel(0), found.channel(0));
  }
}
