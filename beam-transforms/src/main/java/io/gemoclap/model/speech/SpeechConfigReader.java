package io.gemoclap.model.speech;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.model.blocks.ConfigFields;
import java.util.List;

/** Reads and checks the {@code config.json} of the four speech families. */
final class SpeechConfigReader {
  private static final List<Integer> DIMS = List.of(512, 512, 512, 512, 512, 512, 512);
  private static final List<Integer> KERNELS = List.of(10, 3, 3, 3, 3, 2, 2);
  private static final List<Integer> STRIDES = List.of(5, 2, 2, 2, 2, 2, 2);
  private static final int MOST_SAMPLES = 1_000_000;
  private static final List<String> GELU = List.of("gelu");

  private SpeechConfigReader() {}

  static SpeechConfig read(ObjectNode json) {
    SpeechFamily family = SpeechFamily.of(json.path("model_type").asText()).orElseThrow();
    ConfigFields fields = new ConfigFields(family.fieldsRead(json));
    boolean wavlm = family == SpeechFamily.WAVLM;
    SpeechConfig config =
        new SpeechConfig(
            family,
            frontEnd(fields, family),
            positions(fields, family),
            wavlm ? fields.integer("num_buckets", 320, 4) : 0,
            wavlm ? fields.integer("max_bucket_distance", 800, 1) : 0,
            fields.integer("hidden_size", 768, 1),
            fields.layers("num_hidden_layers", 12),
            fields.integer("num_attention_heads", 12, 1),
            fields.integer("intermediate_size", 3072, 1),
            fields.probability("layer_norm_eps", 1e-5),
            fields.flag("do_stable_layer_norm", false),
            fields.flag("use_weighted_layer_sum", false),
            dropout(fields),
            masking(fields),
            json.deepCopy());
    check(config, fields);
    return config;
  }

  private static SpeechConfig.FrontEnd frontEnd(ConfigFields fields, SpeechFamily family) {
    fields.word("feat_extract_activation", "gelu", GELU);
    String usual = family == SpeechFamily.DATA2VEC_AUDIO ? "layer" : "group";
    String norm = fields.word("feat_extract_norm", usual, List.of("group", "layer"));
    return new SpeechConfig.FrontEnd(
        fields.integers("conv_dim", DIMS),
        fields.integers("conv_kernel", KERNELS),
        fields.integers("conv_stride", STRIDES),
        fields.flag("conv_bias", false),
        norm.equals("layer"),
        fields.flag("feat_proj_layer_norm", true));
  }

  private static SpeechConfig.Positions positions(ConfigFields fields, SpeechFamily family) {
    int groups = fields.integer("num_conv_pos_embedding_groups", 16, 1);
    if (family == SpeechFamily.DATA2VEC_AUDIO) {
      return new SpeechConfig.Positions(
          fields.layers("num_conv_pos_embeddings", 5),
          fields.integer("conv_pos_kernel_size", 19, 1),
          groups);
    }
    return new SpeechConfig.Positions(1, fields.integer("num_conv_pos_embeddings", 128, 1), groups);
  }

  private static SpeechConfig.Dropout dropout(ConfigFields fields) {
    return new SpeechConfig.Dropout(
        fields.probability("hidden_dropout", 0.1),
        fields.probability("attention_dropout", 0.1),
        fields.probability("activation_dropout", 0.1),
        fields.probability("feat_proj_dropout", 0),
        fields.probability("layerdrop", 0.1));
  }

  private static SpeechConfig.Masking masking(ConfigFields fields) {
    return new SpeechConfig.Masking(
        fields.flag("apply_spec_augment", true),
        new SpeechConfig.Spans(
            fields.probability("mask_time_prob", 0.05),
            fields.integer("mask_time_length", 10, 1),
            fields.integer("mask_time_min_masks", 2, 0)),
        new SpeechConfig.Spans(
            fields.probability("mask_feature_prob", 0),
            fields.integer("mask_feature_length", 10, 1),
            fields.integer("mask_feature_min_masks", 0, 0)));
  }

  private static void check(SpeechConfig config, ConfigFields fields) {
    int size = config.hiddenSize();
    fields.word("hidden_act", "gelu", GELU);
    fields.require(
        size % config.heads() == 0,
        "hidden_size " + size + " is no multiple of num_attention_heads " + config.heads());
    int groups = config.positions().groups();
    fields.require(
        size % groups == 0,
        "hidden_size " + size + " is no multiple of num_conv_pos_embedding_groups " + groups);
    SpeechConfig.FrontEnd frontEnd = config.frontEnd();
    fields.require(
        frontEnd.dims().size() == frontEnd.kernels().size()
            && frontEnd.dims().size() == frontEnd.strides().size(),
        "conv_dim, conv_kernel and conv_stride differ in length");
    fields.require(
        frontEnd.receptiveField() <= MOST_SAMPLES,
        "conv_kernel and conv_stride need more than " + MOST_SAMPLES + " samples for a frame");
    int convolutions = frontEnd.dims().size();
    fields.require(
        fields.integer("num_feat_extract_layers", convolutions, 1) == convolutions,
        "num_feat_extract_layers is not the length of conv_dim, which is " + convolutions);
    fields.require(
        !fields.flag("add_adapter", false), "add_adapter is true; only false is supported");
    // Only pre-norm layers have attention adapters.
    fields.require(
        !config.preNorm() || fields.integer("adapter_attn_dim", 0, 1) == 0,
        "adapter_attn_dim is set; attention adapters are not supported");
    fields.require(
        !fields.flag("conv_pos_batch_norm", false),
        "conv_pos_batch_norm is true; only false is supported");
    fields.check("The audio encoder's config.json");
  }
}
