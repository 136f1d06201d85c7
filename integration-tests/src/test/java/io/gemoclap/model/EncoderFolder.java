package io.gemoclap.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.model.speech.SpeechFixtures;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A copy of a tiny encoder's Hugging Face folder that a test may change. */
public final class EncoderFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WORDS = "embeddings.word_embeddings.weight";
  private static final int VOCABULARY = 600;
  private static final String WEIGHTS = "model.safetensors";

  private final Path folder;

  private EncoderFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Copies the files of an encoder, but not its golden numbers.
   *
   * @param golden below the golden files, such as {@code speech/wavlm-base}
   */
  public static EncoderFolder copy(String golden, Path target) throws IOException {
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(SpeechFixtures.golden("../" + golden))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (!file.getFileName().toString().startsWith("golden")) {
          Files.copy(file, target.resolve(file.getFileName()));
        }
      }
    }
    return new EncoderFolder(target);
  }

  /**
   * Copies the tiny RoBERTa and gives it a row for each id of its tokenizer, which that model alone
   * does not have.
   */
  public static EncoderFolder text(Path target) throws IOException {
    EncoderFolder text = copy("text/roberta", target);
    Map<String, FloatTensor> weights = text.weights();
    FloatTensor few = weights.get(WORDS);
    long[] shape = {VOCABULARY, few.shape()[1]};
    float[] values = new float[(int) (shape[0] * shape[1])];
    for (int i = 0; i < values.length; i++) {
      values[i] = few.values()[i % few.values().length];
    }
    weights.put(WORDS, new FloatTensor(values, shape));
    return text.withWeights(weights)
        .withConfig(JSON.createObjectNode().put("vocab_size", VOCABULARY));
  }

  /** The folder. */
  public Path path() {
    return folder;
  }

  /** A file of the folder. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Replaces fields of {@code config.json}. */
  public EncoderFolder withConfig(JsonNode changes) throws IOException {
    Path file = folder.resolve("config.json");
    ObjectNode config = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
    changes.properties().forEach(each -> config.set(each.getKey(), each.getValue()));
    Files.write(file, JSON.writeValueAsBytes(config));
    return this;
  }

  /** Writes a JSON file unless the content is null or JSON's null. */
  public EncoderFolder withFile(String name, JsonNode content) throws IOException {
    if (content != null && !content.isNull()) {
      Files.write(folder.resolve(name), JSON.writeValueAsBytes(content));
    }
    return this;
  }

  /** The weights, in its own map. */
  public Map<String, FloatTensor> weights() throws IOException {
    return new LinkedHashMap<>(Safetensors.read(folder.resolve(WEIGHTS)));
  }

  /** Replaces the weights. */
  public EncoderFolder withWeights(Map<String, FloatTensor> weights) throws IOException {
    Safetensors.write(folder.resolve(WEIGHTS), weights);
    return this;
  }
}
