package io.gemoclap.training.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.model.audio.AudioEncoders;
import io.gemoclap.model.audio.CompactConfig;
import io.gemoclap.model.blocks.AudioConfig;
import io.gemoclap.model.text.ByteLevelBpe;
import io.gemoclap.model.text.TextTokenizer;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.training.objective.ContrastiveLoss;
import io.gemoclap.training.objective.Targets;
import io.gemoclap.training.objective.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two passes over micro-batches give the gradient of one pass over the batch. */
final class BatchGradientIT {
  private static final int N = 22;

  /** Wide enough that dropout does not silence every unit of a head. */
  private static final int WIDTH = 16;

  private static final String WAVLM = "wavlm";

  /** Functionals with a voice branch. */
  private static final String VOICE = "voice";

  private static final int DIMS = 9;
  private static final String PROBED = "heads.audio.0.weight";
  private static final List<String> SENTENCES = List.of("angry", "a sad voice", "calm");

  private static PairBatch batch(String encoder) {
    boolean waveforms = encoder.equals(WAVLM);
    int dims = waveforms ? 1 : encoder.equals(VOICE) ? 2 * DIMS : DIMS;
    SplittableRandom random = new SplittableRandom(4);
    List<FeatureMatrix> speech = new ArrayList<>();
    long[] sentenceOf = new long[N];
    int[] emotions = new int[N];
    int[] genders = new int[N];
    for (int i = 0; i < N; i++) {
      int frames = (12 + random.nextInt(20)) * (waveforms ? 40 : 1);
      float[] values = new float[frames * dims];
      for (int k = 0; k < values.length; k++) {
        values[k] = (float) random.nextGaussian();
      }
      speech.add(FeatureMatrix.of(frames, dims, values));
      emotions[i] = i % 3;
      sentenceOf[i] = i % 3;
      genders[i] = i % 2;
    }
    return new PairBatch(speech, SENTENCES, sentenceOf, emotions, genders);
  }

  private record Result(double loss, Map<String, float[]> gradients) {}

  private static Result gradient(String encoder, Variant variant, int microBatch)
      throws IOException {
    return gradient(encoder, variant, microBatch, 0, 0, 0);
  }

  private static AudioConfig audioConfig(String encoder, double dropout) throws IOException {
    if (encoder.equals(VOICE)) {
      return new CompactConfig("functionals", DIMS, 16, 1, dropout, dropout, 4);
    }
    if (!encoder.equals(WAVLM)) {
      return new CompactConfig(encoder, DIMS, 16, 1, dropout, dropout);
    }
    try (InputStream file =
        BatchGradientIT.class.getResourceAsStream("/golden/speech/wavlm-base/config.json")) {
      ObjectNode json = (ObjectNode) new ObjectMapper().readTree(file);
      for (String rate : List.of("hidden", "attention", "activation", "feat_proj")) {
        json.put(rate + "_dropout", dropout);
      }
      return AudioEncoders.config(json.put("layerdrop", dropout).put("mask_time_prob", dropout));
    }
  }

  /** Moves one probed weight first. */
  private static Result gradient(
      String encoder, Variant variant, int microBatch, double dropout, int place, float move)
      throws IOException {
    TorchEngine.start();
    ByteLevelBpe bpe = ByteLevelBpe.learn(SENTENCES, 10);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        TextTokenizer tokenizer = TextTokenizer.of(bpe)) {
      AudioConfig audio = audioConfig(encoder, dropout);
      TwoTowers towers = TwoTowers.untrained(manager, audio, bpe, WIDTH, dropout, 7);
      FloatTensor probed = towers.snapshot().get(PROBED);
      probed.values()[place] += move;
      towers.restore(manager, Map.of(PROBED, probed));
      BatchGradient gradient =
          new BatchGradient(
              towers,
              tokenizer,
              new ContrastiveLoss(variant, 0.8, Targets.ROW),
              manager,
              microBatch,
              null,
              0);
      double loss = gradient.backward(batch(encoder), 5);
      Map<String, float[]> gradients = new LinkedHashMap<>();
      towers
          .named()
          .forEach(
              (name, parameter) -> {
                if (parameter.requiresGradient()) {
                  try (NDArray g = parameter.getArray().getGradient()) {
                    gradients.put(name, g.toFloatArray());
                  }
                }
              });
      return new Result(loss, gradients);
    }
  }

  @ParameterizedTest(name = "{0}, {1}, micro-batches of {2}")
  @CsvSource({
    "functionals, SL, 4",
    "functionals, ML, 1",
    "functionals, EMO, 21",
    "logmel-conv, SL, 8",
    "voice, SL, 4",
    "wavlm, ML, 5"
  })
  void twoPassesGiveTheGradientOfOne(String encoder, Variant variant, int microBatch)
      throws IOException {
    Result one = gradient(encoder, variant, 0);
    Result two = gradient(encoder, variant, microBatch);
    assertEquals(one.loss(), two.loss(), 1e-5);
    assertEquals(one.gradients().keySet(), two.gradients().keySet());
    double largest = 0;
    for (Map.Entry<String, float[]> gradient : one.gradients().entrySet()) {
      double norm = 0;
      for (float value : gradient.getValue()) {
        norm = Math.max(norm, Math.abs(value));
      }
      assertArrayEquals(
          gradient.getValue(),
          two.gradients().get(gradient.getKey()),
          (float) (1e-5 * Math.max(1, norm)),
          gradient.getKey());
      largest = Math.max(largest, norm);
    }
    assertTrue(largest > 1e-2, "gradients are too small to compare: " + largest);
  }

  /**
   * If the second pass dropped other units than the first, its gradient would not be the loss's.
   */
  @ParameterizedTest
  @CsvSource({"functionals, 0.5", "wavlm, 0.2"})
  void withDropoutTheGradientIsStillThatOfTheLoss(String encoder, double dropout)
      throws IOException {
    float[] gradient = gradient(encoder, Variant.SL, 11, dropout, 0, 0).gradients().get(PROBED);
    int largest = 0;
    for (int i = 0; i < gradient.length; i++) {
      largest = Math.abs(gradient[i]) > Math.abs(gradient[largest]) ? i : largest;
    }
    float step = 1e-3f;
    double above = gradient(encoder, Variant.SL, 11, dropout, largest, step).loss();
    double below = gradient(encoder, Variant.SL, 11, dropout, largest, -step).loss();
    double numeric = (above - below) / (2 * step);
    assertTrue(Math.abs(gradient[largest]) > 1e-3, "too small: " + gradient[largest]);
    assertEquals(numeric, gradient[largest], 0.03 * Math.abs(numeric));
  }
}
