package io.gemoclap.audio.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.primitives.Bytes;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.pcm.Blocks;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.failure.FailureKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file is, is decided by its content. */
final class MagicTest {
  private static byte[] bytes(String text) {
    return text.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] padded(String text) {
    byte[] bytes = bytes(text);
    byte[] padded = new byte[2_000];
    Arrays.fill(padded, (byte) 0x81);
    System.arraycopy(bytes, 0, padded, 0, bytes.length);
    return padded;
  }

  private static Magic magic(byte[] bytes) {
    return Magic.of(ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, Magic.BYTES)));
  }

  private static DecodeException failure(byte[] file) {
    AudioDecoder decoder = new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, 16_000);
    try {
      decoder.decode(new ByteChannel(file, 1_000), "recording.mp3", new Blocks());
      throw new AssertionError("decoded");
    } catch (DecodeException e) {
      return e;
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "RIFF....WAVE, WAVE",
        "RF64....WAVE, WAVE",
        "RIFF....AVI LIST, AVI",
        "RIFF....WEBP, UNKNOWN",
        "FORM....AIFC, AIFF",
        "FORM....8SVX, IFF",
        "FORM....ILBM, UNKNOWN",
        "FRM8........DSD\\40, DSDIFF",
        ".snd, AU",
        "caff, CAF",
        "fLaC, FLAC",
        "OggS, OGG",
        "FLV\\1, FLV",
        "MAC\\40, APE",
        "\\0\\0\\1\\272, MPEG_PS",
        "\\6\\16\\53\\64, MXF",
        "\\177\\376\\200\\1, DTS",
        "DTSHDHDR, DTS_HD",
        "MP+\\7, MUSEPACK",
        "MP+g, UNKNOWN",
        "\\0\\0\\0\\40ftypM4A, MP4",
        "was free of charge, UNKNOWN",
        "the free software, UNKNOWN",
        "\\377\\373\\220\\0, MPEG_AUDIO",
        "\\377\\361\\120\\200, MPEG_AUDIO"
      })
  void distinguishesContainers(String start, Magic magic) {
    assertEquals(magic, magic(padded(start)));
  }

  @Test
  void wantsSeveralPacketsOfATransportStream() {
    for (int packet : new int[] {188, 192, 204}) {
      byte[] stream = new byte[2_000];
      for (int at = packet == 192 ? 4 : 0; at < stream.length; at += packet) {
        stream[at] = 'G';
      }
      assertEquals(Magic.MPEG_TS, magic(stream), () -> "packets of " + packet);
      stream[packet * 3 + (packet == 192 ? 4 : 0)] = 'x';
      assertEquals(Magic.UNKNOWN, magic(stream), () -> "packets of " + packet);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PK\\3\\4|ZIP",
        "\\37\\213\\10|gzip",
        "Rar!|RAR",
        ".RMF|RealMedia",
        ".ra\\375|RealAudio",
        "ajkg|Shorten",
        "ADIF|ADIF",
        "MThd|MIDI",
        "RIFF....sfbk|sound font",
        "%PDF-1.4|PDF",
        "\\211PNG|PNG",
        "\\377\\330\\377\\340|JPEG",
        "GIF89a|GIF",
        "#EXTM3U|playlist (M3U)",
        "[playlist]|playlist (PLS)",
        "<ASX version|playlist (ASX)",
        "version https://git-lfs.github.com/spec/v1|git lfs pull",
        "<!DOCTYPE html>|web page",
        "\\0\\5\\26\\7|._name"
      })
  void namesForeignFilesAndTheRemedy(String start, String named) {
    byte[] file = padded(start);
    DecodeException thrown = failure(file);
    assertEquals(FailureKind.UNSUPPORTED, thrown.kind());
    assertTrue(thrown.getMessage().contains(named), thrown.getMessage());
    assertTrue(thrown.getMessage().endsWith("."), thrown.getMessage());
  }

  @Test
  void namesTarAndText() {
    byte[] tar = new byte[2_000];
    System.arraycopy(bytes("ustar"), 0, tar, 257, 5);
    tar[0] = 'a';
    assertTrue(failure(tar).getMessage().contains("tar archive"));
    assertTrue(failure(bytes("Gone ".repeat(300))).getMessage().contains("text"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ID3\\3\\0\\0\\0\\0\\0\\4abcd",
        "ID3\\3\\0\\0\\0\\0\\7\\177abcd",
        "ID3\\4\\0\\20\\0\\0\\0\\4abcd3DI\\4\\0\\20\\0\\0\\0\\4",
        "APETAGEX\\320\\7\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\200\\0\\0\\0\\0\\0\\0\\0\\0"
      })
  void reportsFilesWithOnlyTags(String tag) {
    DecodeException thrown = failure(bytes(tag));
    assertEquals(FailureKind.NO_AUDIO, thrown.kind());
    assertEquals("The file contains tags (ID3 or APE), but no recording.", thrown.getMessage());
    byte[] old = Arrays.copyOf(bytes("TAGTitle"), 128);
    assertEquals(FailureKind.NO_AUDIO, failure(Bytes.concat(bytes(tag), old)).kind());
    assertEquals(FailureKind.NO_AUDIO, failure(old).kind());
  }

  @Test
  void ignoresUnknownFiles() {
    assertEquals(Optional.empty(), ForeignKind.sentence(ByteBuffer.wrap(padded("\\1\\2\\3"))));
  }
}
