package io.gemoclap.training;

import io.gemoclap.training.corpus.Corpus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** A corpus in EmoDB's manner, of men and women who say two things in four ways, made of sines. */
public final class SineCorpus {
  private static final int RATE = 16_000;
  private static final String EMOTIONS = "WFNT";
  private static final String[] MEN = {"03", "10", "11"};
  private static final String[] WOMEN = {"08", "09", "13"};

  private SineCorpus() {}

  /**
   * Writes a corpus.
   *
   * @param pairs a man and a woman each, at most three
   */
  public static Corpus write(Path folder, int pairs) throws IOException {
    Files.createDirectories(folder);
    int seed = 0;
    for (int pair = 0; pair < pairs; pair++) {
      for (int text = 1; text <= 2; text++) {
        for (int place = 0; place < EMOTIONS.length(); place++) {
          char emotion = EMOTIONS.charAt(place);
          for (String speaker : new String[] {MEN[pair], WOMEN[pair]}) {
            double pitch = (speaker.equals(MEN[pair]) ? 110 : 210) * (1 + 0.04 * pair);
            Path file = folder.resolve(speaker + "a0" + text + emotion + "a.wav");
            write(file, utterance(pitch, emotion, seed++));
          }
        }
      }
    }
    return Corpus.read("emodb:" + folder);
  }

  /** Angry is loud and wavers fast, happy rises, neutral is level, sad is soft and falls. */
  private static short[] utterance(double pitch, char emotion, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int place = EMOTIONS.indexOf(emotion);
    double rise = new double[] {0, 0.6, 0, -0.4}[place];
    double gain = new double[] {0.5, 0.3, 0.2, 0.08}[place];
    double waver = place == 0 ? 0.1 : 0.01;
    short[] samples = new short[RATE * 6 / 10];
    double phase = 0;
    for (int i = 0; i < samples.length; i++) {
      double time = (double) i / samples.length;
      double octaves = rise * (time - 0.5) + waver * Math.sin(2 * Math.PI * 6 * time);
      phase += 2 * Math.PI * pitch * Math.pow(2, octaves) / RATE;
      double sum = 0.02 * (2 * random.nextDouble() - 1);
      for (int k = 1; k <= 12; k++) {
        sum += Math.sin(k * phase) / (k * (1 + 0.5 * place));
      }
      samples[i] = (short) (gain * sum * Math.sin(Math.PI * time) * 12_000);
    }
    return samples;
  }

  private static void write(Path file, short[] samples) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
    try (AudioInputStream in =
        new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, samples.length)) {
      AudioSystem.write(in, AudioFileFormat.Type.WAVE, file.toFile());
    }
  }
}
