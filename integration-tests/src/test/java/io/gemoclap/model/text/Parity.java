package io.gemoclap.model.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.blocks.Tensors;
import io.gemoclap.model.speech.SpeechEncoder;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Largest differences between our encoders and golden numbers of transformers, over all layers. */
public final class Parity {
  public static final double TOLERANCE = 1e-4;

  private Parity() {}

  /** Each clip alone: all states, the last frames if they are golden, and the pooled vector. */
  public static double speech(
      NDManager manager,
      SpeechEncoder encoder,
      List<FeatureMatrix> clips,
      Map<String, FloatTensor> golden) {
    double worst = 0;
    for (int i = 0; i < clips.size(); i++) {
      List<float[]> states = new ArrayList<>();
      List<FeatureMatrix> alone = clips.subList(i, i + 1);
      try (var off = Tensors.noGradient();
          NDManager scope = manager.newSubManager()) {
        float[] last =
            encoder.encode(scope, alone, false, s -> states.add(s.toFloatArray())).toFloatArray();
        float[] pooled = encoder.forward(scope, alone, false).toFloatArray();
        worst = Math.max(worst, difference(golden.get(i + ".pooled"), pooled));
        if (golden.containsKey(i + ".last")) {
          worst = Math.max(worst, difference(golden.get(i + ".last"), last));
        }
      }
      for (int layer = 0; layer < states.size(); layer++) {
        worst = Math.max(worst, difference(golden.get(i + ".state." + layer), states.get(layer)));
      }
    }
    return worst;
  }

  private static double difference(FloatTensor expected, float[] actual) {
    assertEquals(expected.values().length, actual.length);
    double worst = 0;
    for (int i = 0; i < actual.length; i++) {
      worst = larger(worst, expected.values()[i], actual[i]);
    }
    return worst;
  }

  /** NaN counts as the largest. */
  private static double larger(double worst, float expected, float actual) {
    double difference = Math.abs(expected - actual);
    return difference <= worst ? worst : difference;
  }

  /** All states of a padded batch where it is not padded, from a folder of the text oracle. */
  public static double text(NDManager manager, Path folder, RobertaConfig config)
      throws IOException {
    Map<String, FloatTensor> golden = Safetensors.read(folder.resolve("golden.safetensors"));
    FloatTensor ids = golden.get("ids");
    float[] lengths = golden.get("lengths").values();
    TokenBatch batch =
        new TokenBatch(
            IntStream.range(0, ids.values().length)
                .mapToLong(i -> (long) ids.values()[i])
                .toArray(),
            IntStream.range(0, lengths.length).map(i -> (int) lengths[i]).toArray(),
            Math.toIntExact(ids.shape()[1]));
    RobertaEncoder encoder = new RobertaEncoder(config);
    encoder.load(manager, Safetensors.read(folder.resolve("model.safetensors")));
    List<float[]> states = new ArrayList<>();
    try (var off = Tensors.noGradient();
        NDManager scope = manager.newSubManager()) {
      encoder.encode(scope, batch, false, state -> states.add(state.toFloatArray()));
    }
    assertEquals(config.numHiddenLayers() + 1, states.size());
    float[] mask = batch.mask(1, 0);
    double worst = 0;
    for (int layer = 0; layer < states.size(); layer++) {
      float[] expected = golden.get("state." + layer).values();
      for (int i = 0; i < expected.length; i++) {
        if (mask[i / config.hiddenSize()] == 1) {
          worst = larger(worst, expected[i], states.get(layer)[i]);
        }
      }
    }
    return worst;
  }
}
