package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.audio.CompactConfig;
import io.gemoclap.model.blocks.AudioConfig;
import io.gemoclap.model.text.TextTokenizer;
import io.gemoclap.model.text.TokenBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleIT {
  private static final List<FeatureMatrix> SPEECH = Fixtures.speech(9, 50, 3, 200);

  @TempDir private Path temp;
  private Path folder;
  private NDManager manager;
  private TwoTowers towers;

  @BeforeEach
  void writesABundle() throws IOException {
    TorchEngine.start();
    folder = temp.resolve("bundle");
    manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    towers = Fixtures.towers(manager, Fixtures.convolutions(), 5);
    assertEquals(Fixtures.bundle(folder, towers).id(), ModelBundle.open(folder).id());
  }

  @AfterEach
  void closesTheManager() {
    manager.close();
  }

  private GEmoClap load() throws IOException {
    return GEmoClap.load(ModelBundle.open(folder));
  }

  private static float[] flat(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
    }
    return flat;
  }

  @Test
  void aLoadedModelGivesTheVectorsOfTheOneThatWasWritten() throws IOException {
    try (GEmoClap model = load();
        TextTokenizer tokenizer = TextTokenizer.of(Fixtures.BPE)) {
      assertArrayEquals(
          towers.embedSpeech(manager, SPEECH, false).toFloatArray(),
          flat(model.embedSpeech(SPEECH)),
          1e-6f);
      TokenBatch tokens = tokenizer.encode(Fixtures.SENTENCES);
      assertArrayEquals(
          towers.embedText(manager, tokens, false).toFloatArray(),
          flat(model.embedText(Fixtures.SENTENCES)),
          1e-6f);
    }
  }

  @Test
  void aModelKnowsItsSizeAndItsBundle() throws IOException {
    long values = towers.snapshot().values().stream().mapToLong(t -> t.values().length).sum();
    try (GEmoClap model = load()) {
      assertEquals(4 * values, model.bytes());
      assertEquals(ModelBundle.open(folder).id(), model.id());
      assertEquals(List.of("angry", "calm"), model.manifest().labels());
    }
  }

  @Test
  void everyFileOfABundleIsVouchedFor() throws IOException {
    assertEquals(
        List.of(
            "README.md",
            "audio/config.json",
            "audio/model.safetensors",
            "golden.json",
            "heads.safetensors",
            "text/config.json",
            "text/model.safetensors",
            "text/tokenizer.json"),
        ModelBundle.open(folder).manifest().files().keySet().stream().sorted().toList());
  }

  @Test
  void aFlippedBitInTheWeightsIsRejected() throws IOException {
    Path weights = folder.resolve(ModelBundle.AUDIO_WEIGHTS);
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 3] ^= 1;
    Files.write(weights, bytes);
    String message = assertThrows(IOException.class, this::load).getMessage();
    assertTrue(message.contains("damaged") && message.contains("audio/model.safetensors"), message);
  }

  @Test
  void aModelThatAnswersOtherwiseThanItsKnownAnswerIsRejected() throws IOException {
    for (String tower : List.of("speech", "text")) {
      ObjectMapper json = new ObjectMapper();
      Path golden = folder.resolve(ModelBundle.GOLDEN);
      byte[] before = Files.readAllBytes(golden);
      ObjectNode answer = (ObjectNode) json.readTree(before);
      ArrayNode vector = (ArrayNode) answer.path(tower);
      vector.set(0, json.valueToTree(vector.get(0).floatValue() + 0.01f));
      ModelBundle.writeJson(golden, answer);
      ModelBundle.seal(folder, Fixtures.manifest());
      String message = assertThrows(IOException.class, this::load).getMessage();
      assertTrue(message.contains("self-check failed: the " + tower + " vector"), message);
      Files.write(golden, before);
    }
  }

  @Test
  void weightsOfAnotherShapeAreRejectedByName() throws IOException {
    ModelBundle.writeJson(folder.resolve(ModelBundle.AUDIO_CONFIG), Fixtures.functionals());
    ModelBundle.seal(folder, Fixtures.manifest());
    String message = assertThrows(IOException.class, this::load).getMessage();
    assertTrue(message.contains("do not fit") && message.contains("audio.layers.0"), message);
  }

  @Test
  void anUnknownEncoderIsRejectedWithTheKnownOnes() throws IOException {
    AudioConfig unknown = new CompactConfig("wav2vec9", Fixtures.COLUMNS, 32, 3, 0, 0);
    ModelBundle.writeJson(folder.resolve(ModelBundle.AUDIO_CONFIG), unknown);
    ModelBundle.seal(folder, Fixtures.manifest());
    String message = assertThrows(Exception.class, this::load).getMessage();
    assertTrue(message.contains("'wav2vec9'") && message.contains("functionals"), message);
  }

  @Test
  void modelsInSeveralThreadsGiveTheSameVectors() throws IOException {
    try (GEmoClap model = load()) {
      float[] expected = flat(model.embedSpeech(SPEECH));
      List<float[]> parallel =
          java.util.stream.IntStream.range(0, 16)
              .parallel()
              .mapToObj(i -> flat(model.embedSpeech(SPEECH)))
              .toList();
      parallel.forEach(actual -> assertArrayEquals(expected, actual, 1e-6f));
    }
  }
}
