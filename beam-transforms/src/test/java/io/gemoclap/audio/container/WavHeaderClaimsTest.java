package io.gemoclap.audio.container;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.primitives.Bytes;
import io.gemoclap.audio.WavBuilder;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.pcm.Blocks;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.Deadline;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SizeClaim.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A size in a header is a claim, which is believed as far as the file confirms it. */
final class WavHeaderClaimsTest {
  private static final int SAMPLES = 10_000;
  private static final int BYTES = 2 * SAMPLES;
  private static final int HEADER = 44;
  private static final long WRAP = 1L << 32;

  private final Blocks blocks = new Blocks();

  private static WavBuilder wav() {
    WavBuilder wav = new WavBuilder();
    ByteBuffer samples = wav.samples(BYTES);
    for (int i = 0; i < SAMPLES; i++) {
      samples.putShort((short) (i * 7_919));
    }
    return wav.data(samples);
  }

  private DecodeReport decode(byte[] file) throws DecodeException {
    return new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, 16_000)
        .decode(new ByteChannel(file, 1_000), "", blocks);
  }

  private static WavHeader header(byte[] file) throws DecodeException, IOException {
    return WavHeader.parse(
        new ByteSource(
            new ByteChannel(file, 1_000), new Deadline(DecoderLimits.defaults().maxWallTime())));
  }

  private static byte[] chunk(String name, int claimed, int length) {
    ByteBuffer chunk = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
    chunk.put(name.getBytes(StandardCharsets.US_ASCII)).putInt(claimed);
    return chunk.array();
  }

  /** Sizes of the samples and of the whole file, and what is right. */
  @ParameterizedTest
  @CsvSource({
    // A recorder that was killed, with its first header or with one that it wrote on the way.
    "0, 36, UNFINISHED",
    "8000, 8036, UNFINISHED",
    // The size of the whole file is right.
    "0, 20036, UNDERSTATED",
    "8000, 20036, UNDERSTATED",
    // Sizes that mean: to the end.
    "0, 0, OPEN",
    "4294967295, 4294967295, OPEN",
    "2147479552, 2147479588, OPEN",
    "4294967258, 4294967294, OPEN",
    "4294967295, 36, OPEN",
    // Right, whatever the size of the whole file.
    "20000, 20036, CONFIRMED",
    "20000, 0, CONFIRMED",
    "20000, 36, CONFIRMED",
    "20000, 90000, CONFIRMED",
    // More than there is.
    "30000, 30036, CUT_OFF",
    "1000000000, 20036, CUT_OFF"
  })
  void readsAllSamplesThatAreThere(long data, long riff, Verdict verdict)
      throws DecodeException, IOException {
    byte[] file = wav().promise(data, riff).build();
    assertEquals(verdict, header(file).claim().verdict());
    DecodeReport report = decode(file);
    assertEquals(SAMPLES, blocks.channel(0).length);
    assertEquals(verdict == Verdict.UNFINISHED || verdict == Verdict.CUT_OFF, report.truncated());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RF64", "BW64"})
  void verifiesTheSizesOfLongFilesInAllFormats(String magic) throws DecodeException, IOException {
    for (long data : new long[] {0, 8_000, -1, Long.MAX_VALUE, 1L << 40}) {
      byte[] sizes = new byte[28];
      ByteBuffer.wrap(sizes).order(ByteOrder.LITTLE_ENDIAN).putLong(8, data);
      byte[] file =
          wav().magic(magic).chunk("ds64", sizes).promise(0xFFFFFFFFL, 0xFFFFFFFFL).build();
      WavHeader header = header(file);
      assertEquals(BYTES, header.data().get(0).bytes(), () -> "size " + data);
      assertEquals(data == 1L << 40 || data == 8_000, header.endsEarly(), () -> "size " + data);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIST", "id3 ", "zzzz"})
  void endsWhereAnotherChunkBegins(String name) throws DecodeException {
    byte[] file = wav().after(chunk(name, 20_000, 20_000)).promise(BYTES, 0).build();
    assertFalse(decode(file).truncated());
    assertEquals(SAMPLES, blocks.channel(0).length);
  }

  @Test
  void endsWhereAChunkBeginsThatIsCutOff() throws DecodeException {
    byte[] file = wav().after(chunk("LIST", 1 << 20, 20_000)).promise(BYTES, 0).build();
    assertFalse(decode(file).truncated());
    assertEquals(SAMPLES, blocks.channel(0).length);
  }

  @Test
  void readsAllOfSeveralDataChunks() throws DecodeException {
    byte[] second = chunk("data", 2_000, 2_000);
    byte[] file = wav().after(Bytes.concat(chunk("junk", 3, 4), second)).promise(BYTES, 0).build();
    DecodeReport report = decode(file);
    assertEquals(SAMPLES + 1_000, blocks.channel(0).length);
    assertEquals((SAMPLES + 1_000) / 16_000.0, report.declaredSeconds());
    assertFalse(report.truncated());
  }

  @Test
  void reportsATruncatedLaterDataChunk() throws DecodeException {
    byte[] file = wav().after(chunk("data", 90_000, 2_000)).promise(BYTES, 0).build();
    assertTrue(decode(file).truncated());
    assertEquals(SAMPLES + 1_000, blocks.channel(0).length);
  }

  @Test
  void findsChunksThatWereNotPadded() throws DecodeException {
    byte[] file = wav().build();
    byte[] odd = chunk("bext", 3, 3);
    byte[] unpadded =
        Bytes.concat(
            Arrays.copyOf(file, HEADER - 8),
            odd,
            Arrays.copyOfRange(file, HEADER - 8, file.length));
    assertFalse(decode(unpadded).truncated());
    assertEquals(SAMPLES, blocks.channel(0).length);
  }

  @Test
  void readsSamplesInFrontOfTheirFormat() throws DecodeException {
    byte[] file = wav().build();
    byte[] format = Arrays.copyOfRange(file, 12, 36);
    byte[] swapped =
        Bytes.concat(Arrays.copyOf(file, 12), Arrays.copyOfRange(file, 36, file.length), format);
    assertFalse(decode(swapped).truncated());
    assertEquals(SAMPLES, blocks.channel(0).length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4})
  void doubtsTheSizeOfAFrameThatContradictsAllOtherFields(int frameBytes) throws DecodeException {
    decode(wav().frameBytes(frameBytes).build());
    assertEquals(SAMPLES, blocks.channel(0).length);
  }

  @Test
  void doesNotLookAtTheNumberOfSamplesInAFactChunk() throws DecodeException {
    assertFalse(decode(wav().chunk("fact", new byte[] {9, 0, 0, 0}).build()).truncated());
    assertEquals(SAMPLES, blocks.channel(0).length);
  }

  /** Samples beyond 4 GiB, in a file of which only the ends take room on the disk. */
  private static WavHeader wrapped(Path folder, long dataBytes, long present, byte[] behind)
      throws IOException, DecodeException {
    byte[] head = new WavBuilder().promise(dataBytes % WRAP, (dataBytes + 36) % WRAP).build();
    try (FileChannel file = FileChannel.open(folder.resolve("a.wav"), CREATE, READ, WRITE)) {
      file.write(ByteBuffer.wrap(head));
      file.write(ByteBuffer.wrap(Bytes.concat(new byte[] {1, 2}, behind)), HEADER + present - 2);
      return WavHeader.parse(
          new ByteSource(file, new Deadline(DecoderLimits.defaults().maxWallTime())));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {WRAP, WRAP + 88_000, 2 * WRAP - 2, 2 * WRAP + 88_000})
  void readsBeyondFourGibibytes(long bytes, @TempDir Path folder)
      throws IOException, DecodeException {
    WavHeader header = wrapped(folder, bytes, bytes, new byte[0]);
    assertEquals(bytes, header.data().get(0).bytes());
    assertEquals(bytes / 2.0 / 16_000, header.declaredSeconds());
    assertFalse(header.endsEarly());
  }

  @Test
  void readsBeyondFourGibibytesUpToTheNextChunk(@TempDir Path folder)
      throws IOException, DecodeException {
    WavHeader header = wrapped(folder, WRAP + 88_000, WRAP + 88_000, chunk("LIST", 9_000, 9_000));
    assertEquals(WRAP + 88_000, header.data().get(0).bytes());
    assertFalse(header.endsEarly());
  }

  @Test
  void reportsATruncatedLongFile(@TempDir Path folder) throws IOException, DecodeException {
    WavHeader header = wrapped(folder, WRAP + 88_000_000, WRAP + 8_000_000, new byte[0]);
    assertEquals(WRAP + 8_000_000, header.data().get(0).bytes());
    assertTrue(header.endsEarly());
  }

  @Test
  void keepsTheSamplesInTheirOrder() throws DecodeException {
    byte[] file = wav().promise(0, 36).build();
    decode(file);
    Blocks whole = new Blocks();
    new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, 16_000)
        .decode(new ByteChannel(wav().build(), 1_000), "", whole);
    assertArrayEquals(whole.channel(0), blocks.channel(0));
  }
}
