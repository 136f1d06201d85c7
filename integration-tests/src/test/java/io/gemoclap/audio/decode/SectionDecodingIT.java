package io.gemoclap.audio.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.EncodedBytes;
import io.gemoclap.audio.container.SectionEntry;
import io.gemoclap.audio.ffmpeg.FfmpegNatives;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.Collected;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.Sections;
import io.gemoclap.audio.pcm.StreamChoice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decoders that begin with a section give the same samples as those that begin with the file. */
final class SectionDecodingIT {
  private static final Sections SECTIONS = new Sections(15);

  @BeforeAll
  static void load() {
    FfmpegNatives.require();
  }

  private static AudioDecoder decoder(DecoderIsolation isolation, ChannelMode mode) {
    return new AudioDecoder(
        DecoderLimits.defaults(), mode, 16_000, isolation, StreamChoice.all(), true, SECTIONS);
  }

  /** Tones that change, over noise that does too, with an offset. */
  private static float[] sound(int rate, double seconds, int seed) {
    Random random = new Random(seed);
    float[] samples = new float[(int) (rate * seconds)];
    for (int i = 0; i < samples.length; i++) {
      double t = (double) i / rate;
      double tone = Math.sin(2 * Math.PI * (300 + 200 * Math.sin(t / 3)) * t);
      double envelope = Math.pow(Math.sin(2.3 * t), 2);
      samples[i] = (float) (0.02 + 0.4 * envelope * tone + 0.05 * envelope * random.nextGaussian());
    }
    return samples;
  }

  private static SeekableByteChannel open(byte[] file) {
    return EncodedBytes.of(file);
  }

  private static void assertSame(byte[] file, AudioDecoder decoder) throws DecodeException {
    Collected whole = new Collected();
    DecodeReport report = decoder.decode(open(file), "", whole);
    float[] samples = whole.samples();
    List<SectionEntry> entries = decoder.sections(open(file));
    assertTrue(entries.size() >= 3, entries.size() + " sections");
    DecodedPart joined = null;
    for (SectionEntry entry : entries) {
      Collected section = new Collected();
      DecodedPart part = decoder.decodeSection(open(file), "", entry, section, () -> false);
      int from = (int) SECTIONS.start(entry.section(), 16_000);
      assertArrayEquals(
          Arrays.copyOfRange(samples, from, samples.length),
          section.samples(),
          "section " + entry.section());
      joined = joined == null ? part : joined.then(part);
      if (entry.section() > 0) {
        assertTrue(entry.sample() > 0, "decoded from the start");
      }
    }
    assertEquals(report, joined.report());
  }

  @ParameterizedTest
  @CsvSource({
    // Rate, bits a second (or minus a quality), channels.
    "44100, 128000, 2",
    "24000, 8000, 1",
    "22050, -9, 1",
    "16000, 24000, 2"
  })
  void mp3(int rate, int bitRate, int channels) throws DecodeException {
    float[][] sounds = new float[channels][];
    for (int channel = 0; channel < channels; channel++) {
      sounds[channel] = sound(rate, 92, channel);
    }
    byte[] file = EncodedAudio.mp3(rate, bitRate, sounds);
    AudioDecoder decoder = decoder(DecoderIsolation.inProcess(), ChannelMode.MIX);
    assertSame(file, decoder);
    byte[] described = described(file, rate, 576, 1_105 - 529);
    assertSame(described, decoder);
    // Padding at both ends is cut off.
    Collected plain = new Collected();
    Collected cut = new Collected();
    decoder.decode(open(file), "", plain);
    decoder.decode(open(described), "", cut);
    assertTrue(cut.samples().length < plain.samples().length);
  }

  /** The file with a first frame that gives its frames, bytes, delay and padding, as LAME does. */
  private static byte[] described(byte[] file, int rate, int delay, int padding) {
    ByteBuffer head = ByteBuffer.wrap(file);
    boolean low = (head.get(1) & 8) == 0;
    boolean mono = (head.get(3) & 0xC0) == 0xC0;
    // The highest bit rate, so that there is room.
    head = ByteBuffer.allocate(2_000);
    head.put(0, file, 0, 4).put(2, (byte) (0xE0 | (file[2] & 0x0C)));
    int bytes = low ? 72 * 160_000 / rate : 144 * 320_000 / rate;
    int at = 4 + (low ? mono ? 9 : 17 : mono ? 17 : 32);
    head.put(at, "Info".getBytes(StandardCharsets.US_ASCII));
    head.putInt(at + 4, 3).putInt(at + 8, frames(file, rate)).putInt(at + 12, bytes + file.length);
    head.put(at + 16, "LAME3.100".getBytes(StandardCharsets.US_ASCII));
    head.putInt(at + 16 + 20, (delay << 12) | padding);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(head.array(), 0, bytes);
    all.writeBytes(file);
    return all.toByteArray();
  }

  private static int frames(byte[] file, int rate) {
    int[] low = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    int[] high = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    boolean isLow = (file[1] & 8) == 0;
    int frames = 0;
    for (int at = 0; at < file.length; frames++) {
      int index = (file[at + 2] >> 4) & 15;
      int bits = isLow ? 72_000 * low[index] : 144_000 * high[index];
      at += bits / rate + ((file[at + 2] >> 1) & 1);
    }
    return frames;
  }

  @Test
  void flacAndWave() throws DecodeException, IOException {
    float[] sound = sound(22_050, 92, 3);
    float[] turned = sound.clone();
    for (int i = turned.length / 2; i < turned.length; i++) {
      turned[i] = -turned[i];
    }
    for (ChannelMode mode : ChannelMode.values()) {
      AudioDecoder decoder = decoder(DecoderIsolation.inProcess(), mode);
      assertSame(EncodedAudio.flac(22_050, sound, turned), decoder);
      assertSame(EncodedAudio.wave(22_050, sound), decoder);
    }
  }

  @Test
  void inAChildProcess() throws DecodeException {
    try (AudioDecoder decoder = decoder(DecoderIsolation.isolated(), ChannelMode.MIX)) {
      assertSame(EncodedAudio.flac(8_000, sound(8_000, 92, 4)), decoder);
      assertSame(EncodedAudio.mp3(16_000, 24_000, sound(16_000, 92, 5)), decoder);
    }
  }

  @Test
  void aDecoderThatGivesOtherSamplesFirstBeginsWithTheFile() throws DecodeException {
    byte[] file = EncodedAudio.flac(8_000, sound(8_000, 92, 6));
    AudioDecoder decoder = decoder(DecoderIsolation.inProcess(), ChannelMode.MIX);
    Collected whole = new Collected();
    decoder.decode(open(file), "", whole);
    SectionEntry entry = decoder.sections(open(file)).get(2);
    // Frames of another place precede those of the section.
    SectionEntry other = decoder.sections(open(file)).get(1);
    byte[] header = Arrays.copyOf(file, 42 + 20_000);
    System.arraycopy(file, (int) other.position(), header, 42, 20_000);
    SectionEntry wrong =
        new SectionEntry(2, entry.count(), entry.sample(), entry.position(), header);
    Collected section = new Collected();
    decoder.decodeSection(open(file), "", wrong, section, () -> false);
    float[] all = whole.samples();
    int from = (int) SECTIONS.start(2, 16_000);
    assertArrayEquals(Arrays.copyOfRange(all, from, all.length), section.samples());
  }

  @Test
  void decodingEndsWithTheSection() throws DecodeException {
    for (byte[] file :
        List.of(
            EncodedAudio.flac(8_000, sound(8_000, 300, 7)),
            EncodedAudio.wave(8_000, sound(8_000, 300, 7)),
            EncodedAudio.mp3(8_000, 16_000, sound(8_000, 300, 7)))) {
      AudioDecoder decoder = decoder(DecoderIsolation.inProcess(), ChannelMode.MIX);
      SectionEntry entry = decoder.sections(open(file)).get(1);
      Collected section = new Collected();
      DecodedPart part =
          decoder.decodeSection(
              open(file), "", entry, section, () -> section.samples().length > 40 * 16_000);
      int seconds = section.samples().length / 16_000;
      assertTrue(seconds >= 40 && seconds < 100, seconds + " s");
      assertEquals(0, part.summary().badPackets());
    }
  }
}
