package io.gemoclap.training.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class TrainedLayersTest {
  private static final List<String> NAMES =
      List.of(
          "audio.feature_extractor.conv_layers.0.conv.weight",
          "audio.feature_projection.projection.weight",
          "audio.encoder.pos_conv_embed.conv.bias",
          "audio.encoder.layer_norm.weight",
          "audio.layer_weights",
          "audio.encoder.layers.0.attention.rel_attn_embed.weight",
          "audio.encoder.layers.9.layer_norm.weight",
          "audio.encoder.layers.10.layer_norm.weight",
          "text.embeddings.word_embeddings.weight",
          "text.encoder.layer.0.output.dense.weight",
          "text.encoder.layer.1.output.dense.weight",
          "heads.audio.0.weight",
          "logit_scale_audio");

  private static Set<String> trained(Integer top) {
    return new TreeSet<>(TrainedLayers.of(NAMES, top));
  }

  @Test
  void withoutANumberEverythingMoves() {
    assertEquals(new TreeSet<>(NAMES), trained(null));
  }

  @Test
  void noneLeavesTheHeads() {
    assertEquals(Set.of("heads.audio.0.weight", "logit_scale_audio"), trained(0));
  }

  @Test
  void layersCountFromTheOutputOfEachEncoder() {
    assertEquals(
        Set.of(
            "audio.encoder.layer_norm.weight",
            "audio.layer_weights",
            "audio.encoder.layers.10.layer_norm.weight",
            "text.encoder.layer.1.output.dense.weight",
            "heads.audio.0.weight",
            "logit_scale_audio"),
        trained(1));
  }

  @Test
  void allLayersStillLeaveTheFrontEndFrozen() {
    Set<String> all = trained(100);
    assertEquals(9, all.size());
    assertEquals(false, all.contains("audio.feature_extractor.conv_layers.0.conv.weight"));
    assertEquals(false, all.contains("audio.encoder.pos_conv_embed.conv.bias"));
  }
}
