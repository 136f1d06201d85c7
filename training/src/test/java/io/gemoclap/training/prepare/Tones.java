package io.gemoclap.training.prepare;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Writes WAVE files of noisy tones, which are decoded without natives. */
final class Tones {
  private Tones() {}

  static Path write(Path file, int rate, double seconds) throws IOException {
    SplittableRandom random = new SplittableRandom(rate);
    short[] samples = new short[(int) (rate * seconds)];
    for (int i = 0; i < samples.length; i++) {
      double tone = Math.sin(2 * Math.PI * (150 + 40 * Math.sin(i / 9000.0)) * i / rate);
      samples[i] = (short) (9000 * tone + 500 * random.nextDouble());
    }
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    AudioFormat format = new AudioFormat(rate, 16, 1, true, false);
    try (AudioInputStream in =
        new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, samples.length)) {
      AudioSystem.write(in, AudioFileFormat.Type.WAVE, file.toFile());
    }
    return file;
  }
}
