package io.gemoclap.audio.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gemoclap.audio.signal.RealTransform;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FfmpegTransformsIT {
  private static float[] noise(int length) {
    Random random = new Random(length);
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) random.nextGaussian();
    }
    return samples;
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 64, 1_024, 4_096, 131_072})
  void agreeWithThoseInJava(int size) {
    RealTransform ours = RealTransform.inJava(size);
    RealTransform theirs = FfmpegTransforms.ofSize(size);
    assertInstanceOf(FfmpegTransform.class, theirs);
    float[] wanted = new float[size + 2];
    float[] got = new float[size + 2];
    ours.forward(noise(size), wanted);
    theirs.forward(noise(size), got);
    assertArrayEquals(wanted, got, 4e-6f * (float) Math.sqrt(size));
    float[] wantedBack = new float[size];
    float[] gotBack = new float[size];
    ours.inverse(wanted.clone(), wantedBack);
    theirs.inverse(wanted.clone(), gotBack);
    assertArrayEquals(wantedBack, gotBack, 1e-5f * size);
  }
}
