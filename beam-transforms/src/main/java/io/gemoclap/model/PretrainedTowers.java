package io.gemoclap.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.audio.AudioEncoders;
import io.gemoclap.model.audio.TorchScriptEncoder;
import io.gemoclap.model.blocks.AudioConfig;
import io.gemoclap.model.blocks.AudioEncoder;
import io.gemoclap.model.blocks.NamedBlock;
import io.gemoclap.model.speech.SpeechFamily;
import io.gemoclap.model.text.RobertaConfig;
import io.gemoclap.model.text.RobertaEncoder;
import io.gemoclap.model.text.TokenizerSettings;
import io.gemoclap.model.text.TokenizerVocabulary;
import io.gemoclap.model.weights.EncoderPrefix;
import io.gemoclap.model.weights.Excerpt;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.HuggingFaceFolder;
import io.gemoclap.model.weights.TensorNames;
import io.gemoclap.model.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.beam.sdk.annotations.Internal;

/**
 * An audio and a text encoder in Hugging Face folders, found to fit this library's encoders by name
 * and shape of every tensor, all of them finite; no value is in memory. Made into a bundle by
 * {@link #write}. Not thread-safe.
 *
 * @hidden
 */
@Internal
public final class PretrainedTowers implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String WEIGHTED_SUM = "use_weighted_layer_sum";

  private final HuggingFaceFolder audio;
  private final JsonNode audioJson;
  private final HuggingFaceFolder text;
  private final String tokenizer;
  private final AudioEncoder audioEncoder;
  private final RobertaConfig textConfig;
  private final AudioInput input;
  private final Weights audioWeights;
  private final Weights textWeights;

  private PretrainedTowers(HuggingFaceFolder audio, HuggingFaceFolder text, boolean weightedLayers)
      throws IOException {
    this.audio = audio;
    this.text = text;
    audioJson = weightedLayers ? mixed(audio) : audio.config();
    AudioConfig audioConfig =
        config(audio, AudioEncoders.KINDS, () -> AudioEncoders.config(audioJson));
    textConfig =
        config(
            text, RobertaConfig.KINDS, () -> JSON.convertValue(text.config(), RobertaConfig.class));
    tokenizer = TokenizerSettings.apply(text);
    checkTokenizer();
    input = AudioInput.of(audio);
    audioEncoder = AudioEncoders.create(audioConfig);
    audioWeights = weights(audio, audioEncoder);
    try {
      textWeights = weights(text, new RobertaEncoder(textConfig));
    } catch (IOException e) {
      audioWeights.close();
      throw e;
    }
  }

  /**
   * Opens two folders and checks that they fit; see {@link TensorNames} for what is not asked for.
   *
   * @param weightedLayers whether the audio encoder gives a learned mix of all its layers, which
   *     starts with equal weights unless the folder has some, instead of its last layer
   * @throws IOException naming the folder and all that is wrong with it: a missing file, an unknown
   *     family, unsupported values, tensors that are missing, surplus, misshapen or not finite, a
   *     tokenizer of another model
   */
  public static PretrainedTowers open(Path audioFolder, Path textFolder, boolean weightedLayers)
      throws IOException {
    return new PretrainedTowers(
        HuggingFaceFolder.open(audioFolder), HuggingFaceFolder.open(textFolder), weightedLayers);
  }

  private static JsonNode mixed(HuggingFaceFolder folder) throws IOException {
    if (SpeechFamily.of(folder.modelType()).isEmpty()) {
      throw new IOException(
          "'%s' is of the family '%s', whose layers cannot be weighted; only those of %s can"
              .formatted(folder.folder(), Excerpt.text(folder.modelType()), SpeechFamily.names()));
    }
    ObjectNode json = folder.config().deepCopy();
    return json.put(WEIGHTED_SUM, true);
  }

  private static <T> T config(HuggingFaceFolder folder, List<String> kinds, Supplier<T> reader)
      throws IOException {
    Path file = folder.folder().resolve("config.json");
    if (!kinds.contains(folder.modelType())) {
      throw new IOException(
          file
              + " is of the family '"
              + Excerpt.text(folder.modelType())
              + "', which cannot be imported; supported: "
              + String.join(", ", kinds));
    }
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      String problem =
          cause instanceof JsonProcessingException parse
              ? Excerpt.text(parse.getOriginalMessage())
              : cause.getMessage();
      throw new IOException(file + " cannot be used: " + problem, e);
    }
  }

  private void checkTokenizer() throws IOException {
    String file = text.folder().resolve("tokenizer.json").toString();
    long largest = TokenizerVocabulary.largestId(tokenizer, file);
    if (largest >= textConfig.vocabSize()) {
      throw new IOException(
          file
              + " gives ids up to "
              + largest
              + ", but the vocab_size of its config.json is "
              + textConfig.vocabSize()
              + "; take the tokenizer that belongs to the model");
    }
  }

  private static Weights weights(HuggingFaceFolder folder, NamedBlock block) throws IOException {
    boolean traced = block instanceof TorchScriptEncoder;
    Weights checkpoint = traced ? Weights.of(Map.of()) : folder.checkpoint();
    try {
      String prefix = EncoderPrefix.find(checkpoint.names(), block.required());
      Weights whole = TensorNames.canonical(checkpoint, prefix, block.named().keySet());
      for (Map.Entry<String, FloatTensor> fresh : block.freshOptional(whole.names()).entrySet()) {
        whole = Weights.with(whole, fresh.getKey(), fresh.getValue());
      }
      check(whole, block, prefix);
      return whole;
    } catch (IllegalArgumentException e) {
      checkpoint.close();
      throw new IOException("'" + folder.folder() + "' cannot be used: " + e.getMessage(), e);
    } catch (IOException e) {
      checkpoint.close();
      throw e;
    }
  }

  /** Checks names, shapes, and then every value, so that damaged weights are never written. */
  private static void check(Weights checkpoint, NamedBlock block, String prefix)
      throws IOException {
    try {
      block.check(checkpoint);
    } catch (IllegalArgumentException e) {
      String where = prefix.isEmpty() ? "" : "below '" + Excerpt.text(prefix) + "': ";
      throw new IllegalArgumentException(where + e.getMessage(), e);
    }
    for (String name : checkpoint.names()) {
      checkpoint.read(name);
    }
  }

  /** The audio encoder's folder. */
  public HuggingFaceFolder audio() {
    return audio;
  }

  /** The text encoder's folder. */
  public HuggingFaceFolder text() {
    return text;
  }

  /** What the audio encoder takes as its input. */
  public AudioInput input() {
    return input;
  }

  /** The audio encoder's weights under this library's names; closed with the towers. */
  Weights audioWeights() {
    return audioWeights;
  }

  /** The content of the bundle's {@code tokenizer.json}. */
  String tokenizer() {
    return tokenizer;
  }

  /** Untrained projection heads to {@code dims}, and logit scales where training starts. */
  public Weights freshHeads(int dims, long seed) {
    return heads(dims).fresh(seed);
  }

  /**
   * The trained heads of another bundle.
   *
   * @throws IOException naming all that does not fit these towers
   */
  public Weights headsOf(ModelBundle bundle) throws IOException {
    Weights heads = Weights.open(bundle.file(ModelBundle.HEADS));
    try {
      heads(bundle.manifest().dims()).check(heads);
      return heads;
    } catch (IllegalArgumentException e) {
      heads.close();
      throw new IOException(
          "The heads of bundle " + bundle.id() + " cannot be used: " + e.getMessage(), e);
    }
  }

  private Heads heads(int dims) {
    return new Heads(audioEncoder.outputSize(), textConfig.hiddenSize(), dims);
  }

  /**
   * Writes a bundle into a folder that is empty or does not exist, one tensor at a time, loads it
   * and records its known answer.
   *
   * @param heads as {@link #freshHeads} or {@link #headsOf} give them; stays open
   * @param manifest what the bundle is; its file digests are filled in here
   * @param clip features of a short clip for the known answer
   * @param modelCard Markdown text for {@code README.md}
   */
  public ModelBundle write(
      Path folder, Weights heads, ModelManifest manifest, FeatureMatrix clip, String modelCard)
      throws IOException {
    return BundleWriter.write(
        folder,
        new BundleWeights(audioWeights, textWeights, heads),
        new BundleContent(
            audioJson,
            audioEncoder instanceof TorchScriptEncoder
                ? Optional.of(audio.weights())
                : Optional.empty(),
            text.config(),
            tokenizer,
            manifest,
            clip,
            modelCard));
  }

  @Override
  public void close() throws IOException {
    audioWeights.close();
    textWeights.close();
  }
}
