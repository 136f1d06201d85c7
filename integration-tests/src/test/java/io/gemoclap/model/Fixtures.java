package io.gemoclap.model;

import ai.djl.ndarray.NDManager;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.model.audio.AudioEncoders;
import io.gemoclap.model.audio.CompactConfig;
import io.gemoclap.model.audio.FunctionalsEncoder;
import io.gemoclap.model.audio.LogMelConvEncoder;
import io.gemoclap.model.blocks.AudioConfig;
import io.gemoclap.model.speech.SpeechFixtures;
import io.gemoclap.model.text.ByteLevelBpe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small untrained models and made-up features. */
public final class Fixtures {
  static final int COLUMNS = 24;
  static final int DIMS = 16;
  public static final ByteLevelBpe BPE =
      ByteLevelBpe.learn(
          List.of("an angry voice", "a calm voice", "the speaker sounds happy", "jemand klingt"),
          100);
  public static final List<String> SENTENCES =
      List.of(
          "calm",
          "the speaker sounds happy",
          "a voice that is neither angry nor calm but says quite a lot of words",
          "怒");

  private Fixtures() {}

  public static AudioConfig functionals() {
    return new CompactConfig(FunctionalsEncoder.KIND, COLUMNS, 32, 2, 0.1, 0.1);
  }

  public static AudioConfig convolutions() {
    return new CompactConfig(LogMelConvEncoder.KIND, COLUMNS, 32, 3, 0.1, 0.1);
  }

  /** A tiny pretrained kind, without its weights. */
  public static AudioConfig waveforms(String kind) {
    try {
      return AudioEncoders.config(SpeechFixtures.json(kind));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static TwoTowers towers(NDManager manager, AudioConfig audio, long seed) {
    return TwoTowers.untrained(manager, audio, BPE, DIMS, 0.1, seed);
  }

  /** One matrix for each number of frames. */
  public static List<FeatureMatrix> speech(long seed, int... frames) {
    return noise(seed, COLUMNS, frames);
  }

  /** One waveform for each number of samples. */
  public static List<FeatureMatrix> waveforms(long seed, int... samples) {
    return noise(seed, 1, samples);
  }

  private static List<FeatureMatrix> noise(long seed, int columns, int... frames) {
    SplittableRandom random = new SplittableRandom(seed);
    List<FeatureMatrix> batch = new ArrayList<>();
    for (int n : frames) {
      float[] values = new float[n * columns];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      batch.add(FeatureMatrix.of(n, columns, values));
    }
    return batch;
  }

  static ModelManifest manifest() {
    return ModelManifest.builder()
        .setFeatureSpec(FeatureSpec.emotionFunctionals())
        .setAudioEncoder(LogMelConvEncoder.KIND)
        .setTextEncoder("roberta")
        .setDims(DIMS)
        .setLogitScaleAudio(14)
        .setLogitScaleText(14)
        .setLabels(List.of("angry", "calm"))
        .setTemplates(List.of("a {} voice"))
        .setLicence("Apache-2.0")
        .build();
  }

  static ModelBundle bundle(Path folder, TwoTowers towers) throws IOException {
    return BundleWriter.write(
        folder, towers, convolutions(), BPE, manifest(), speech(1, 40).get(0), "# A test\n");
  }
}
