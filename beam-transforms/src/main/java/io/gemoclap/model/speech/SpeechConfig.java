package io.gemoclap.model.speech;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.model.blocks.AudioConfig;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * The fields of Hugging Face's {@code config.json} that shape a pretrained speech encoder:
 * wav2vec2, HuBERT, WavLM or data2vec-audio, base or large. Defaults are those of transformers.
 *
 * @param family which of the four
 * @param frontEnd convolutions over the waveform
 * @param positions convolutions that encode positions
 * @param buckets relative positions that WavLM distinguishes; 0 in other families
 * @param maxDistance relative position, in frames, beyond which WavLM's buckets end
 * @param hiddenSize width of the transformer
 * @param layers depth of the transformer
 * @param heads attention heads
 * @param intermediateSize width inside the feed-forward part
 * @param epsilon of the transformer's layer normalisations
 * @param preNorm whether layers normalise their input (large models) instead of their output
 * @param weightedSum whether the output is a learned mix of all layers instead of the last
 * @param dropout rates of dropout in training
 * @param masking random masks in training
 * @param json the file's own content, which is what is written again
 * @hidden
 */
@Internal
public record SpeechConfig(
    SpeechFamily family,
    FrontEnd frontEnd,
    Positions positions,
    int buckets,
    int maxDistance,
    int hiddenSize,
    int layers,
    int heads,
    int intermediateSize,
    double epsilon,
    boolean preNorm,
    boolean weightedSum,
    Dropout dropout,
    Masking masking,
    @JsonValue ObjectNode json)
    implements AudioConfig {

  /**
   * Convolutions over the waveform.
   *
   * @param dims channels of each layer
   * @param kernels samples or frames that each layer looks at
   * @param strides steps of each layer
   * @param biased whether convolutions have a bias
   * @param layerNorm layer normalisation after every layer, instead of group normalisation after
   *     the first
   * @param projectionNorm whether the projection to the transformer's width normalises its input
   */
  record FrontEnd(
      List<Integer> dims,
      List<Integer> kernels,
      List<Integer> strides,
      boolean biased,
      boolean layerNorm,
      boolean projectionNorm) {

    /** Frames that a number of samples gives; 0 if there are too few. */
    int frames(int samples) {
      int length = samples;
      for (int i = 0; i < dims.size(); i++) {
        length = length < kernels.get(i) ? 0 : (length - kernels.get(i)) / strides.get(i) + 1;
      }
      return length;
    }

    /** The least number of samples that gives a frame, or the largest integer if it is more. */
    int receptiveField() {
      long length = 1;
      for (int i = Math.min(kernels.size(), strides.size()) - 1; i >= 0; i--) {
        length = Math.min(Integer.MAX_VALUE, (length - 1) * strides.get(i) + kernels.get(i));
      }
      return (int) length;
    }
  }

  /**
   * Positional convolutions: one with weight normalisation, or in data2vec several without.
   *
   * @param depth how many, one after another
   * @param kernel frames that each looks at
   * @param groups groups of channels
   */
  record Positions(int depth, int kernel, int groups) {}

  /** Dropout rates; {@code layer} is the chance that a whole layer is skipped. */
  record Dropout(
      double hidden, double attention, double activation, double projection, double layer) {}

  /**
   * Random masks over the projected frames (SpecAugment, Park et al. 2019, as wav2vec 2.0 uses it).
   *
   * @param applied whether training masks at all
   * @param time spans of frames that {@code masked_spec_embed} replaces
   * @param feature spans of columns that become zero
   */
  record Masking(boolean applied, Spans time, Spans feature) {
    /** Whether a checkpoint has the vector that replaces masked frames. */
    boolean hasEmbedding() {
      return time.share() > 0 || feature.share() > 0;
    }
  }

  /**
   * Spans to mask.
   *
   * @param share of the axis to mask; overlaps make it less
   * @param length of a span
   * @param least number of spans
   */
  record Spans(double share, int length, int least) {}

  @Override
  public String modelType() {
    return family.modelType();
  }

  /**
   * Reads a config.
   *
   * @throws IllegalArgumentException naming every value that is not supported
   */
  public static SpeechConfig of(ObjectNode json) {
    return SpeechConfigReader.read(json);
  }
}
