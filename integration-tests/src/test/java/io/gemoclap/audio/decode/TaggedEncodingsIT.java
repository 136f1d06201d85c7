package io.gemoclap.audio.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.common.primitives.Bytes;
import io.gemoclap.audio.EncodedBytes;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.Collected;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every encoding with every tag in front of it and behind it decodes as it does without. */
final class TaggedEncodingsIT {
  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] id3v1() {
    return ascii("TAG" + "Title".repeat(25));
  }

  private static byte[] id3v2(int padding) {
    byte[] head = {'I', 'D', '3', 3, 0, 0, 0, 0, (byte) (padding >> 7), (byte) (padding & 0x7F)};
    return Bytes.concat(head, new byte[padding]);
  }

  /** A tag with a header, for the start of a file, or with a footer only, for its end. */
  private static byte[] ape(boolean header) {
    byte[] item = Bytes.concat(new byte[] {3, 0, 0, 0, 0, 0, 0, 0}, ascii("Year\0abc"));
    ByteBuffer tag = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    tag.put(ascii("APETAGEX")).putInt(2_000).putInt(item.length + (header ? 0 : 32)).putInt(1);
    tag.putInt(header ? 0xA0000000 : 0);
    return header ? Bytes.concat(tag.array(), item) : Bytes.concat(item, tag.array());
  }

  private static byte[] lyrics() {
    String body = "LYRICSBEGIN" + "IND00002" + "10";
    return ascii(body + "%06d".formatted(body.length()) + "LYRICS200");
  }

  private static Map<String, byte[][]> surroundings() {
    byte[] none = {};
    Map<String, byte[][]> all = new TreeMap<>();
    all.put("ID3v1 behind", new byte[][] {none, id3v1()});
    all.put("APE behind", new byte[][] {none, ape(false)});
    all.put("APE and ID3v1 behind", new byte[][] {none, Bytes.concat(ape(false), id3v1())});
    all.put("Lyrics3 and ID3v1 behind", new byte[][] {none, Bytes.concat(lyrics(), id3v1())});
    all.put("ID3v2 in front", new byte[][] {id3v2(1_024), none});
    all.put("two ID3v2 in front", new byte[][] {Bytes.concat(id3v2(9), id3v2(300)), none});
    all.put("APE in front", new byte[][] {ape(true), none});
    all.put(
        "ID3v2 and zeros in front", new byte[][] {Bytes.concat(id3v2(64), new byte[500]), none});
    all.put("zeros in front", new byte[][] {new byte[4_096], none});
    all.put("tags at both ends", new byte[][] {id3v2(64), id3v1()});
    return all;
  }

  @TestFactory
  List<DynamicTest> decodeAsWithoutTags() throws IOException, URISyntaxException {
    List<DynamicTest> tests = new ArrayList<>();
    Path folder = Path.of(TaggedEncodingsIT.class.getResource("/encodings").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        if (!file.getFileName().toString().startsWith("broken")) {
          tests.add(DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
        }
      }
    }
    return tests;
  }

  private static void check(Path file) throws IOException, DecodeException {
    byte[] bytes = Files.readAllBytes(file);
    String name = file.getFileName().toString();
    Collected wanted = decode(bytes, name);
    for (Map.Entry<String, byte[][]> around : surroundings().entrySet()) {
      byte[][] parts = around.getValue();
      Collected found = decode(Bytes.concat(parts[0], bytes, parts[1]), name);
      assertFalse(found.report.truncated(), around.getKey());
      assertEquals(wanted.report.codec(), found.report.codec(), around.getKey());
      assertArrayEquals(wanted.samples(), found.samples(), around.getKey());
    }
  }

  private static Collected decode(byte[] bytes, String name) throws DecodeException {
    Collected collected = new Collected();
    collected.report =
        new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, 16_000)
            .decode(EncodedBytes.of(bytes), name, collected);
    return collected;
  }
}
