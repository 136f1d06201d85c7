package io.gemoclap.review.sound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.pcm.SampleSink;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;

final class SoundTest {
  /** Half a second of silence, then half a second at half of full scale, beyond it once. */
  private static Sound sound() throws Exception {
    Sound sound = new Sound();
    SampleSink sink = sound.sink();
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

  private static int[] pick(int[] values, int... places) {
    int[] picked = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      picked[i] = values[places[i]];
    }
    return picked;
  }
}
