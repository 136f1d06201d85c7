package io.gemoclap.model.speech;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.blocks.Attention;
import io.gemoclap.model.blocks.AudioEncoder;
import io.gemoclap.model.blocks.LayerNorm;
import io.gemoclap.model.blocks.MaskedPooling;
import io.gemoclap.model.blocks.PaddedBatch;
import io.gemoclap.model.blocks.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * A pretrained speech encoder of the wav2vec2, HuBERT, WavLM or data2vec-audio family, with the
 * parameter names of Hugging Face's base model: waveforms to the mean of their frame vectors.
 *
 * <p>Frames are the last layer's, or a mix of all layers with the softmax of {@code layer_weights}
 * (layers + 1). Every layer frees its intermediate tensors at its end; in inference a pass holds
 * the tensors of one layer at a time.
 *
 * @hidden
 */
@Internal
public final class SpeechEncoder extends AudioEncoder {
  private final SpeechConfig config;
  private final @Nullable Parameter layerWeights;
  private final ConvFrontEnd frontEnd;
  private final FeatureProjection projection;
  private final FrameMasking masking;
  private final PositionalConvolution positions;
  private final LayerNorm norm;
  private final @Nullable RelativePositions relativePositions;
  private final List<SpeechLayer> layers = new ArrayList<>();

  public SpeechEncoder(SpeechConfig config) {
    this.config = config;
    int d = config.hiddenSize();
    layerWeights =
        config.weightedSum()
            ? optionalParameter("layer_weights", Start.ZEROS, config.layers() + 1)
            : null;
    masking = new FrameMasking(config.masking(), maskedFrame(d));
    frontEnd = child("feature_extractor", new ConvFrontEnd(config.frontEnd()));
    projection = child("feature_projection", new FeatureProjection(config));
    positions = child("encoder.pos_conv_embed", PositionalConvolution.of(config));
    norm = child("encoder.layer_norm", new LayerNorm(d, config.epsilon()));
    for (int i = 0; i < config.layers(); i++) {
      layers.add(child("encoder.layers." + i, new SpeechLayer(config)));
    }
    relativePositions =
        config.family() == SpeechFamily.WAVLM
            ? child(
                "encoder.layers.0.attention",
                new RelativePositions(config.buckets(), config.maxDistance(), config.heads()))
            : null;
  }

  private @Nullable Parameter maskedFrame(int dims) {
    return config.masking().hasEmbedding()
        ? optionalParameter("masked_spec_embed", Start.UNIFORM, dims)
        : null;
  }

  @Override
  public int outputSize() {
    return config.hiddenSize();
  }

  @Override
  public NDArray forward(NDManager manager, List<FeatureMatrix> batch, boolean training) {
    Frames frames = new Frames(manager, batch);
    Parameter mixing = layerWeights;
    if (mixing == null) {
      NDArray last = encode(frames, batch, training, state -> {});
      return Tensors.scoped(() -> MaskedPooling.mean(last, frames.mask));
    }
    List<NDArray> means = new ArrayList<>();
    encode(
        frames,
        batch,
        training,
        state ->
            means.add(Tensors.scoped(() -> MaskedPooling.mean(state, frames.mask).expandDims(1))));
    return Tensors.scoped(
        () -> {
          NDArray weights = mixing.getArray().softmax(0).expandDims(1);
          return Tensors.concat(1, means.toArray(NDArray[]::new)).mul(weights).sum(new int[] {1});
        });
  }

  /**
   * Frame vectors of the last layer, (N, T, hidden).
   *
   * @param visitor is shown the input of the first layer and the output of every layer, which it
   *     must not keep; the last before a pre-norm encoder's final normalisation
   */
  public NDArray encode(
      NDManager manager, List<FeatureMatrix> batch, boolean training, Consumer<NDArray> visitor) {
    return encode(new Frames(manager, batch), batch, training, visitor);
  }

  private NDArray encode(
      Frames frames, List<FeatureMatrix> batch, boolean training, Consumer<NDArray> visitor) {
    SplittableRandom random = training ? Tensors.random(frames.manager) : null;
    NDArray x = Tensors.scoped(() -> embed(frames, batch, random));
    visitor.accept(x);
    AttentionContext context = new AttentionContext(frames.padding, relative(frames));
    for (int i = 0; i < layers.size(); i++) {
      // As in the reference, WavLM's first layer is never dropped.
      boolean mayDrop = i > 0 || config.family() != SpeechFamily.WAVLM;
      boolean dropped = random != null && mayDrop && random.nextDouble() < config.dropout().layer();
      if (!dropped) {
        SpeechLayer layer = layers.get(i);
        NDArray in = x;
        x = Tensors.scoped(() -> layer.forward(in, context, training));
        in.close();
      }
      visitor.accept(x);
    }
    return config.preNorm() ? norm.forward(x) : x;
  }

  /** Waveforms to the input of the first layer. */
  private NDArray embed(
      Frames frames, List<FeatureMatrix> batch, @Nullable SplittableRandom random) {
    boolean training = random != null;
    NDArray x = projection.forward(frontEnd.forward(frames.manager, batch), training);
    if (random != null) {
      x = masking.forward(x, frames.lengths, random);
    }
    x = x.mul(frames.mask);
    x = x.add(positions.forward(x, frames.mask));
    return Tensors.dropout(
        config.preNorm() ? x : norm.forward(x), config.dropout().hidden(), training);
  }

  private @Nullable NDArray relative(Frames frames) {
    RelativePositions relative = relativePositions;
    return relative == null
        ? null
        : Tensors.scoped(() -> relative.forward(frames.manager, frames.longest));
  }

  /** How many frames each waveform gives, and the masks that follow. */
  private final class Frames {
    private final NDManager manager;
    private final int[] lengths;
    private final int longest;
    private final NDArray mask;
    private final @Nullable NDArray padding;

    Frames(NDManager manager, List<FeatureMatrix> batch) {
      this.manager = manager;
      lengths = batch.stream().mapToInt(row -> config.frontEnd().frames(row.frames())).toArray();
      longest = java.util.Arrays.stream(lengths).max().orElseThrow();
      boolean padded = java.util.Arrays.stream(lengths).anyMatch(length -> length < longest);
      mask = PaddedBatch.mask(manager, lengths, longest, 1, 0);
      padding =
          padded
              ? PaddedBatch.mask(manager, lengths, longest, 0, Attention.MASKED)
                  .reshape(new Shape(lengths.length, 1, 1, longest))
              : null;
    }
  }
}
