package io.gemoclap.model.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.annotations.Internal;

/**
 * A model as {@code save_pretrained} leaves it: {@code config.json}, weights and, for text, {@code
 * tokenizer.json}. Immutable and thread-safe; each {@link #checkpoint()} is opened anew.
 *
 * @hidden
 */
@Internal
public final class HuggingFaceFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONFIG = "config.json";
  private static final String PREPROCESSOR = "preprocessor_config.json";
  private static final String PROCESSOR = "processor_config.json";
  private static final String TOKENIZER_CONFIG = "tokenizer_config.json";
  private static final String TOKENIZER = "tokenizer.json";
  private static final long MAX_JSON = 4 << 20;
  private static final long MAX_TOKENIZER = 64 << 20;

  /** Best first: safetensors need no trust. */
  private static final List<String> WEIGHTS =
      List.of(
          "model.safetensors",
          "model.safetensors.index.json",
          "pytorch_model.bin",
          "pytorch_model.bin.index.json",
          "model.pt");

  private final Path folder;
  private final JsonNode config;
  private final Path weights;

  private HuggingFaceFolder(Path folder, JsonNode config, Path weights) {
    this.folder = folder;
    this.config = config;
    this.weights = weights;
  }

  /**
   * Looks for the folder's files and reads its configuration.
   *
   * @throws IOException naming the folder and what was looked for, or what is wrong
   */
  public static HuggingFaceFolder open(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("'" + folder + "' is not a folder; name one with " + CONFIG + " in it");
    }
    OtherFolder.refuseAdapter(folder);
    if (!Files.isRegularFile(folder.resolve(CONFIG))) {
      throw new IOException(
          "'%s' is not a Hugging Face model: it has no %s; %s"
              .formatted(folder, CONFIG, OtherFolder.remedy(folder, "download it too")));
    }
    JsonNode config = json(folder.resolve(CONFIG));
    if (!config.path("model_type").isTextual()) {
      throw new IOException(
          folder.resolve(CONFIG) + " has no model_type; use the config.json of these weights");
    }
    for (String name : WEIGHTS) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return new HuggingFaceFolder(folder, config, folder.resolve(name));
      }
    }
    throw new IOException(
        "'%s' has no weights; looked for %s; %s"
            .formatted(
                folder,
                String.join(", ", WEIGHTS),
                OtherFolder.remedy(folder, "download one of them too")));
  }

  static JsonNode json(Path file) throws IOException {
    Placeholder.refuse(file);
    try {
      JsonNode node = JSON.readTree(bounded(file, MAX_JSON));
      if (!node.isObject()) {
        throw new IOException(file + " cannot be used: it is not a JSON object");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new IOException(file + " cannot be used: " + Excerpt.text(e.getOriginalMessage()), e);
    }
  }

  private static byte[] bounded(Path file, long limit) throws IOException {
    if (Files.size(file) > limit) {
      throw new IOException(
          file + " has " + Files.size(file) + " bytes; at most " + limit + " are read");
    }
    return Files.readAllBytes(file);
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** The content of {@code config.json}, which has a {@code model_type}. */
  public JsonNode config() {
    return config;
  }

  /**
   * The file of the weights, or the index of its shards; {@code model.pt} may be a traced program.
   */
  public Path weights() {
    return weights;
  }

  /** The model's family. */
  public String modelType() {
    return config.path("model_type").asText();
  }

  /**
   * Settings of one of the folder's files.
   *
   * @param file where they are
   * @param json an object
   * @hidden
   */
  public record Settings(Path file, JsonNode json) {}

  /**
   * The settings of the feature extractor, from the file that transformers takes them from: {@code
   * processor_config.json} if it has them below {@code feature_extractor} or {@code
   * audio_processor}, else {@code preprocessor_config.json}, if there is one.
   *
   * @throws IOException naming a file that cannot be read
   */
  public Optional<Settings> featureExtractor() throws IOException {
    Optional<Settings> processor = settings(PROCESSOR);
    if (processor.isPresent()) {
      JsonNode json = processor.get().json();
      JsonNode nested =
          json.path(json.has("feature_extractor") ? "feature_extractor" : "audio_processor");
      if (nested.isObject()) {
        return Optional.of(new Settings(processor.get().file(), nested));
      }
      if (!nested.isMissingNode() && !nested.isNull()) {
        throw new IOException(
            processor.get().file() + " cannot be used: its feature_extractor is not a JSON object");
      }
    }
    return settings(PREPROCESSOR);
  }

  /** The content of {@code tokenizer_config.json}, if there is one. */
  public Optional<Settings> tokenizerConfig() throws IOException {
    return settings(TOKENIZER_CONFIG);
  }

  private Optional<Settings> settings(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.isRegularFile(file)
        ? Optional.of(new Settings(file, json(file)))
        : Optional.empty();
  }

  /**
   * The content of {@code tokenizer.json}.
   *
   * @throws IOException when there is none, saying how to make one
   */
  public String tokenizer() throws IOException {
    Path file = folder.resolve(TOKENIZER);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "'"
              + folder
              + "' has no "
              + TOKENIZER
              + "; download it too, or write one in Python with"
              + " AutoTokenizer.from_pretrained(…).save_pretrained(…)");
    }
    Placeholder.refuse(file);
    return new String(bounded(file, MAX_TOKENIZER), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Opens the weights, which keep their names. */
  public Weights checkpoint() throws IOException {
    return Weights.open(weights);
  }

  /** The sha256 of each file that this class may read, by name. */
  public Map<String, String> digests() throws IOException {
    Map<String, String> digests = new TreeMap<>();
    String shards = weights.getFileName().toString().replace(WeightShards.SUFFIX, "");
    String stem = shards.substring(0, shards.lastIndexOf('.'));
    String ending = shards.substring(stem.length());
    try (var files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String name = file.getFileName().toString();
        boolean shard =
            weights.toString().endsWith(WeightShards.SUFFIX)
                && name.startsWith(stem + "-")
                && name.endsWith(ending);
        if (shard
            || file.equals(weights)
            || List.of(CONFIG, PREPROCESSOR, PROCESSOR, TOKENIZER, TOKENIZER_CONFIG)
                .contains(name)) {
          digests.put(name, MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString());
        }
      }
    }
    return digests;
  }
}
