package io.gemoclap.audio.pcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.decode.DecoderIsolation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings that were joined byte by byte, as Ogg allows and recorders do with other formats. */
final class ChainedFilesIT {
  private static final double TOLERANCE = 0.06;
  private static final double AUDIBLE = 0.01;

  private static Channels decode(byte[] file, ChannelMode mode)
      throws DecodeException, IOException {
    return Channels.decode(file, mode, StreamChoice.all(), DecoderIsolation.inProcess());
  }

  private static byte[] joined(String... names) throws IOException {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (String name : names) {
      joined.write(Channels.bytes("/encodings/" + name));
    }
    return joined.toByteArray();
  }

  /** Same codec with other channels, other rate, another codec; and no stream structure at all. */
  @ParameterizedTest
  @CsvSource({
    "opus_mono_16kbit.opus, opus_stereo.opus",
    "opus_stereo.opus, opus_mono_16kbit.opus",
    "opus_stereo.opus, opus_stereo.opus",
    "vorbis_44k_stereo.ogg, opus_mono_16kbit.opus",
    "ogg_flac_16k_stereo.oga, vorbis_44k_stereo.ogg",
    "speex_16k_mono.spx, ogg_flac_16k_stereo.oga",
    "mp3_mpeg2_16k_mono.mp3, mp3_cbr64_noxing_44k_stereo.mp3",
    "aac_44k_stereo.ts, aac_44k_stereo.ts"
  })
  void bothPartsAreDecoded(String first, String second) throws DecodeException, IOException {
    double one = decode(joined(first), ChannelMode.MIX).seconds(0);
    double two = decode(joined(second), ChannelMode.MIX).seconds(0);
    Channels both = decode(joined(first, second), ChannelMode.MIX);
    assertEquals(one + two, both.seconds(0), TOLERANCE, both.report().toString());
    assertTrue(both.level(0, 0.2, one - 0.2) > AUDIBLE);
    assertTrue(both.level(0, one + 0.2, one + two - 0.2) > AUDIBLE);
    assertFalse(both.report().truncated(), both.report().toString());
  }

  @Test
  void aChangeOfTheFormatIsNoted() throws DecodeException, IOException {
    byte[] file = joined("opus_mono_16kbit.opus", "opus_stereo.opus");
    assertTrue(decode(file, ChannelMode.MIX).noted(DecodeNote.FORMAT_CHANGES));
    byte[] same = joined("opus_stereo.opus", "opus_stereo.opus");
    assertFalse(decode(same, ChannelMode.MIX).noted(DecodeNote.FORMAT_CHANGES));
  }

  @Test
  void threeLinksFollowEachOther() throws DecodeException, IOException {
    String name = "opus_mono_16kbit.opus";
    double one = decode(joined(name), ChannelMode.MIX).seconds(0);
    Channels three = decode(joined(name, "vorbis_44k_stereo.ogg", name), ChannelMode.MIX);
    double vorbis = decode(joined("vorbis_44k_stereo.ogg"), ChannelMode.MIX).seconds(0);
    assertEquals(2 * one + vorbis, three.seconds(0), TOLERANCE);
  }

  /** Split channels are as many as at the beginning, and lose nothing that comes later. */
  @ParameterizedTest
  @CsvSource({
    "opus_mono_16kbit.opus, opus_stereo.opus, 1",
    "opus_stereo.opus, opus_mono_16kbit.opus, 2"
  })
  void splitChannelsAreThoseOfTheBeginning(String first, String second, int channels)
      throws DecodeException, IOException {
    double one = decode(joined(first), ChannelMode.MIX).seconds(0);
    Channels split = decode(joined(first, second), ChannelMode.SPLIT);
    assertEquals(channels, split.count());
    for (int channel = 0; channel < channels; channel++) {
      assertEquals(split.seconds(0), split.seconds(channel));
      assertTrue(split.level(channel, one + 0.2, one + 1.4) > AUDIBLE);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLinkThatIsDamagedIsNotedAndTheOthersAreDecoded(boolean damagedFirst)
      throws DecodeException, IOException {
    byte[] good = joined("opus_stereo.opus");
    byte[] damaged = joined("vorbis_44k_stereo.ogg");
    // The header packet of the codec, behind the header of the page.
    Arrays.fill(damaged, 28, 50, (byte) 'x');
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(damagedFirst ? damaged : good);
    both.write(damagedFirst ? good : damaged);
    Channels rest = decode(both.toByteArray(), ChannelMode.MIX);
    assertEquals(
        decode(good, ChannelMode.MIX).seconds(0),
        rest.seconds(0),
        TOLERANCE,
        rest.report().toString());
    assertTrue(rest.noted(DecodeNote.UNDECODED_STREAM), rest.report().toString());
    assertTrue(rest.report().truncated());
  }

  @Test
  void aChildProcessDecodesTheSame() throws DecodeException, IOException {
    byte[] file = joined("opus_mono_16kbit.opus", "vorbis_44k_stereo.ogg");
    Channels isolated =
        Channels.decode(file, ChannelMode.SPLIT, StreamChoice.all(), DecoderIsolation.isolated());
    assertEquals(decode(file, ChannelMode.SPLIT).report(), isolated.report());
  }
}
