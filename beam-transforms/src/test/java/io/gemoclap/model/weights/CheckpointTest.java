package io.gemoclap.model.weights;

import static io.gemoclap.model.weights.CheckpointFiles.path;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against what torch and safetensors wrote: see {@link CheckpointFiles}. */
final class CheckpointTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "floats.safetensors",
        "floats.bin",
        "halves.safetensors",
        "halves.bin",
        "views.bin",
        "deflated.bin",
        "nested.bin",
        "lightning.bin",
        "module.bin",
        "parameters.bin",
        "weight-norm-old.safetensors",
        "weight-norm-new.safetensors",
        "sharded/model.safetensors.index.json",
        "sharded/pytorch_model.bin.index.json"
      })
  void everyTensorIsReadAsItWasWritten(String file) throws IOException {
    JsonNode expected = JSON.readTree(Files.readAllBytes(path("expected.json"))).path(file);
    assertFalse(expected.isEmpty());
    try (Weights checkpoint = Weights.open(path(file))) {
      for (Map.Entry<String, JsonNode> each : expected.properties()) {
        String name = file + ": " + each.getKey();
        long[] shape = JSON.convertValue(each.getValue().get(0), long[].class);
        FloatTensor tensor = checkpoint.read(each.getKey());
        assertArrayEquals(shape, checkpoint.shape(each.getKey()), name);
        assertArrayEquals(shape, tensor.shape(), name);
        float[] values = JSON.convertValue(each.getValue().get(1), float[].class);
        assertArrayEquals(values, tensor.values(), name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"floats.safetensors", "floats.bin"})
  void integersMayBeInAFileButAreNotWeights(String file) throws IOException {
    String name = "embeddings.position_ids";
    try (Weights checkpoint = Weights.open(path(file))) {
      assertArrayEquals(new long[] {1, 6}, checkpoint.shape(name));
      String message = assertThrows(IOException.class, () -> checkpoint.read(name)).getMessage();
      assertTrue(message.contains(file + ": " + name + " has the type I64"), message);
    }
  }

  @Test
  void aMissingNameIsReported() throws IOException {
    try (Weights checkpoint = Weights.open(path("floats.bin"))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> checkpoint.shape("x")).getMessage();
      assertEquals("There is no tensor x in this checkpoint", message);
    }
  }

  @Test
  void joinedCheckpointsKeepTheirPrefixes() throws IOException {
    Weights one = Weights.of(Map.of("w", scalar(1)));
    Weights two = Weights.of(Map.of("w", scalar(2)));
    try (Weights both = Weights.join(Map.of("a.", one, "b.", two))) {
      assertEquals(Set.of("a.w", "b.w"), both.names());
      assertEquals(2, both.read("b.w").values()[0]);
      assertEquals(Set.of("b.w"), Weights.except(both, "a.").names());
    }
  }

  @Test
  void joinedNamesMustDiffer() {
    Map<String, Weights> parts = new LinkedHashMap<>();
    parts.put("a.", Weights.of(Map.of("b.w", scalar(1))));
    parts.put("a.b.", Weights.of(Map.of("w", scalar(1))));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Weights.join(parts)).getMessage();
    assertTrue(message.contains("a.b.w occurs twice"), message);
  }

  private static FloatTensor scalar(float value) {
    return new FloatTensor(new float[] {value}, new long[0]);
  }

  private String refusal(String index) throws IOException {
    Files.copy(path("floats.safetensors"), folder.resolve("a.safetensors"));
    Path file = Files.writeString(folder.resolve("model.safetensors.index.json"), index);
    String message = assertThrows(IOException.class, () -> Weights.open(file)).getMessage();
    assertTrue(message.contains(file.toString()), message);
    return message;
  }

  private static String index(String... pairs) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      entries.add("\"" + pairs[i] + "\":\"" + pairs[i + 1] + "\"");
    }
    return "{\"weight_map\":{" + String.join(",", entries) + "}}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a.safetensors",
        "/etc/passwd",
        "..",
        "",
        "b/../a.safetensors",
        "b\\\\a.safetensors",
        "model.safetensors.index.json"
      })
  void anIndexMayNameOnlyFilesInItsFolder(String name) throws IOException {
    assertTrue(refusal(index("w", name)).contains("a shard must be in the folder of its index"));
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    String message = refusal(index("w", "gone.safetensors"));
    assertTrue(message.contains("gone.safetensors, which is missing; download it"), message);
  }

  @Test
  void aTensorThatItsShardLacksIsNamed() throws IOException {
    String message = refusal(index("w", "a.safetensors"));
    assertTrue(message.contains("needs w in a.safetensors, which lacks it"), message);
  }

  @Test
  void tensorsThatNoIndexListsAreNamed() throws IOException {
    String message = refusal(index("scale", "a.safetensors"));
    assertTrue(message.contains("does not list tensors"), message);
    assertTrue(message.contains("empty, encoder.bias, encoder.weight"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "null", "{}", "{\"weight_map\":{}}", "{\"weight_map\":7}", "{\"weight"})
  void anIndexWithoutAMapIsRejected(String text) throws IOException {
    refusal(text);
  }

  @Test
  void anIndexThatListsATensorTwiceIsRejected() throws IOException {
    assertTrue(
        refusal(index("scale", "a.safetensors", "scale", "a.safetensors")).contains("Duplicate"));
  }
}
