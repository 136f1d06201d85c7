package io.gemoclap.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.audio.AudioEncoders;
import io.gemoclap.model.audio.TorchScriptEncoder;
import io.gemoclap.model.blocks.AudioConfig;
import io.gemoclap.model.blocks.AudioEncoder;
import io.gemoclap.model.blocks.LogitScale;
import io.gemoclap.model.blocks.NamedBlock;
import io.gemoclap.model.blocks.ProjectionHead;
import io.gemoclap.model.blocks.Tensors;
import io.gemoclap.model.text.ByteLevelBpe;
import io.gemoclap.model.text.RobertaConfig;
import io.gemoclap.model.text.RobertaEncoder;
import io.gemoclap.model.text.TokenBatch;
import io.gemoclap.model.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The GEmo-CLAP network (arXiv 2306.07848): an audio and a text encoder, a projection head each,
 * and two learned logit scales. Serving and training run this same class.
 *
 * <p>With a voice branch, a segment's matrix holds its columns twice: as its recording or speaker
 * measures them, then as the training corpus does. The audio encoder gets the first half; a second
 * encoder with a head of its own gets the other, so that it hears whether a voice is high or deep.
 * A segment's vector then has twice the components of a sentence's: the part for emotion, then the
 * part for the voice, each of length 1/√2.
 *
 * <p>Forward passes may run in several threads at once; each needs its own manager, which then owns
 * every tensor of the pass.
 *
 * @hidden
 */
@Internal
public final class TwoTowers extends NamedBlock {
  private final AudioEncoder audio;
  private final RobertaEncoder text;
  private final ProjectionHead audioHead;
  private final ProjectionHead textHead;
  private final @Nullable AudioEncoder voice;
  private final @Nullable ProjectionHead voiceHead;
  private final int dims;
  private final Parameter logScaleAudio;
  private final Parameter logScaleText;

  public TwoTowers(
      AudioConfig audioConfig, RobertaConfig textConfig, int dims, double headDropout) {
    this.dims = dims;
    audio = child("audio", AudioEncoders.create(audioConfig));
    text = child("text", new RobertaEncoder(textConfig));
    audioHead = child("heads.audio", new ProjectionHead(audio.outputSize(), dims, headDropout));
    textHead = child("heads.text", new ProjectionHead(textConfig.hiddenSize(), dims, 0));
    AudioConfig voiceConfig = audioConfig.voice();
    if (voiceConfig == null) {
      voice = null;
      voiceHead = null;
    } else {
      AudioEncoder encoder = child("voice", AudioEncoders.create(voiceConfig));
      voice = encoder;
      voiceHead = child("heads.voice", new ProjectionHead(encoder.outputSize(), dims, headDropout));
    }
    logScaleAudio = parameter("logit_scale_audio", Start.ZEROS);
    logScaleText = parameter("logit_scale_text", Start.ZEROS);
  }

  /** Two untrained towers of the compact kind, with a small text tower over the tokens of bpe. */
  public static TwoTowers untrained(
      NDManager manager,
      AudioConfig audio,
      ByteLevelBpe bpe,
      int dims,
      double headDropout,
      long seed) {
    RobertaConfig text = RobertaConfig.tiny(bpe.vocabularySize());
    TwoTowers towers = new TwoTowers(audio, text, dims, headDropout);
    towers.initialize(manager, seed);
    NDArray start = Tensors.full(manager, Math.log(LogitScale.START));
    Tensors.assign(towers.logScaleAudio.getArray(), start);
    Tensors.assign(towers.logScaleText.getArray(), start);
    start.close();
    return towers;
  }

  /**
   * The towers of a bundle, for inference: without gradients.
   *
   * @throws IOException when a file cannot be read or the weights do not fit the configs
   */
  public static TwoTowers of(NDManager manager, ModelBundle bundle) throws IOException {
    AudioConfig audio = bundle.audioConfig();
    RobertaConfig text = bundle.read(ModelBundle.TEXT_CONFIG, RobertaConfig.class);
    TwoTowers towers = new TwoTowers(audio, text, bundle.manifest().dims(), 0);
    try (BundleWeights weights = BundleWeights.open(bundle)) {
      towers.load(manager, weights.joined());
    } catch (IllegalArgumentException e) {
      throw new IOException("Bundle " + bundle.id() + ": " + e.getMessage(), e);
    }
    towers.loadModule(manager, bundle.file(ModelBundle.AUDIO_MODULE));
    return towers;
  }

  /** A manager on the device of the weights, for one pass; to be closed by the caller. */
  public NDManager newScope() {
    return logScaleAudio.getArray().getManager().newSubManager();
  }

  /**
   * Sets the constants by which a compact audio tower standardises each feature column; a tower
   * over waveforms has none.
   */
  public void standardize(NDManager manager, float[] means, float[] scales) {
    AudioEncoder second = voice;
    if (second == null) {
      audio.standardize(manager, means, scales);
      return;
    }
    int half = means.length / 2;
    audio.standardize(manager, Arrays.copyOf(means, half), Arrays.copyOf(scales, half));
    second.standardize(
        manager,
        Arrays.copyOfRange(means, half, means.length),
        Arrays.copyOfRange(scales, half, scales.length));
  }

  /**
   * Loads the traced encoder of a {@code torchscript} audio tower; other towers have none.
   *
   * @throws IOException when the file is not a TorchScript module
   */
  void loadModule(NDManager manager, Path file) throws IOException {
    if (audio instanceof TorchScriptEncoder traced) {
      traced.load(manager, file);
    }
  }

  /**
   * Unit vectors of a batch of feature matrices, whatever their lengths: (N, d), or (N, 2d) with a
   * voice branch.
   */
  public NDArray embedSpeech(NDManager manager, List<FeatureMatrix> batch, boolean training) {
    AudioEncoder second = voice;
    ProjectionHead secondHead = voiceHead;
    if (second == null || secondHead == null) {
      return audioHead.forward(audio.forward(manager, batch, training), training);
    }
    NDArray emotion =
        audioHead.forward(audio.forward(manager, SpeechParts.first(batch), training), training);
    NDArray own =
        secondHead.forward(second.forward(manager, SpeechParts.second(batch), training), training);
    return Tensors.scale(Tensors.concat(1, emotion, own), SpeechParts.LENGTH);
  }

  /** Whether there is a voice branch. */
  public boolean hasVoice() {
    return voice != null;
  }

  /** Unit vectors (N, d) for emotion of what {@link #embedSpeech} gives. */
  public NDArray emotionPart(NDArray speech) {
    return hasVoice()
        ? Tensors.scale(Tensors.columns(speech, 0, dims), 1 / SpeechParts.LENGTH)
        : speech;
  }

  /** Unit vectors (N, d) for the voice; without a voice branch the same as for emotion. */
  public NDArray voicePart(NDArray speech) {
    return hasVoice()
        ? Tensors.scale(Tensors.columns(speech, dims, 2L * dims), 1 / SpeechParts.LENGTH)
        : speech;
  }

  /** Unit vectors (N, d) of tokenized sentences. */
  public NDArray embedText(NDManager manager, TokenBatch batch, boolean training) {
    return textHead.forward(text.forward(manager, batch, training), training);
  }

  /** Parameters of the text tower and its head alone, by the names that {@link #named} gives. */
  public Map<String, Parameter> textParameters() {
    Map<String, Parameter> part = new java.util.LinkedHashMap<>(named());
    part.keySet().removeIf(name -> !name.startsWith("text.") && !name.startsWith("heads.text."));
    return part;
  }

  /** A view of the weights by the files of a bundle. */
  BundleWeights bundleWeights() {
    Weights heads = Weights.except(weights(), "audio.", "text.");
    return new BundleWeights(audio.weights(), text.weights(), heads);
  }

  /** Number of weights. */
  long size() {
    return named().values().stream().mapToLong(p -> p.getArray().size()).sum();
  }

  /** Size of all weights in memory. */
  long bytes() {
    return named().values().stream()
        .map(Parameter::getArray)
        .mapToLong(array -> array.size() * array.getDataType().getNumOfBytes())
        .sum();
  }

  /** The learned ε_a, clamped to [1, 100]. */
  public double scaleAudio() {
    return scale(logScaleAudio);
  }

  /** The learned ε_t, clamped to [1, 100]. */
  public double scaleText() {
    return scale(logScaleText);
  }

  private static double scale(Parameter logarithm) {
    return Math.min(LogitScale.LARGEST, Math.max(1, Math.exp(logarithm.getArray().getFloat())));
  }

  /** The learned logarithm of ε_a, a scalar tensor; the scale itself is clamped to [1, 100]. */
  public NDArray logScaleAudio() {
    return logScaleAudio.getArray();
  }

  /** The learned logarithm of ε_t, a scalar tensor. */
  public NDArray logScaleText() {
    return logScaleText.getArray();
  }
}
