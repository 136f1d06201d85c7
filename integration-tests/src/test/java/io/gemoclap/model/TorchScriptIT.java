package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.audio.AudioEncoders;
import io.gemoclap.model.audio.TorchScriptEncoder;
import io.gemoclap.model.blocks.AudioConfig;
import io.gemoclap.model.text.Parity;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Safetensors;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A traced encoder that {@code oracle/golden-torchscript.py} wrote, as an audio tower. */
final class TorchScriptIT {
  @TempDir private Path temp;
  private NDManager manager;
  private Map<String, FloatTensor> golden;
  private List<FeatureMatrix> clips;

  private static Path golden(String name) {
    try {
      return Path.of(TorchScriptIT.class.getResource("/golden/torchscript/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void readsTheGoldenNumbers() throws IOException {
    TorchEngine.start();
    manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    golden = Safetensors.read(golden("golden.safetensors"));
    clips =
        IntStream.range(0, 3)
            .mapToObj(i -> golden.get("clip." + i).values())
            .map(clip -> FeatureMatrix.of(clip.length, 1, clip))
            .toList();
  }

  @AfterEach
  void closesTheManager() {
    manager.close();
  }

  private static AudioConfig config() throws IOException {
    return AudioEncoders.config(
        new ObjectMapper().readValue(Files.readAllBytes(golden("config.json")), ObjectNode.class));
  }

  @Test
  void itsVectorsAreThoseOfTransformersWhateverTheBatch() throws IOException {
    TorchScriptEncoder encoder = (TorchScriptEncoder) AudioEncoders.create(config());
    encoder.load(manager, golden("model.pt"));
    try (NDManager scope = manager.newSubManager()) {
      float[] vectors = encoder.forward(scope, clips, false).toFloatArray();
      assertEquals(3 * encoder.outputSize(), vectors.length);
      for (int i = 0; i < clips.size(); i++) {
        int from = i * encoder.outputSize();
        assertArrayEquals(
            golden.get("pooled." + i).values(),
            java.util.Arrays.copyOfRange(vectors, from, from + encoder.outputSize()),
            (float) Parity.TOLERANCE);
      }
      assertThrows(
          IllegalArgumentException.class,
          () -> encoder.forward(scope, Fixtures.waveforms(1, 24), false));
    }
  }

  @Test
  void aBundleCarriesIt() throws IOException {
    Path folder = temp.resolve("bundle");
    Files.createDirectories(folder.resolve("audio"));
    Files.copy(golden("model.pt"), folder.resolve(ModelBundle.AUDIO_MODULE));
    TwoTowers towers = Fixtures.towers(manager, config(), 5);
    towers.loadModule(manager, golden("model.pt"));
    BundleWriter.write(
        folder, towers, config(), Fixtures.BPE, Fixtures.manifest(), clips.get(0), "# A test\n");
    try (GEmoClap model = GEmoClap.load(ModelBundle.open(folder));
        NDManager scope = manager.newSubManager()) {
      float[] expected = towers.embedSpeech(scope, clips, false).toFloatArray();
      float[][] actual = model.embedSpeech(clips);
      for (int i = 0; i < actual.length; i++) {
        int from = i * Fixtures.DIMS;
        float[] row = java.util.Arrays.copyOfRange(expected, from, from + Fixtures.DIMS);
        assertArrayEquals(row, actual[i], 1e-6f);
      }
    }
    Files.writeString(folder.resolve(ModelBundle.AUDIO_MODULE), "no module");
    assertThrows(IOException.class, () -> ModelBundle.open(folder));
  }

  @Test
  void aHeadOnTopOfItCanBeTrained() throws IOException {
    TwoTowers towers = Fixtures.towers(manager, config(), 5);
    towers.loadModule(manager, golden("model.pt"));
    NDArray weight = towers.named().get("heads.audio.0.weight").getArray();
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector();
        NDManager scope = manager.newSubManager()) {
      NDArray vectors = towers.embedSpeech(scope, clips, true);
      collector.backward(vectors.get(":, 0").sum());
    }
    double largest = 0;
    for (float value : weight.getGradient().toFloatArray()) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertTrue(largest > 1e-3, "gradient of the head " + largest);
  }

  @Test
  void somethingElseIsRejectedByName() throws IOException {
    TorchScriptEncoder encoder = (TorchScriptEncoder) AudioEncoders.create(config());
    Path file = Files.writeString(temp.resolve("model.pt"), "no module");
    String message =
        assertThrows(IOException.class, () -> encoder.load(manager, file)).getMessage();
    assertTrue(message.contains(file + " is not a TorchScript module"), message);
  }
}
