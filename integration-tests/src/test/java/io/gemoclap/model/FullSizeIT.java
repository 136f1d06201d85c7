package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.Exhaustive;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.blocks.Tensors;
import io.gemoclap.model.speech.SpeechConfig;
import io.gemoclap.model.speech.SpeechEncoder;
import io.gemoclap.model.text.Parity;
import io.gemoclap.model.text.RobertaConfig;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Safetensors;
import io.gemoclap.model.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * WavLM-base, WavLM-large and RoBERTa-base against transformers, in the folder that {@code
 * oracle/full-size.py} wrote and {@code gemoclap.fullsize} names; skipped without.
 */
@EnabledIfSystemProperty(named = "gemoclap.fullsize", matches = ".+")
@Exhaustive
final class FullSizeIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder = Path.of(System.getProperty("gemoclap.fullsize"));
  private NDManager manager;

  @BeforeEach
  void startsTheEngine() {
    TorchEngine.start();
    manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  }

  @AfterEach
  void closesTheManager() {
    manager.close();
  }

  private ObjectNode config(String model) throws IOException {
    Path file = folder.resolve(model).resolve("config.json");
    return (ObjectNode) JSON.readTree(Files.readAllBytes(file));
  }

  private static void assertSmall(String what, double worst) {
    System.out.printf("%s: max difference to transformers %.1e%n", what, worst);
    assertTrue(worst <= Parity.TOLERANCE, what + " differs by " + worst);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wavlm", "wavlm-large"})
  void wavlm(String model) throws IOException {
    SpeechEncoder encoder = new SpeechEncoder(SpeechConfig.of(config(model)));
    Path files = folder.resolve(model);
    try (Weights weights = Weights.open(files.resolve("model.safetensors"))) {
      encoder.load(manager, weights);
    }
    Map<String, FloatTensor> golden = Safetensors.read(files.resolve("golden.safetensors"));
    List<FeatureMatrix> clips =
        IntStream.range(0, 3)
            .mapToObj(i -> golden.get("clip." + i).values())
            .map(clip -> FeatureMatrix.of(clip.length, 1, clip))
            .toList();
    assertSmall(model, Parity.speech(manager, encoder, clips, golden));
    try (var off = Tensors.noGradient();
        NDManager scope = manager.newSubManager()) {
      float[] together = encoder.forward(scope, clips, false).toFloatArray();
      int d = encoder.outputSize();
      for (int i = 0; i < clips.size(); i++) {
        float[] row = Arrays.copyOfRange(together, i * d, (i + 1) * d);
        assertArrayEquals(golden.get(i + ".pooled").values(), row, (float) Parity.TOLERANCE);
      }
    }
  }

  @Test
  void robertaBase() throws IOException {
    RobertaConfig config = RobertaConfig.of(config("roberta"));
    assertSmall("RoBERTa-base", Parity.text(manager, folder.resolve("roberta"), config));
  }
}
