package io.gemoclap.audio.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.EncodedBytes;
import io.gemoclap.audio.FlacFile;
import io.gemoclap.audio.WavBuilder;
import io.gemoclap.audio.pcm.Deadline;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.Sections;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files have sections, and where these can be decoded. */
final class SectionEntriesTest {
  private static final Sections SECTIONS = new Sections(30);
  private static final int RATE = 2_000;

  private static List<SectionEntry> entries(Magic magic, byte[] file)
      throws DecodeException, IOException {
    Deadline deadline = new Deadline(Duration.ofMinutes(1));
    return SectionEntries.of(magic, new ByteSource(EncodedBytes.of(file), deadline), SECTIONS);
  }

  private static short[] noise(int samples) {
    Random random = new Random(9);
    short[] noise = new short[samples];
    for (int i = 0; i < samples; i++) {
      noise[i] = (short) random.nextInt();
    }
    return noise;
  }

  private static byte[] changed(byte[] file, Consumer<byte[]> change) {
    byte[] copy = file.clone();
    change.accept(copy);
    return copy;
  }

  @Test
  void theLastSectionHasAMinuteOrMore() throws DecodeException, IOException {
    for (int seconds : new int[] {10, 89, 90, 119, 120, 180}) {
      int expected = seconds < 90 ? 0 : 1 + (seconds - 60) / 30;
      byte[] wav = new WavBuilder().rate(RATE).data(new byte[2 * RATE * seconds]).build();
      assertEquals(expected, entries(Magic.WAVE, wav).size(), seconds + " s of WAVE");
      byte[] flac = FlacFile.of(RATE, new short[RATE * seconds]);
      assertEquals(expected, entries(Magic.FLAC, flac).size(), seconds + " s of FLAC");
    }
  }

  @Test
  void waveSectionsBeginWithTheirWarmUp() throws DecodeException, IOException {
    byte[] wav = new WavBuilder().rate(RATE).data(new byte[2 * RATE * 130]).build();
    List<SectionEntry> entries = entries(Magic.WAVE, wav);
    assertEquals(
        List.of(0L, 20L * RATE, 50L * RATE), entries.stream().map(SectionEntry::sample).toList());
    assertEquals(List.of(3, 3, 3), entries.stream().map(SectionEntry::count).toList());
  }

  @Test
  void floatsHaveNoSections() throws DecodeException, IOException {
    byte[] wav =
        new WavBuilder().format(3, 32, 4).rate(RATE).data(new byte[4 * RATE * 200]).build();
    assertEquals(List.of(), entries(Magic.WAVE, wav));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6})
  void flacSectionsBeginWithTheFrameBeforeTheirWarmUp(int channels)
      throws DecodeException, IOException {
    short[][] planes = new short[channels][];
    Arrays.fill(planes, noise(RATE * 200));
    byte[] file = FlacFile.of(RATE, planes);
    List<SectionEntry> entries = entries(Magic.FLAC, file);
    assertEquals(5, entries.size());
    for (SectionEntry entry : entries.subList(1, 5)) {
      long target = (30L * entry.section() - Sections.WARM_UP - 3) * RATE;
      assertEquals(target / 4_096 * 4_096, entry.sample());
      assertArrayEquals(Arrays.copyOf(file, 42), entry.header());
      assertEquals((byte) 0xFF, file[(int) entry.position()]);
      assertEquals(Math.min(127, entry.sample() / 4_096), file[(int) entry.position() + 4]);
    }
  }

  @Test
  void aDamagedFlacFileHasNone() throws DecodeException, IOException {
    byte[] file = FlacFile.of(RATE, noise(RATE * 200));
    assertEquals(5, entries(Magic.FLAC, file).size());
    Random random = new Random(4);
    for (int i = 0; i < 200; i++) {
      int at = 42 + random.nextInt(file.length - 42);
      byte[] damaged = changed(file, copy -> copy[at] ^= (byte) (1 << random.nextInt(8)));
      assertEquals(List.of(), entries(Magic.FLAC, damaged), "byte " + at);
    }
    // Frames are missing in the middle, or at the end; there are other bytes at the end.
    int frame = 11 + 2 * 4_096;
    int second = 42 + frame;
    byte[] gap = Arrays.copyOf(file, file.length - frame);
    System.arraycopy(file, second + frame, gap, second, gap.length - second);
    assertEquals(List.of(), entries(Magic.FLAC, gap));
    assertEquals(List.of(), entries(Magic.FLAC, Arrays.copyOf(file, file.length - 5_000)));
    byte[] longer = Arrays.copyOf(file, file.length + 1);
    longer[file.length] = 1;
    assertEquals(List.of(), entries(Magic.FLAC, longer));
    byte[] unknown = changed(file, copy -> Arrays.fill(copy, 22, 26, (byte) 0));
    assertEquals(List.of(), entries(Magic.FLAC, unknown));
  }

  /** Silent frames of 32 kbit/s at 8 kHz, MPEG 2.5: 288 bytes for 72 ms. */
  private static byte[] mp3(int frames, boolean info) {
    int first = info ? 1 : 0;
    ByteBuffer file = ByteBuffer.allocate(288 * (frames + first));
    for (int i = 0; i < frames + first; i++) {
      file.putInt(288 * i, 0xFFE348C4);
    }
    if (info) {
      file.put(4 + 9, "Info".getBytes(StandardCharsets.US_ASCII));
      file.putInt(17, 3).putInt(21, frames).putInt(25, file.limit());
    }
    return file.array();
  }

  @Test
  void anMp3FileThatSaysThatItIsShortIsNotReadFurther() throws DecodeException, IOException {
    byte[] file = mp3(9_000, true);
    SeekableByteChannel channel = EncodedBytes.of(file);
    Deadline deadline = new Deadline(Duration.ofMinutes(1));
    assertEquals(
        List.of(),
        SectionEntries.of(Magic.MPEG_AUDIO, new ByteSource(channel, deadline), new Sections(600)));
    assertTrue(channel.position() < file.length / 2, "position " + channel.position());
  }

  @Test
  void mp3SectionsBeginWithTheFrameBeforeTheirWarmUp() throws DecodeException, IOException {
    for (boolean info : new boolean[] {false, true}) {
      List<SectionEntry> entries = entries(Magic.MPEG_AUDIO, mp3(2_000, info));
      assertEquals(3, entries.size());
      for (SectionEntry entry : entries.subList(1, 3)) {
        long frame = (30L * entry.section() - 13) * 8_000 / 576;
        assertEquals(frame * 576, entry.sample());
        assertEquals(288 * (frame + (info ? 1 : 0)), entry.position());
        assertEquals(info ? 288 : 0, entry.header().length);
        if (info) {
          ByteBuffer header = ByteBuffer.wrap(entry.header());
          assertEquals(2_000 - frame, header.getInt(21));
          assertEquals(288 * (2_001 - frame), header.getInt(25));
        }
      }
    }
  }

  @Test
  void anMp3FileThatDecodersMayReadOtherwiseHasNone() throws DecodeException, IOException {
    byte[] file = mp3(2_000, true);
    assertTrue(entries(Magic.MPEG_AUDIO, file).size() > 1);
    int frame = 288 * 1_000;
    List<byte[]> others =
        List.of(
            // No frame, another bit rate or rate, more channels, a reserved bit rate.
            changed(file, copy -> copy[frame] = 0),
            changed(file, copy -> copy[frame + 2] ^= 0x10),
            changed(file, copy -> copy[frame + 2] ^= 4),
            changed(file, copy -> copy[frame + 3] = 4),
            changed(file, copy -> copy[frame + 2] |= (byte) 0xF0),
            // Side information that no decoder takes: too many values, a reserved window.
            changed(file, copy -> Arrays.fill(copy, frame + 4, frame + 13, (byte) 0xFF)),
            changed(file, copy -> copy[frame + 4 + 5] = 1),
            // A wrong number of frames, a wrong size, bytes at the end, a missing end.
            changed(file, copy -> copy[24]++),
            changed(file, copy -> copy[26]++),
            Arrays.copyOf(file, file.length + 10),
            Arrays.copyOf(file, file.length - 10));
    for (int i = 0; i < others.size(); i++) {
      assertEquals(List.of(), entries(Magic.MPEG_AUDIO, others.get(i)), "case " + i);
    }
  }

  @Test
  void otherKindsHaveNone() throws DecodeException, IOException {
    for (Magic magic : Magic.values()) {
      if (magic != Magic.WAVE) {
        assertEquals(List.of(), entries(magic, new byte[100_000]), magic.toString());
      }
    }
  }
}
