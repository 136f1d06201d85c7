package io.gemoclap.audio.pcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.WavBuilder;
import io.gemoclap.audio.container.ByteChannel;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.decode.DecoderIsolation;
import io.gemoclap.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamChoiceTest {
  @ParameterizedTest
  @ValueSource(strings = {"first", "loudest", "all", "1", "32"})
  void readsWhatItWrites(String text) {
    assertEquals(text, StreamChoice.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "last", "ALL", "1.5", "12345"})
  void rejectsAnythingElse(String text) {
    assertThrows(IllegalArgumentException.class, () -> StreamChoice.parse(text));
  }

  @Test
  void aFileWithOneStreamDoesNotHaveTheSecond() throws DecodeException {
    byte[] file = new WavBuilder().data(new byte[3_200]).build();
    AudioDecoder second =
        new AudioDecoder(
            DecoderLimits.defaults(),
            ChannelMode.MIX,
            16_000,
            DecoderIsolation.inProcess(),
            StreamChoice.number(2));
    DecodeException thrown =
        assertThrows(
            DecodeException.class,
            () -> second.decode(new ByteChannel(file, 1_000), "a.wav", new Blocks()));
    assertEquals(FailureKind.NO_AUDIO, thrown.kind());
    assertTrue(thrown.getMessage().contains("--stream=1"), thrown.getMessage());
  }
}
