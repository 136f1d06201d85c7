package io.gemoclap.audio.signal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JavaTransformTest {
  private static float[] noise(int length) {
    Random random = new Random(length);
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) random.nextGaussian();
    }
    return samples;
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 256, 512})
  void agreesWithTheDefinition(int size) {
    float[] samples = noise(size);
    float[] spectrum = new float[size + 2];
    RealTransform.inJava(size).forward(samples, spectrum);
    for (int k = 0; k <= size / 2; k++) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < size; i++) {
        re += samples[i] * Math.cos(2 * Math.PI * i * k / size);
        im -= samples[i] * Math.sin(2 * Math.PI * i * k / size);
      }
      assertEquals(re, spectrum[2 * k], 1e-6 * size);
      assertEquals(im, spectrum[2 * k + 1], 1e-6 * size);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 512, 4_096})
  void givesTheSamplesBack(int size) {
    float[] samples = noise(size);
    float[] spectrum = new float[size + 2];
    float[] back = new float[size];
    RealTransform transform = RealTransform.inJava(size);
    transform.forward(samples, spectrum);
    transform.inverse(spectrum, back);
    for (int i = 0; i < size; i++) {
      back[i] /= size;
    }
    assertArrayEquals(samples, back, 3e-6f);
  }
}
