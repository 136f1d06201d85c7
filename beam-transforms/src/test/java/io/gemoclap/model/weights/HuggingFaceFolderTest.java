package io.gemoclap.model.weights;

import static io.gemoclap.model.weights.CheckpointFiles.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HuggingFaceFolderTest {
  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void copy(String from, String to) throws IOException {
    Files.copy(path(from), folder.resolve(to));
  }

  private String refusal() {
    String message =
        assertThrows(IOException.class, () -> HuggingFaceFolder.open(folder)).getMessage();
    assertTrue(message.contains(folder.toString()), message);
    return message;
  }

  @Test
  void safetensorsArePreferred() throws IOException {
    write("config.json", "{\"model_type\":\"wavlm\"}");
    copy("halves.bin", "pytorch_model.bin");
    try (Weights checkpoint = HuggingFaceFolder.open(folder).checkpoint()) {
      assertTrue(checkpoint.names().contains("bf16"));
    }
    copy("floats.safetensors", "model.safetensors");
    HuggingFaceFolder opened = HuggingFaceFolder.open(folder);
    assertEquals("wavlm", opened.modelType());
    assertTrue(opened.featureExtractor().isEmpty());
    assertEquals(Set.of("config.json", "model.safetensors"), opened.digests().keySet());
    try (Weights checkpoint = opened.checkpoint()) {
      assertTrue(checkpoint.names().contains("encoder.bias"));
    }
  }

  @Test
  void shardsAreReadThroughTheirIndexAndVouchedFor() throws IOException {
    write("config.json", "{\"model_type\":\"wavlm\"}");
    for (String name : Set.of("00001-of-00002.bin", "00002-of-00002.bin")) {
      copy("sharded/pytorch_model-" + name, "pytorch_model-" + name);
    }
    copy("sharded/pytorch_model.bin.index.json", "pytorch_model.bin.index.json");
    HuggingFaceFolder opened = HuggingFaceFolder.open(folder);
    assertEquals(4, opened.digests().size());
    try (Weights checkpoint = opened.checkpoint()) {
      assertEquals(Set.of("encoder.weight", "encoder.bias", "scale"), checkpoint.names());
    }
  }

  @Test
  void missingFilesAreReportedWithTheSearchedNames() throws IOException {
    assertTrue(refusal().contains("it has no config.json; download it too"));
    write("config.json", "{\"model_type\":\"wavlm\"}");
    String message = refusal();
    assertTrue(message.contains("looked for model.safetensors, model.saf"), message);
    assertTrue(message.contains("pytorch_model.bin.index.json, model.pt; download one"), message);
    copy("floats.bin", "pytorch_model.bin");
    message =
        assertThrows(IOException.class, () -> HuggingFaceFolder.open(folder).tokenizer())
            .getMessage();
    assertTrue(message.contains("has no tokenizer.json; download it too, or write"), message);
  }

  @Test
  void aConfigurationMustBeJsonWithAFamily() throws IOException {
    write("config.json", "{\"model_type\":7}");
    assertTrue(refusal().contains("has no model_type"));
    write("config.json", "[1]");
    assertTrue(refusal().contains("not a JSON object"));
    write("config.json", "{\"model_type\"");
    assertTrue(refusal().contains("config.json cannot be used"));
  }

  @Test
  void aFileIsNotAFolder() throws IOException {
    write("f", "");
    Path file = folder.resolve("f");
    String message =
        assertThrows(IOException.class, () -> HuggingFaceFolder.open(file)).getMessage();
    assertTrue(message.contains("is not a folder; name one with config.json in it"), message);
  }
}
