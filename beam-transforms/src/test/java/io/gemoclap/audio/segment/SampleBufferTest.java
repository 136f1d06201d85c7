package io.gemoclap.audio.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SampleBufferTest {
  private static float[] counting(int from, int to) {
    float[] samples = new float[to - from];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = from + i;
    }
    return samples;
  }

  @Test
  void keepsEverySampleWhileItGrows() {
    SampleBuffer buffer = new SampleBuffer();
    for (int from = 0; from < 20_000; from += 1_000) {
      buffer.append(counting(from, from + 1_000), 1_000);
    }
    assertEquals(0, buffer.start());
    assertEquals(20_000, buffer.end());
    assertArrayEquals(counting(0, 20_000), buffer.copy(0, 20_000));
  }

  @Test
  void takesOnlyTheValidSamplesOfABlock() {
    SampleBuffer buffer = new SampleBuffer();
    buffer.append(new float[] {0, 1, 9}, 2);
    buffer.append(new float[] {2, 3}, 2);
    assertArrayEquals(counting(0, 4), buffer.copy(0, 4));
  }

  @Test
  void dropsOldSamplesOnceTheyAreTheLargerPart() {
    SampleBuffer buffer = new SampleBuffer();
    buffer.append(counting(0, 100), 100);
    buffer.dropBefore(50);
    assertEquals(0, buffer.start());
    buffer.dropBefore(51);
    assertEquals(51, buffer.start());
    assertEquals(100, buffer.end());
    assertArrayEquals(counting(60, 70), buffer.copy(60, 70));

    buffer.append(counting(100, 200), 100);
    assertArrayEquals(counting(51, 200), buffer.copy(51, 200));
    buffer.dropBefore(150);
    assertEquals(150, buffer.start());
    assertArrayEquals(counting(150, 200), buffer.copy(150, 200));
  }

  @Test
  void dropsNothingForAnIndexThatIsGoneAndAllForOneAfterTheEnd() {
    SampleBuffer buffer = new SampleBuffer();
    buffer.append(counting(0, 10), 10);
    buffer.dropBefore(8);
    buffer.dropBefore(2);
    assertEquals(8, buffer.start());
    buffer.dropBefore(1_000);
    assertEquals(10, buffer.start());
    assertEquals(10, buffer.end());
    buffer.append(Arrays.copyOf(counting(10, 20), 10), 10);
    assertArrayEquals(counting(10, 20), buffer.copy(10, 20));
  }
}
