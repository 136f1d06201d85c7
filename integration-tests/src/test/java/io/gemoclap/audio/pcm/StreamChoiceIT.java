package io.gemoclap.audio.pcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.decode.DecoderIsolation;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files with several audio streams; {@code oracle/make-media-files.sh} wrote them. */
final class StreamChoiceIT {
  private static final double AUDIBLE = 0.002;

  private static Channels mixed(String name, String choice) throws DecodeException, IOException {
    return Channels.decode("/media/" + name, ChannelMode.MIX, StreamChoice.parse(choice));
  }

  /** Which streams of a file can be heard when all are decoded. */
  @ParameterizedTest
  @CsvSource({
    "silence_then_speech.mp4, false, true",
    "speech_then_silence.mp4, true, false",
    "quiet_then_loud.mka, true, true"
  })
  void allStreamsAreChannelsOfTheirOwn(String name, boolean first, boolean second)
      throws DecodeException, IOException {
    Channels all = mixed(name, "all");
    assertEquals(2, all.count());
    assertEquals(2, all.report().outputChannels());
    assertEquals(first, all.level(0) > AUDIBLE);
    assertEquals(second, all.level(1) > AUDIBLE);
    assertTrue(all.noted(DecodeNote.SEVERAL_STREAMS));
    assertFalse(all.noted(DecodeNote.OTHER_STREAMS));
    assertEquals(!first || !second, all.noted(DecodeNote.SILENT_CHANNELS));
    assertFalse(all.report().truncated());
  }

  /** Level of the stream that each choice takes. */
  @ParameterizedTest
  @CsvSource({
    "silence_then_speech.mp4, first, false",
    "silence_then_speech.mp4, loudest, true",
    "silence_then_speech.mp4, 1, false",
    "silence_then_speech.mp4, 2, true",
    "speech_then_silence.mp4, first, true",
    "speech_then_silence.mp4, loudest, true",
    "speech_then_silence.mp4, 2, false"
  })
  void oneStreamIsTakenAndTheOthersAreNoted(String name, String choice, boolean audible)
      throws DecodeException, IOException {
    Channels one = mixed(name, choice);
    assertEquals(1, one.count());
    assertEquals(audible, one.level(0) > AUDIBLE);
    assertEquals(!audible, one.noted(DecodeNote.SILENCE));
    assertTrue(one.noted(DecodeNote.OTHER_STREAMS));
  }

  @Test
  void theLoudestStreamIsTheOneWithTheMostEnergy() throws DecodeException, IOException {
    Channels all = mixed("quiet_then_loud.mka", "all");
    Channels loudest = mixed("quiet_then_loud.mka", "loudest");
    assertEquals(all.level(1), loudest.level(0), 1e-6);
    assertTrue(all.level(1) > 2 * all.level(0));
  }

  @Test
  void splitChannelsAreNumberedOneStreamAfterTheOther() throws DecodeException, IOException {
    Channels split =
        Channels.decode("/media/mono_then_stereo.mka", ChannelMode.SPLIT, StreamChoice.all());
    assertEquals(3, split.count());
    assertEquals(3, split.report().channels());
    for (int channel = 0; channel < 3; channel++) {
      assertEquals(0.6, split.seconds(channel), 0.01);
      assertTrue(split.level(channel) > AUDIBLE);
    }
  }

  @ParameterizedTest
  @CsvSource({"all", "first", "loudest"})
  void aStreamThatCannotBeDecodedIsLeftOutWithANote(String choice)
      throws DecodeException, IOException {
    Channels rest = mixed("unknown_then_speech.mka", choice);
    assertEquals(1, rest.count());
    assertTrue(rest.level(0) > AUDIBLE);
    assertEquals(!choice.equals("loudest"), rest.noted(DecodeNote.UNDECODED_STREAM));
  }

  @Test
  void aStreamThatWasAskedForByNumberMustBeDecoded() {
    DecodeException thrown =
        assertThrows(DecodeException.class, () -> mixed("unknown_then_speech.mka", "1"));
    assertEquals(FailureKind.UNSUPPORTED, thrown.kind());
  }

  @Test
  void aNumberBeyondTheStreamsFailsWithARemedy() {
    DecodeException thrown =
        assertThrows(DecodeException.class, () -> mixed("silence_then_speech.mp4", "3"));
    assertEquals(FailureKind.NO_AUDIO, thrown.kind());
    assertTrue(thrown.getMessage().contains("use --stream=1 to 2"), thrown.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"all", "first", "loudest", "2"})
  void aChildProcessDecodesTheSame(String choice) throws DecodeException, IOException {
    byte[] file = Channels.bytes("/media/silence_then_speech.mp4");
    StreamChoice stream = StreamChoice.parse(choice);
    Channels isolated = Channels.decode(file, ChannelMode.MIX, stream, DecoderIsolation.isolated());
    Channels here = Channels.decode(file, ChannelMode.MIX, stream, DecoderIsolation.inProcess());
    assertEquals(here.report(), isolated.report());
    assertEquals(here.level(0), isolated.level(0));
  }
}
