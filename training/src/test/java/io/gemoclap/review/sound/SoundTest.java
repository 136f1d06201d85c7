package io.gemoclap.review.sound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.failure.FailureKind;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;

final class SoundTest {
  /** Half a second of silence, then half a second at half of full scale, beyond it once. */
  private static Sound sound() throws Exception {
    Sound sound = new Sound();
    SampleSink sink = sound.sink(() -> false);
    sink.begin(2);
    for (int channel = 0; channel < 2; channel++) {
      sink.silence(channel, 8_000);
      float[] loud = new float[8_000];
      for (int i = 0; i < loud.length; i++) {
        loud[i] = i % 2 == 0 ? 0.5f : -0.5f;
      }
      loud[4_000] = 3;
      sink.accept(channel, loud, 7_990);
    }
    sound.finish();
    return sound;
  }

  private static byte[] all(Sound sound, int channel) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate((int) sound.size(channel));
    while (bytes.hasRemaining() && sound.read(channel, bytes, bytes.position()) >= 0) {}
    return bytes.array();
  }

  @Test
  void eachChannelIsAWaveFile() throws Exception {
    try (Sound sound = sound()) {
      assertEquals(2, sound.channels());
      byte[] bytes = all(sound, 1);
      AudioInputStream wave = AudioSystem.getAudioInputStream(new ByteArrayInputStream(bytes));
      assertEquals(16_000, wave.getFormat().getSampleRate());
      assertEquals(16, wave.getFormat().getSampleSizeInBits());
      assertEquals(15_990, wave.getFrameLength());
      assertEquals(15_990 / 16_000.0, sound.seconds(1));
      ByteBuffer samples = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      assertEquals(0, samples.getShort(44 + 2 * 7_999));
      assertEquals(16_384, samples.getShort(44 + 2 * 8_000));
      assertEquals(Short.MAX_VALUE, samples.getShort(44 + 2 * 12_000), "limited to full scale");
    }
  }

  @Test
  void theOutlineHoldsTheLoudestSampleOfEachPart() throws Exception {
    try (Sound sound = sound()) {
      assertArrayEquals(new int[] {0, 64, 127, 64}, pick(sound.outline(0, 0, 1, 8), 0, 4, 6, 7));
      assertEquals(64, sound.outline(0, 0.98, 1, 1)[0], "the last step is shorter");
      assertArrayEquals(new int[] {0, 0}, sound.outline(0, 5, 6, 2), "after the end");
      assertTrue(sound.outline(0, 0.7, 0.71, 40)[39] == 64, "finer than a step");
    }
  }

  @Test
  void aSoundStaysOpenUntilItsLastHolderHasClosedIt() throws Exception {
    Sound sound = sound();
    assertTrue(sound.hold());
    sound.close();
    assertEquals(44 + 2 * 15_990, all(sound, 0).length, "somebody still reads it");
    sound.close();
    assertFalse(sound.hold());
    assertThrows(ClosedChannelException.class, () -> all(sound, 0));
  }

  @Test
  void aChannelThatAWaveFileCannotHoldIsRefused() throws Exception {
    assertEquals(37, Sound.MOST_SAMPLES / Sound.RATE / 3_600);
    assertTrue(36 + 2 * Sound.MOST_SAMPLES <= 0xFFFF_FFFFL, "the size of the file has 32 bits");
    try (Sound sound = new Sound(100)) {
      SampleSink sink = sound.sink(() -> false);
      sink.begin(1);
      sink.accept(0, new float[100], 100);
      DecodeException e =
          assertThrows(DecodeException.class, () -> sink.accept(0, new float[1], 1));
      assertEquals(FailureKind.LIMIT, e.kind());
      assertTrue(e.getMessage().contains("longer than the 37 hours"), e.getMessage());
    }
  }

  private static int[] pick(int[] values, int... places) {
    int[] picked = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      picked[i] = values[places[i]];
    }
    return picked;
  }
}
