package io.gemoclap.audio.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gemoclap.audio.WavBuilder;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.pcm.Blocks;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.audio.pcm.DecoderLimits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every sample format in every kind of header, plain and extensible. */
final class WavFormatsTest {
  private static final float[] WANTED = {0f, 0.5f, -0.5f, -1f};

  /** Four codes of each companding law, and what G.711 makes of them. */
  private static final byte[] ALAW = {(byte) 0xD5, (byte) 0xAA, 0x2A, 0x55};

  private static final float[] ALAW_WANTED = {1 / 4096f, 4032 / 4096f, -4032 / 4096f, -1 / 4096f};
  private static final byte[] MULAW = {(byte) 0xFF, (byte) 0x80, 0x00, (byte) 0xF0};
  private static final float[] MULAW_WANTED = {0, 8031 / 8192f, -8031 / 8192f, 30 / 8192f};

  /**
   * A format.
   *
   * @param bits what the header says; fewer than the container has are left-justified
   */
  private record Format(int tag, int bits, int container) {
    byte[] samples(ByteOrder order) {
      if (tag == WavFormat.ALAW || tag == WavFormat.MULAW) {
        return tag == WavFormat.ALAW ? ALAW : MULAW;
      }
      ByteBuffer samples = ByteBuffer.allocate(WANTED.length * container).order(order);
      for (float wanted : WANTED) {
        if (tag == WavFormat.FLOAT) {
          if (container == 4) {
            samples.putFloat(wanted);
          } else {
            samples.putDouble(wanted);
          }
        } else {
          putInteger(samples, (long) (wanted * 0x1p63) >> (64 - 8 * container));
        }
      }
      return samples.array();
    }

    private void putInteger(ByteBuffer samples, long value) {
      long shown = container == 1 ? value + 128 : value;
      for (int i = 0; i < container; i++) {
        boolean big = samples.order() == ByteOrder.BIG_ENDIAN;
        samples.put((byte) (shown >> (8 * (big ? container - 1 - i : i))));
      }
    }

    float[] wanted() {
      return tag == WavFormat.ALAW ? ALAW_WANTED : tag == WavFormat.MULAW ? MULAW_WANTED : WANTED;
    }
  }

  private static final List<Format> FORMATS =
      List.of(
          new Format(WavFormat.PCM, 8, 1),
          new Format(WavFormat.PCM, 12, 2),
          new Format(WavFormat.PCM, 16, 2),
          new Format(WavFormat.PCM, 20, 3),
          new Format(WavFormat.PCM, 24, 3),
          new Format(WavFormat.PCM, 24, 4),
          new Format(WavFormat.PCM, 32, 4),
          new Format(WavFormat.PCM, 64, 8),
          new Format(WavFormat.FLOAT, 32, 4),
          new Format(WavFormat.FLOAT, 64, 8),
          new Format(WavFormat.ALAW, 8, 1),
          new Format(WavFormat.MULAW, 8, 1));

  @TestFactory
  List<DynamicTest> readsEveryFormat() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String magic : List.of("RIFF", "RIFX", "RF64", "BW64")) {
      for (Format format : FORMATS) {
        for (boolean extensible : new boolean[] {false, true}) {
          String name = magic + " " + format + (extensible ? " extensible" : "");
          tests.add(DynamicTest.dynamicTest(name, () -> check(magic, format, extensible)));
        }
      }
    }
    return tests;
  }

  /** Some tools write integers of 16 bits as floats without scaling them. */
  @TestFactory
  List<DynamicTest> bringsFloatsOfIntegersToFullScaleOne() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String magic : List.of("RIFF", "RIFX", "RF64")) {
      for (int bytes : new int[] {4, 8}) {
        for (boolean extensible : new boolean[] {false, true}) {
          String name = magic + " float" + 8 * bytes + (extensible ? " extensible" : "");
          tests.add(DynamicTest.dynamicTest(name, () -> checkScale(magic, bytes, extensible)));
        }
      }
    }
    return tests;
  }

  private static void checkScale(String magic, int bytes, boolean extensible)
      throws DecodeException {
    Blocks plain = new Blocks();
    DecodeReport ofPlain = decode(tone(magic, bytes, extensible, 1 / 32_768.0), plain);
    assertEquals(List.of(), ofPlain.notes());
    Blocks large = new Blocks();
    DecodeReport ofLarge = decode(tone(magic, bytes, extensible, 1), large);
    assertEquals(List.of("rescaled_float"), ofLarge.notes());
    assertArrayEquals(plain.channel(0), large.channel(0));
  }

  /** Half a second of integers from -32768 to 32767, times a factor. */
  private static byte[] tone(String magic, int bytes, boolean extensible, double factor) {
    WavBuilder wav = new WavBuilder().magic(magic);
    wav.format(WavFormat.FLOAT, 8 * bytes, bytes).extensible(extensible ? 8 * bytes : 0);
    ByteBuffer samples = wav.samples(8_000 * bytes);
    while (samples.hasRemaining()) {
      int i = samples.position() / bytes;
      double sample = Math.floor(32_767.9 * Math.sin(i * 0.1)) * factor;
      if (bytes == 4) {
        samples.putFloat((float) sample);
      } else {
        samples.putDouble(sample);
      }
    }
    wav.data(samples);
    return magic.endsWith("64") ? wav.wideSizes().build() : wav.build();
  }

  private static DecodeReport decode(byte[] file, Blocks blocks) throws DecodeException {
    return AudioDecoder.unfiltered(DecoderLimits.defaults(), ChannelMode.MIX, 16_000)
        .decode(new ByteChannel(file, 1_000), "", blocks);
  }

  private static void check(String magic, Format format, boolean extensible)
      throws DecodeException {
    WavBuilder wav = new WavBuilder().magic(magic);
    wav.format(format.tag(), format.bits(), format.container());
    wav.extensible(extensible ? format.bits() : 0);
    boolean big = magic.equals("RIFX");
    wav.data(format.samples(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN));
    byte[] file = magic.endsWith("64") ? wav.wideSizes().build() : wav.build();
    Blocks blocks = new Blocks();
    DecodeReport report = decode(file, blocks);
    assertArrayEquals(format.wanted(), blocks.channel(0));
    assertEquals(WANTED.length / 16_000.0, report.declaredSeconds());
    assertFalse(report.truncated());
  }
}
