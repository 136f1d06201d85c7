package io.gemoclap.audio.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.EncodedBytes;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.Collected;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that try to make FFmpeg do more than decode them, and files in unkind surroundings. */
final class UntrustedFilesIT {
  private static byte[] encoding(String name) throws IOException, URISyntaxException {
    return Files.readAllBytes(
        Path.of(UntrustedFilesIT.class.getResource("/encodings/" + name).toURI()));
  }

  private static Collected decode(DecoderLimits limits, String name, byte[] bytes)
      throws DecodeException {
    Collected collected = new Collected();
    AudioDecoder decoder = new AudioDecoder(limits, ChannelMode.MIX, 16_000);
    collected.report = decoder.decode(EncodedBytes.of(bytes), name, collected);
    return collected;
  }

  private static Collected decode(String name, byte[] bytes) throws DecodeException {
    return decode(DecoderLimits.defaults(), name, bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "a.m3u8, '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n%s\n#EXT-X-ENDLIST\n'",
    "a.ffconcat, 'ffconcat version 1.0\nfile %s\n'",
    "a.sdp, 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 9 RTP/AVP 0\n'",
    "a.mpd, '<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"/>'"
  })
  void neverOpensFilesOfAPlaylist(String name, String text) throws IOException, URISyntaxException {
    Path secret = Path.of(getClass().getResource("/encodings/wav_s16_8k_mono.wav").toURI());
    byte[] bytes = text.replace("%s", secret.toString()).getBytes(StandardCharsets.UTF_8);
    DecodeException thrown = assertThrows(DecodeException.class, () -> decode(name, bytes));
    assertEquals(FailureKind.UNSUPPORTED, thrown.kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3", "aac", "ac3", "wav", "m4a", "ts", "amr", "flac", "ogg"})
  void takesNoTextForSound(String suffix) {
    byte[] text = "Nothing in here can be heard.\n".repeat(300).getBytes(StandardCharsets.UTF_8);
    DecodeException thrown =
        assertThrows(DecodeException.class, () -> decode("notes." + suffix, text));
    assertTrue(
        Set.of(FailureKind.UNSUPPORTED, FailureKind.CORRUPT).contains(thrown.kind()),
        thrown.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mp3_cbr64_44k_stereo.mp3",
        "mp3_cbr64_noxing_44k_stereo.mp3",
        "mp2_44k_stereo.mp2"
      })
  void isNotDisturbedByATagAtTheEnd(String name)
      throws IOException, URISyntaxException, DecodeException {
    byte[] file = encoding(name);
    byte[] tagged = Arrays.copyOf(file, file.length + 128);
    tagged[file.length] = 'T';
    tagged[file.length + 1] = 'A';
    tagged[file.length + 2] = 'G';
    Collected wanted = decode(name, file);
    Collected got = decode(name, tagged);
    assertEquals(wanted.samples().length, got.samples().length);
    assertFalse(got.report.truncated(), got.report.toString());
  }

  @Test
  void enforcesLimitsOnFfmpeg() throws IOException, URISyntaxException {
    byte[] file = encoding("mp3_cbr64_44k_stereo.mp3");
    DecoderLimits limits = DecoderLimits.defaults();
    assertEquals(FailureKind.LIMIT, failure(limits.withMaxSeconds(1), file));
    assertEquals(FailureKind.LIMIT, failure(limits.withMaxChannels(1), file));
    assertEquals(FailureKind.LIMIT, failure(limits.withRates(8_000, 16_000), file));
    assertEquals(FailureKind.TIMEOUT, failure(limits.withMaxWallTime(Duration.ofNanos(1)), file));
  }

  private static FailureKind failure(DecoderLimits limits, byte[] file) {
    return assertThrows(DecodeException.class, () -> decode(limits, "a.mp3", file)).kind();
  }

  @Test
  void decodesTheSameOnManyThreads()
      throws IOException,
          URISyntaxException,
          InterruptedException,
          ExecutionException,
          DecodeException {
    byte[] file = encoding("opus_stereo.opus");
    float[] wanted = decode("a.opus", file).samples();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> results = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        results.add(threads.submit(() -> decode("a.opus", file).samples()));
      }
      for (Future<float[]> result : results) {
        assertTrue(Arrays.equals(wanted, result.get()));
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
