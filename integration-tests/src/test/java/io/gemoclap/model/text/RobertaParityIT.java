package io.gemoclap.model.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.model.Fixtures;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Safetensors;
import io.gemoclap.model.weights.TensorNames;
import io.gemoclap.model.weights.Weights;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Against transformers and tokenizers in Python; {@code oracle/golden-roberta.py} wrote the files.
 */
final class RobertaParityIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Path golden(String name) {
    try {
      return Path.of(RobertaParityIT.class.getResource("/golden/roberta/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void firstTokenVectorsEqualThoseOfTransformersWithPadding() throws IOException {
    RobertaConfig config =
        JSON.readValue(Files.readAllBytes(golden("config.json")), RobertaConfig.class);
    Map<String, FloatTensor> expected = Safetensors.read(golden("golden.safetensors"));
    FloatTensor ids = expected.get("ids");
    float[] lengths = expected.get("lengths").values();
    TokenBatch batch =
        new TokenBatch(toLongs(ids.values()), toInts(lengths), Math.toIntExact(ids.shape()[1]));
    TorchEngine.start();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      RobertaEncoder encoder = new RobertaEncoder(config);
      encoder.load(manager, Safetensors.read(golden("model.safetensors")));
      float[] actual = encoder.forward(manager, batch, false).toFloatArray();
      assertArrayEquals(expected.get("vectors").values(), actual, 1e-4f);
    }
  }

  @Test
  void aTaskModelInPyTorchsFormatHoldsTheSameEncoder() throws IOException {
    RobertaConfig config =
        JSON.readValue(Files.readAllBytes(golden("config.json")), RobertaConfig.class);
    TorchEngine.start();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        Weights file = Weights.open(golden("pytorch_model.bin"))) {
      RobertaEncoder encoder = new RobertaEncoder(config);
      encoder.load(manager, TensorNames.canonical(file, "roberta.", encoder.named().keySet()));
      Map<String, FloatTensor> expected = Safetensors.read(golden("model.safetensors"));
      Map<String, FloatTensor> actual = encoder.snapshot();
      assertEquals(expected.keySet(), actual.keySet());
      expected.forEach(
          (name, tensor) -> assertArrayEquals(tensor.values(), actual.get(name).values(), name));
    }
  }

  private static long[] toLongs(float[] values) {
    long[] longs = new long[values.length];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = (long) values[i];
    }
    return longs;
  }

  private static int[] toInts(float[] values) {
    int[] ints = new int[values.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) values[i];
    }
    return ints;
  }

  private static ByteLevelBpe learnt(JsonNode golden) {
    List<String> sentences = new ArrayList<>();
    golden.path("sentences").forEach(sentence -> sentences.add(sentence.asText()));
    return ByteLevelBpe.learn(sentences, golden.path("merges").asInt());
  }

  @Test
  void tokensEqualThoseOfPythonsTokenizers() throws IOException {
    JsonNode golden = JSON.readTree(Files.readAllBytes(golden("bpe.json")));
    ByteLevelBpe bpe = learnt(golden);
    assertEquals(golden.path("vocabulary_size").asInt(), bpe.vocabularySize());
    try (TextTokenizer tokenizer = TextTokenizer.of(bpe)) {
      assertEquals(44, golden.path("cases").size());
      for (JsonNode row : golden.path("cases")) {
        long[] expected = JSON.convertValue(row.path("ids"), long[].class);
        String text = row.path("text").asText();
        assertArrayEquals(expected, tokenizer.encode(List.of(text)).ids(), "'" + text + "'");
      }
    }
  }

  @Test
  void aKnownWordIsOneTokenAndAnUnknownOneFallsApart() throws IOException {
    try (TextTokenizer tokenizer = TextTokenizer.of(Fixtures.BPE)) {
      assertEquals(3, tokenizer.encode(List.of("Angry")).length()); // <s>, the word, </s>
      // A blank and three bytes that no merge knows.
      assertEquals(6, tokenizer.encode(List.of("怒")).length());
    }
  }

  @Test
  void shorterSentencesArePaddedWithRobertasOwnPadId() throws IOException {
    try (TextTokenizer tokenizer = TextTokenizer.of(Fixtures.BPE)) {
      TokenBatch batch = tokenizer.encode(List.of("an angry voice", "calm"));
      assertArrayEquals(new int[] {5, 3}, batch.lengths());
      assertEquals(5, batch.length());
      assertArrayEquals(new long[] {1, 1}, java.util.Arrays.copyOfRange(batch.ids(), 8, 10));
      assertArrayEquals(new long[] {2, 3, 4, 5, 6, 2, 3, 4, 1, 1}, batch.positions(1), "positions");
    }
  }

  @Test
  void aSentenceBeyondThePositionsIsTruncated() throws IOException {
    try (TextTokenizer tokenizer = TextTokenizer.of(Fixtures.BPE)) {
      TokenBatch batch = tokenizer.encode(List.of("calm ".repeat(500)));
      assertEquals(RobertaConfig.tiny(10).maxTokens(), batch.length());
      assertEquals(2, batch.ids()[batch.length() - 1]);
    }
  }
}
