package io.gemoclap.model.speech;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.annotations.Internal;

/**
 * The families of pretrained speech encoders, by Hugging Face's {@code model_type}.
 *
 * @hidden
 */
@Internal
public enum SpeechFamily {
  /** Baevski et al. 2020, arXiv 2006.11477. */
  WAV2VEC2(
      "wav2vec2", "do_stable_layer_norm", "feat_extract_norm", "add_adapter", "adapter_attn_dim"),
  /** Hsu et al. 2021, arXiv 2106.07447. */
  HUBERT(
      "hubert",
      "do_stable_layer_norm",
      "feat_extract_norm",
      "feat_proj_layer_norm",
      "conv_pos_batch_norm",
      "adapter_attn_dim"),
  /** Chen et al. 2022, arXiv 2110.13900: gated relative positions in every attention. */
  WAVLM(
      "wavlm",
      "do_stable_layer_norm",
      "feat_extract_norm",
      "add_adapter",
      "num_buckets",
      "max_bucket_distance"),
  /** Baevski et al. 2022, arXiv 2202.03555: several positional convolutions, one after another. */
  DATA2VEC_AUDIO("data2vec-audio", "conv_pos_kernel_size", "add_adapter");

  /** Fields of {@code config.json} that shape every family in transformers. */
  private static final Set<String> COMMON =
      Set.of(
          "conv_dim",
          "conv_kernel",
          "conv_stride",
          "conv_bias",
          "num_feat_extract_layers",
          "feat_extract_activation",
          "feat_proj_dropout",
          "hidden_size",
          "num_hidden_layers",
          "num_attention_heads",
          "intermediate_size",
          "hidden_act",
          "layer_norm_eps",
          "num_conv_pos_embeddings",
          "num_conv_pos_embedding_groups",
          "hidden_dropout",
          "attention_dropout",
          "activation_dropout",
          "layerdrop",
          "apply_spec_augment",
          "mask_time_prob",
          "mask_time_length",
          "mask_time_min_masks",
          "mask_feature_prob",
          "mask_feature_length",
          "mask_feature_min_masks",
          "use_weighted_layer_sum");

  private final String modelType;
  private final ImmutableSet<String> own;

  SpeechFamily(String modelType, String... own) {
    this.modelType = modelType;
    this.own = ImmutableSet.copyOf(own);
  }

  /**
   * A copy of a {@code config.json} with the fields that this family's code in transformers reads.
   * That code ignores any other, which published checkpoints of the family may have.
   */
  ObjectNode fieldsRead(ObjectNode json) {
    ObjectNode read = json.deepCopy();
    read.properties()
        .removeIf(each -> !COMMON.contains(each.getKey()) && !own.contains(each.getKey()));
    return read;
  }

  public static Optional<SpeechFamily> of(String modelType) {
    return Arrays.stream(values()).filter(f -> f.modelType.equals(modelType)).findFirst();
  }

  public static List<String> names() {
    return Arrays.stream(values()).map(SpeechFamily::modelType).toList();
  }

  String modelType() {
    return modelType;
  }
}
